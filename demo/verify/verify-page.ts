import '../../src/define.js';
import type {Archive} from '../archive/archive.js';
import {readArchive} from '../archive/read-archive.js';
import {readAllRows, type DrawnRow} from './drawn-rows.js';
import {feed, type Feeding} from './feed.js';
import {keep, showKept, type Keeper} from './keep.js';

/** A row as the list's snapshot has it. */
export interface SnapshotRow {
  readonly id: string;
  readonly title: string;
  readonly text: string | undefined;
  readonly sentAt: number | undefined;
}

/** The page's side of `npm run verify:archive`, called from outside. */
class Verification {
  readonly #list = document.querySelector('im-conversation-list') as HTMLElementTagNameMap['im-conversation-list'];
  readonly #input = document.querySelector('#file') as HTMLInputElement;
  #archive: Archive | undefined;
  #drawn: DrawnRow[] = [];

  /** Reads the chosen file. */
  async read(limit: number | null): Promise<Pick<Archive, 'problemCount' | 'problems'> & {readonly messages: number}> {
    const file = this.#input.files?.[0];
    if (file === undefined) throw new Error('No file was chosen.');
    this.#archive = await readArchive(file, {
      ...(limit !== null && {limit}),
      onProgress: (share) => say('reading', share),
    });
    const {problemCount, problems, messages} = this.#archive;
    return {problemCount, problems, messages: messages.length};
  }

  async feed(): Promise<Feeding> {
    const result = await feed(this.#list, this.#archive as Archive, (share) => say('feeding', share));
    // The list's own memory is what is to be measured.
    this.#archive = undefined;
    this.#input.value = '';
    return result;
  }

  /** Has the archive kept, so that the page can be loaded anew. */
  async keep(keeper: Keeper): Promise<void> {
    await keep(keeper, this.#archive as Archive, (share) => say('keeping', share));
  }

  /** Shows what was kept before the page was loaded. */
  async showKept(keeper: Keeper): Promise<void> {
    await showKept(keeper, this.#list);
  }

  /** Reads every row from the document. Returns how many the snapshot has. */
  async collect(): Promise<number> {
    this.#drawn = await readAllRows(this.#list, (share) => say('comparing', share));
    return this.#list.snapshot?.rows.length ?? 0;
  }

  /** A stretch of what {@link collect} has read; `null` where no row was drawn. */
  drawn(from: number, to: number): readonly (DrawnRow | null)[] {
    return Array.from(this.#drawn.slice(from, to), (row) => row ?? null);
  }

  /** A stretch of the list's snapshot. */
  held(from: number, to: number): readonly SnapshotRow[] {
    const rows = this.#list.snapshot?.rows.slice(from, to) ?? [];
    return rows.map(({id, title, lastMessage}) => ({id, title, text: lastMessage?.text, sentAt: lastMessage?.sentAt}));
  }

  /** Lets go of what is not the list's. */
  forget(): void {
    this.#drawn = [];
  }
}

let said = '';

/** Each step in tenths, once. */
function say(step: string, share: number): void {
  const line = `${step} ${Math.floor(share * 10) * 10} %`;
  if (line !== said) console.info((said = line));
}

declare global {
  interface Window {
    verification: Verification;
  }
}

window.verification = new Verification();
