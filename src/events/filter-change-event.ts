import type {ConversationFilter} from '../model/filter.js';

/** The person changed what the list shows, by the list's own controls. Never raised for what the app has set. Does not bubble. */
export class ImFilterChangeEvent extends Event {
  static readonly type = 'im-filter-change';
  readonly filter: ConversationFilter;

  constructor(filter: ConversationFilter) {
    super(ImFilterChangeEvent.type);
    this.filter = filter;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-filter-change': ImFilterChangeEvent;
  }
}
