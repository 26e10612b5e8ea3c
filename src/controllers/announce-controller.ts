import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {cleanName} from '../format/text.js';
import type {Strings} from '../locales/strings.js';
import type {Conversation} from '../model/conversation.js';
import type {StoreChange} from '../store/conversation-store.js';

/** What is announced by itself: how many conversations have news, also whose message it is, or nothing. */
export type Announced = 'updates' | 'messages' | 'off';

/** What happens within so many ms is told together. */
const GATHER = 1000;
/** Time to hear it out before the next, ms. */
const GAP = 5000;
/** Then the region is emptied, so that nobody finds old news there, ms. */
const STALE = 4000;

/** What an announcement is about: of each subject only the newest waits. */
type Subject = 'news' | 'error' | 'results' | 'action' | 'state';

/**
 * The list's one voice: a polite live region outside the grid, told rarely and in few words.
 *
 * Muted conversations are silent, and so are pages and the person's own messages. With the element's disconnection all
 * that waits is forgotten.
 */
export class AnnounceController implements ReactiveController {
  kind: Announced = 'updates';
  readonly #host: ReactiveControllerHost & {readonly renderRoot: ParentNode};
  readonly #strings: () => Strings;
  readonly #pending = new Map<Subject, string>();
  /** Conversations with news, as they are now. */
  readonly #news = new Map<string, Conversation>();
  #connected = false;
  #pageFailed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;
  #spokeAt = -GAP;

  constructor(host: ReactiveControllerHost & {readonly renderRoot: ParentNode}, strings: () => Strings) {
    this.#host = host;
    this.#strings = strings;
    host.addController(this);
  }

  /**
   * Says something, after what was said before it has been heard. What waits on the same subject is not said any more.
   * Nothing while disconnected.
   */
  say(subject: Subject, text: string): void {
    if (!this.#connected) return;
    this.#pending.set(subject, text);
    // What the person has just asked for does not wait behind news.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), GATHER);
  }

  /** Tells of what has happened in the store, where the person would want to know it. */
  changed({snapshot, news = [], pages, errors}: StoreChange, openId: string | undefined): void {
    if (this.kind !== 'off') {
      for (const id of news) {
        const conversation = id === openId ? undefined : snapshot.rows.get(id);
        if (conversation !== undefined && calls(conversation)) this.#news.set(id, conversation);
      }
    }
    if (pages.length > 0) this.#pageFailed = false;
    // With no rows an alert stands in their place, and speaks for itself.
    if (!this.#pageFailed && snapshot.rows.length > 0 && errors.some(({origin}) => origin === 'page')) {
      this.#pageFailed = true;
      this.say('error', this.#strings().pageFailed);
    }
    if (this.#news.size > 0 && this.#connected) {
      this.#timer ??= setTimeout(() => this.#speak(), Math.max(GATHER, this.#spokeAt + GAP - performance.now()));
    }
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#stale);
    this.#timer = this.#stale = undefined;
    this.#pending.clear();
    this.#news.clear();
    this.#pageFailed = false;
    this.#write('');
  }

  #speak(): void {
    this.#timer = undefined;
    const parts = [...this.#pending.values()];
    if (this.#news.size > 0 && this.kind !== 'off') parts.push(this.#tellNews());
    this.#pending.clear();
    this.#news.clear();
    if (parts.length === 0) return;
    this.#spokeAt = performance.now();
    this.#write(parts.join('. '));
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => this.#write(''), STALE);
  }

  #tellNews(): string {
    const strings = this.#strings();
    const [first] = this.#news.values();
    if (this.kind !== 'messages' || this.#news.size > 1 || first === undefined) return strings.updated(this.#news.size);
    return strings.newMessageFrom(cleanName(first.title, cleanName(first.targetId, strings.unnamed)));
  }

  #write(text: string): void {
    const region = this.#host.renderRoot?.querySelector('.live');
    if (region) region.textContent = text;
  }
}

/** It is not muted, or the person is mentioned where only that counts. */
function calls({notify, mention}: Conversation): boolean {
  return notify === 'all' || (notify === 'mentions' && mention !== undefined);
}
