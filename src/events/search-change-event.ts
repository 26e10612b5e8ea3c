/** The person looks for something else, or for nothing any more. Never raised for what the app has set. Does not bubble. */
export class ImSearchChangeEvent extends Event {
  static readonly type = 'im-search-change';
  /** As typed; '' for nothing. */
  readonly query: string;

  constructor(query: string) {
    super(ImSearchChangeEvent.type);
    this.query = query;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-search-change': ImSearchChangeEvent;
  }
}
