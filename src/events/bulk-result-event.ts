import type {OpResult} from '../model/source.js';
import type {ConversationAction} from './conversation-action-event.js';

/** What became of an action on several conversations, one result for each. Does not bubble. */
export class ImBulkResultEvent extends Event {
  static readonly type = 'im-bulk-result';
  readonly action: ConversationAction;
  /** In the order of the ids; one with an `error` was not done. */
  readonly results: readonly OpResult[];

  constructor(action: ConversationAction, results: readonly OpResult[]) {
    super(ImBulkResultEvent.type);
    this.action = action;
    this.results = results;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-bulk-result': ImBulkResultEvent;
  }
}
