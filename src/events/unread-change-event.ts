/** The source told another unread total. Does not bubble. */
export class ImUnreadChangeEvent extends Event {
  static readonly type = 'im-unread-change';
  /** The source's own total, never a sum of loaded rows. */
  readonly total: number;

  constructor(total: number) {
    super(ImUnreadChangeEvent.type);
    this.total = total;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-unread-change': ImUnreadChangeEvent;
  }
}
