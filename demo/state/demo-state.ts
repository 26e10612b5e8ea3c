import type {Conversation} from '../../src/model/conversation.js';
import type {Archive} from '../archive/archive.js';
import {toConversations} from '../archive/to-conversations.js';
import {ArchiveImport} from './archive-import.js';
import {ChatSession} from './chat-session.js';
import {DemoSource} from './demo-source.js';
import {EventLog} from './event-log.js';
import {MadeUp} from './made-up.js';
import type {Settings} from './settings.js';
import {StoredData} from './stored-data.js';
import {Ticker} from './ticker.js';
import {Traffic} from './traffic.js';

/** How an archive is played again. */
export interface ReplaySettings {
  /** What part of the messages is there at the beginning, 0 to 1. */
  readonly begin: number;
  /** Messages a second. */
  readonly rate: number;
  readonly playing: boolean;
}

/** What makes other conversations necessary when it is set. */
const OTHER_DATA: readonly (keyof Settings)[] = ['size', 'seed', 'names'];

/**
 * Everything the demo's page shows.
 *
 * Tells by `change` that something of it has changed, by `reload` that the list is to begin anew with its source.
 */
export class DemoState extends EventTarget {
  readonly log = new EventLog();
  readonly import = new ArchiveImport(() => this.changed());
  #settings: Settings;
  #replay: ReplaySettings = {begin: 0.5, rate: 50, playing: false};
  #session: ChatSession | undefined;
  #selectedId: string | undefined;
  #making: AbortController | undefined;
  #traffic: Traffic | undefined;
  #forget: (() => void) | undefined;
  #marking = false;
  #groupIds: readonly string[] = [];
  readonly #stored = new StoredData(() => this.#settings);
  readonly #trafficTicker = new Ticker((count) => this.#traffic?.run(count));
  readonly #replayTicker = new Ticker((count) => this.#playOn(count));

  constructor(settings: Settings) {
    super();
    this.#settings = settings;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get replay(): ReplaySettings {
    return this.#replay;
  }

  /** `undefined` until the first conversations are made. */
  get session(): ChatSession | undefined {
    return this.#session;
  }

  /** The conversation groups (folders) there are. */
  get groupIds(): readonly string[] {
    return this.#groupIds;
  }

  /** The open conversation. */
  get selectedId(): string | undefined {
    return this.#selectedId;
  }

  set(settings: Partial<Settings>): void {
    const before = this.#settings;
    this.#settings = {...before, ...settings};
    const isStored = (one: Settings): boolean => one.feed === 'local';
    const moves = isStored(before) !== isStored(this.#settings);
    if (moves || OTHER_DATA.some((key) => this.#settings[key] !== before[key])) void this.makeUp();
    this.#setPace();
    this.changed();
  }

  setReplay(replay: Partial<ReplaySettings>): void {
    this.#replay = {...this.#replay, ...replay};
    this.#setPace();
    this.changed();
  }

  /** Opens a conversation, and takes it as read; `undefined` closes the open one. */
  select(id: string | undefined): void {
    this.#selectedId = id;
    this.#readSelected();
    this.changed();
  }

  /** Shows what was shown at the last visit, if that is kept, or else made-up conversations. */
  async begin(): Promise<void> {
    const {feed, seed, names} = this.#settings;
    if (feed !== 'local' || !this.#stored.showsArchive) return this.makeUp();
    this.#show(new ChatSession(await this.#stored.archive(), new MadeUp({seed, names})));
  }

  /** Everything is as at the first visit. */
  async resetStored(): Promise<void> {
    await this.#stored.reset();
    await this.makeUp();
  }

  /** Shows made-up conversations. */
  async makeUp(): Promise<void> {
    this.#making?.abort();
    const {signal} = (this.#making = new AbortController());
    const {seed, names, size, feed} = this.#settings;
    const madeUp = new MadeUp({seed, names});
    try {
      const make = (): Promise<Conversation[]> => madeUp.conversations(size, signal);
      const source = feed === 'local' ? await this.#stored.madeUp(this.#settings, make) : this.#newSource(await make());
      // One that is being read will be shown when it is there.
      if (this.import.status.is !== 'reading') this.import.reset();
      this.#show(new ChatSession(source, madeUp));
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }

  /** Reads an archive and shows it. */
  async importFile(file: File): Promise<void> {
    const archive = await this.import.read(file);
    if (archive === undefined) return;
    if (this.#settings.feed !== 'local') return this.showArchive(archive, archive.messages.length);
    this.#making?.abort();
    const {seed, names} = this.#settings;
    const source = await this.#stored.archive(toConversations(archive));
    this.setReplay({playing: false});
    this.#show(new ChatSession(source, new MadeUp({seed, names}), archive, archive.messages.length));
  }

  /** Shows an archive as it stood after so many messages; it is not kept. */
  showArchive(archive: Archive, count: number): void {
    this.#making?.abort();
    const {seed, names} = this.#settings;
    const source = this.#newSource(toConversations(archive, count));
    this.setReplay({playing: false});
    this.#show(new ChatSession(source, new MadeUp({seed, names}), archive, count));
  }

  /** Plays the archive from where the replay begins. */
  startReplay(): void {
    const archive = this.#session?.archive;
    if (archive === undefined) return;
    this.showArchive(archive, Math.floor(archive.messages.length * this.#replay.begin));
    this.setReplay({playing: true});
  }

  /** The list begins anew. */
  reload(): void {
    this.dispatchEvent(new Event('reload'));
  }

  /** Something has changed. */
  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  #newSource(conversations: readonly Conversation[]): DemoSource {
    return new DemoSource(
      {conversations, selfId: 'me', maxPageSize: 1_000_000},
      () => this.#settings,
    );
  }

  #show(session: ChatSession): void {
    this.#forget?.();
    this.#session = session;
    this.#selectedId = undefined;
    this.#traffic = new Traffic(session, this.#settings.seed);
    this.#forget = session.source.subscribe((event) => {
      if (event.type !== 'upsert' && event.type !== 'remove') return;
      const id = this.#selectedId;
      if (id !== undefined && session.source.get(id) === undefined) this.#selectedId = undefined;
      this.#readSelected();
      this.changed();
    });
    this.#groupIds = [];
    void session.source.groups.list().then((groups) => {
      if (session === this.#session) this.#groupIds = groups.map(({id}) => id).sort();
      this.changed();
    });
    this.#setPace();
    this.changed();
  }

  #setPace(): void {
    const {live, rate} = this.#settings;
    const isArchive = this.#session?.archive !== undefined;
    this.#trafficTicker.rate = live && !isArchive ? rate : 0;
    this.#replayTicker.rate = this.#replay.playing && isArchive ? this.#replay.rate : 0;
  }

  #playOn(count: number): void {
    const session = this.#session;
    if (session?.archive === undefined) return;
    session.replay(count);
    if (session.position >= session.archive.messages.length) this.setReplay({playing: false});
  }

  /** The open conversation is being read. */
  #readSelected(): void {
    const id = this.#selectedId;
    const source = this.#session?.source;
    if (id === undefined || source === undefined) return;
    const conversation = source.get(id);
    if (conversation === undefined || (conversation.unreadCount === 0 && conversation.mention === undefined)) return;
    if (this.#marking) return;
    this.#marking = true;
    void source.markRead([id]).then(() => {
      this.#marking = false;
      this.#readSelected();
    });
  }
}
