/**
 * The person selected other conversations, began or ended selecting; or a selected one has left the list. Never raised
 * for what the app has set. Does not bubble.
 */
export class ImSelectionChangeEvent extends Event {
  static readonly type = 'im-selection-change';
  /** The selected conversations' ids, in the order in which they were selected. */
  readonly ids: readonly string[];
  /** Checkboxes show, and a tap selects. */
  readonly selecting: boolean;

  constructor(ids: readonly string[], selecting: boolean) {
    super(ImSelectionChangeEvent.type);
    this.ids = ids;
    this.selecting = selecting;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-selection-change': ImSelectionChangeEvent;
  }
}
