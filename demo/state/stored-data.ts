import type {Conversation} from '../../src/model/conversation.js';
import {StoredSource} from './stored-source.js';
import type {SourceSettings} from './demo-source.js';
import type {Settings} from './settings.js';

/** The account that an archive is kept under. */
const ARCHIVE = 'archive';
/** Under this key stands which account was shown last, and under it with the account's name, that it is filled. */
const KEY = 'im-conversation-list-demo';

/** Conversations that are stored before anything is shown. */
const AT_ONCE = 2000;

/** What the demo keeps from visit to visit. */
export class StoredData {
  readonly #settings: () => SourceSettings;
  #open: StoredSource | undefined;

  constructor(settings: () => SourceSettings) {
    this.#settings = settings;
  }

  /** Whether an archive was shown last. */
  get showsArchive(): boolean {
    return localStorage.getItem(KEY) === ARCHIVE;
  }

  /** The account of made-up conversations; filled by `make` when it is seen for the first time. */
  async madeUp({size, seed, names}: Settings, make: () => Promise<Conversation[]>): Promise<StoredSource> {
    const account = `${size} ${seed} ${names}`;
    const isFilled = localStorage.getItem(`${KEY} ${account}`) !== null;
    const conversations = isFilled ? [] : await make();
    const source = this.#show(account);
    if (isFilled) return source;
    await source.upsert(conversations.slice(0, AT_ONCE));
    // The list shows what there is meanwhile.
    const rest = source.upsert(conversations.slice(AT_ONCE));
    void rest.then(() => localStorage.setItem(`${KEY} ${account}`, 'filled'));
    return source;
  }

  /** The archive that was imported; another takes its place. */
  async archive(conversations?: readonly Conversation[]): Promise<StoredSource> {
    const source = this.#show(ARCHIVE);
    if (conversations !== undefined) {
      await source.clear();
      await source.upsert(conversations);
    }
    return source;
  }

  /** Forgets everything, the archive too. */
  async reset(): Promise<void> {
    const accounts = Object.keys(localStorage).filter((key) => key.startsWith(`${KEY} `));
    for (const account of [ARCHIVE, ...accounts.map((key) => key.slice(KEY.length + 1))]) {
      const source = this.#open?.account === account ? this.#open : new StoredSource(account, this.#settings);
      await source.clear();
      if (source !== this.#open) source.dispose();
    }
    for (const key of [KEY, ...accounts]) localStorage.removeItem(key);
  }

  #show(account: string): StoredSource {
    localStorage.setItem(KEY, account);
    this.#open?.dispose();
    return (this.#open = new StoredSource(account, this.#settings));
  }
}
