import type {Conversation} from '../model/conversation.js';
import type {HandsHost} from './hands-host.js';

/** A letter that comes later begins another word, ms. */
const PAUSE = 500;
/** The page is blocked no longer at a time, ms. */
const SLICE = 5;
/** So much of a title is compared. */
const HEAD = 64;

/** Finds a row by the first letters of its title, whatever their script, case and accents. */
export class Typeahead {
  readonly #host: HandsHost;
  #text = '';
  #typedAt = -PAUSE;
  /** Counts the searches: one that is not the newest ends. */
  #search = 0;

  constructor(host: HandsHost) {
    this.#host = host;
  }

  /** A word has been begun, to which a space belongs too. */
  get active(): boolean {
    return this.#text !== '' && performance.now() - this.#typedAt < PAUSE;
  }

  /** A letter was typed on a row: focus goes to the next row whose title begins with what was typed, if there is one. */
  type(letter: string, id: string): void {
    this.#text = this.active ? this.#text + letter : letter;
    this.#typedAt = performance.now();
    void this.#find(id);
  }

  /** Ends what is under way. */
  stop(): void {
    this.#search++;
    this.#text = '';
  }

  async #find(from: string): Promise<void> {
    const {focus, rows: shown, lang} = this.#host;
    const search = ++this.#search;
    const rows = shown();
    const letters = [...this.#text];
    // The same letter again and again goes from one to the next.
    const cycles = letters.every((letter) => letter === letters[0]);
    const startsWith = matcher(fold(cycles ? (letters[0] as string) : this.#text), lang());
    const at = rows.indexOf(from);
    const first = cycles ? at + 1 : Math.max(0, at);
    let pause = performance.now() + SLICE;
    for (let i = 0; i < rows.length; i++) {
      const conversation = rows.at((first + i) % rows.length);
      if (conversation !== undefined && startsWith(nameOf(conversation))) {
        // In the rows as they are now.
        const index = shown().indexOf(conversation.id);
        if (index >= 0) focus.moveTo(index);
        return;
      }
      if (i % 128 !== 127 || performance.now() < pause) continue;
      await new Promise((resume) => setTimeout(resume));
      // Another letter, or the person has gone elsewhere.
      if (search !== this.#search || !focus.within) return;
      pause = performance.now() + SLICE;
    }
  }
}

function nameOf({title, targetId}: Conversation): string {
  return title.trim() === '' ? (targetId ?? '') : title;
}

/** Letters without what sets apart their cases, widths and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
}

function matcher(query: string, lang: string): (name: string) => boolean {
  const word = /^[\p{L}\p{N}]/u.test(query);
  const collator = makeCollator(lang);
  return (name) => {
    let head = fold(name.slice(0, HEAD));
    // "#general" and "🎉 party" begin with letters too.
    if (word) head = head.replace(/^[^\p{L}\p{N}]+/u, '');
    head = head.slice(0, query.length);
    if (head === query) return true;
    // ø is an o to some languages, and a letter of its own to others.
    return !(isPlain(head) && isPlain(query)) && head.length === query.length && collator.compare(head, query) === 0;
  };
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function makeCollator(lang: string): Intl.Collator {
  const options = {usage: 'search', sensitivity: 'base'} as const;
  try {
    return new Intl.Collator(lang === '' ? undefined : lang, options);
  } catch {
    // No language at all.
    return new Intl.Collator(undefined, options);
  }
}
