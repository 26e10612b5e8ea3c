import type {ImConversationProvider} from '../../src/elements/im-conversation-provider.js';
import type {ConversationAction} from '../../src/events/conversation-action-event.js';
import type {AnySource} from '../state/demo-source.js';

/** An app that keeps its own array: at every change the list gets a new one, at most once a frame. */
export class ArrayFeed {
  readonly #provider: () => ImConversationProvider | null;
  #source: AnySource | undefined;
  #unsubscribe: (() => void) | undefined;
  #frame = 0;

  constructor(provider: () => ImConversationProvider | null) {
    this.#provider = provider;
  }

  /** Where the array is from; `undefined` while there is none. */
  get source(): AnySource | undefined {
    return this.#source;
  }

  connect(source: AnySource): void {
    this.disconnect();
    this.#source = source;
    this.#unsubscribe = source.subscribe(() => {
      if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#set());
    });
    this.#set();
  }

  disconnect(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#source === undefined) return;
    this.#source = undefined;
    const provider = this.#provider();
    if (provider !== null) provider.conversations = undefined;
  }

  /** What an app does with what the person wants: it changes its own state. */
  async perform(id: string, action: ConversationAction): Promise<unknown> {
    const source = this.#source;
    switch (action.name) {
      case 'pin':
        return source?.setPinned(id, action.pinned);
      case 'notify':
        return source?.setNotify(id, action.level);
      case 'mark-read':
        return source?.markRead([id]);
      case 'mark-unread':
        return source?.markUnread(id, action.unread);
      case 'mark':
        return source?.setMark([id], action.mark, action.on);
      case 'hide':
        return source?.setHidden(id, action.hidden);
      case 'draft':
        return source?.setDraft(id, action.text);
      case 'clear-history':
        return source?.clearHistory(id);
      case 'delete':
        return source?.delete([id]);
      case 'group':
        return source?.groups[action.on ? 'add' : 'remove'](action.group, [id]);
      default:
        return undefined;
    }
  }

  #set(): void {
    this.#frame = 0;
    const provider = this.#provider();
    if (provider !== null && this.#source !== undefined) provider.conversations = this.#source.all();
  }
}
