import type {Conversation, LastMessage} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import type {Page, PageRequest, SourceEvent} from '../../src/model/source.js';
import {LocalSource, type LocalMessage, type LocalSendOptions} from '../../src/sources/local.js';
import {pause, SLOW_MS, type SourceSettings} from './demo-source.js';

/** The demo's conversations in the browser's own database, with whatever can go on behind a list. */
export class StoredSource extends LocalSource {
  readonly #settings: () => SourceSettings;
  readonly #told = new Set<(event: SourceEvent) => void>();
  /** Conversations that were shown or told of, for what needs them at once. */
  readonly #known = new Map<string, Conversation>();
  #failure: SourceError | undefined;

  constructor(readonly account: string, settings: () => SourceSettings) {
    super({name: 'demo', account, selfId: 'me'});
    this.#settings = settings;
    super.subscribe((event) => this.#note(event));
  }

  /** How many conversations are known so far. */
  get size(): number {
    return this.#known.size;
  }

  get(id: string): Conversation | undefined {
    return this.#known.get(id);
  }

  all(): Conversation[] {
    return [...this.#known.values()];
  }

  override async getPage(request: PageRequest): Promise<Page> {
    const {slowPages, latency} = this.#settings();
    await pause(latency + (slowPages ? SLOW_MS : 0), request.signal);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    const page = await super.getPage(request);
    for (const conversation of page.conversations) this.#known.set(conversation.id, conversation);
    return page;
  }

  override subscribe(listener: (event: SourceEvent) => void): () => void {
    const stop = super.subscribe(listener);
    this.#told.add(listener);
    return () => {
      this.#told.delete(listener);
      stop();
    };
  }

  override sendMessage(message: LocalMessage, options: LocalSendOptions & {readonly fail?: boolean} = {}): Promise<LastMessage> {
    const deliver = async (): Promise<void> => {
      await pause(this.#settings().latency, undefined);
      if (options.fail === true) throw new SourceError('network', 'Not sent');
    };
    return super.sendMessage(message, {...options, deliver});
  }

  /** Tells something that is not kept. */
  emit(event: SourceEvent): void {
    for (const listener of this.#told) listener(event);
  }

  syncStart(): void {
    this.emit({type: 'sync', phase: 'start'});
  }

  syncFinish(): void {
    this.emit({type: 'sync', phase: 'finish'});
  }

  syncFail(error: SourceError): void {
    this.emit({type: 'sync', phase: 'fail', error});
  }

  failNextPage(error: SourceError): void {
    this.#failure = error;
  }

  #note(event: SourceEvent): void {
    if (event.type === 'upsert') for (const one of event.conversations) this.#known.set(one.id, one);
    if (event.type === 'remove') for (const id of event.ids) this.#known.delete(id);
    if (event.type === 'snapshot') this.#known.clear();
  }
}
