import type {Conversation} from '../../src/model/conversation.js';

/** One list among those compared. A page has one subject, made once. */
export interface Subject {
  /** Takes the conversations, newest first, into its store, and is ready to be mounted into `host`. Not timed. */
  prepare(conversations: readonly Conversation[], host: HTMLElement): void | Promise<void>;
  /** Shows the list, which fills `host`. */
  mount(host: HTMLElement): void;
  unmount(): void;
  /** A live change arrives, as a message from a server would: alone, at any time. */
  applyOne(change: Conversation): void;
  /** The element that scrolls. */
  scroller(): HTMLElement | undefined;
  /** The rows in the document. */
  rows(): ArrayLike<HTMLElement>;
  /** How often it has rendered so far. */
  renders(): number;
  /** Takes conversations in slices, each in a task of its own, while the list is shown. Only of a subject with a store. */
  ingest?(conversations: readonly Conversation[], host: HTMLElement, slice: number): Promise<void>;
  /** Looks for a text in all that it has; resolves when what is found is drawn. Only of a subject that can. */
  search?(query: string): Promise<void>;
}

/** Height of a row, px, where the subject allows it to be set. */
export const ROW_HEIGHT = 64;
/** Rows drawn above and below the viewport, where the subject allows it to be set. */
export const OVERSCAN = 4;
