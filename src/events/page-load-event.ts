/** A page has landed in the list. Does not bubble. */
export class ImPageLoadEvent extends Event {
  static readonly type = 'im-page-load';
  /** How many conversations the page held. */
  readonly received: number;
  /** How many rows the list has now. */
  readonly rows: number;
  /** It was the last page. */
  readonly done: boolean;

  constructor(page: {readonly received: number; readonly done: boolean}, rows: number) {
    super(ImPageLoadEvent.type);
    this.received = page.received;
    this.done = page.done;
    this.rows = rows;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-page-load': ImPageLoadEvent;
  }
}
