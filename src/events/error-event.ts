import type {SourceError} from '../model/errors.js';

/** Where an error came from. */
export type ImErrorOrigin = 'page' | 'sync' | 'data' | 'subscribe' | 'unread' | 'action' | 'groups' | 'search' | 'render';

/**
 * Something failed; the list stands and shows it where it matters. Does not bubble.
 *
 * `error.message` is untrusted text.
 */
export class ImErrorEvent extends Event {
  static readonly type = 'im-error';
  readonly error: SourceError;
  readonly origin: ImErrorOrigin;

  constructor(error: SourceError, origin: ImErrorOrigin) {
    super(ImErrorEvent.type);
    this.error = error;
    this.origin = origin;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-error': ImErrorEvent;
  }
}
