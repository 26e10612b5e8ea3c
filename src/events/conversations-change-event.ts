/**
 * Live changes have reached the list: ids of conversations that entered it, changed in it, or left it.
 *
 * One event a batch. Pages and filter switches do not raise it. Does not bubble.
 */
export class ImConversationsChangeEvent extends Event {
  static readonly type = 'im-conversations-change';
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];

  constructor(change: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  }) {
    super(ImConversationsChangeEvent.type);
    this.added = change.added;
    this.changed = change.changed;
    this.removed = change.removed;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-conversations-change': ImConversationsChangeEvent;
  }
}
