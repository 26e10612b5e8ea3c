import type {AnnounceController} from '../controllers/announce-controller.js';
import type {OrderHoldController} from '../controllers/order-hold-controller.js';
import type {RovingFocusController} from '../controllers/roving-focus-controller.js';
import type {SelectionController} from '../controllers/selection-controller.js';
import type {Strings} from '../locales/strings.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {Entry} from '../store/ordered-rows.js';
import type {ConversationRows} from '../store/snapshot.js';
import type {RowActions} from './row-actions/row-actions.js';

/** The list, as far as its hands reach. */
export interface HandsList extends HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  readonly selectedId: string | null | undefined;
  selecting: boolean;
  readonly pullToRefresh: unknown;
  readonly scroller: HTMLElement | undefined;
  requestUpdate(): void;
  /** Opens a conversation as the person does. Returns whether it was opened. */
  open(id: string): boolean;
  refresh(): Promise<void>;
}

/** What is behind the list, for what hands do to it. */
export interface HandsHost {
  readonly list: HandsList;
  readonly selection: SelectionController;
  readonly announcer: AnnounceController;
  readonly focus: RovingFocusController;
  readonly store: () => ConversationStore | undefined;
  /** The rows as they are shown. */
  readonly rows: () => ConversationRows;
  readonly strings: () => Strings;
  /** What can be done to rows; `undefined` until it is loaded, which draws the list anew, or where nothing can be done. */
  readonly actions: () => RowActions | undefined;
  /** BCP 47; '' for the browser's own. */
  readonly lang: () => string;
  /** The row is shown only because the order is held. */
  readonly isGone: (id: string) => boolean;
  readonly hold: Pick<OrderHoldController, 'dismiss' | 'release'>;
  readonly scrollToIndex: (index: number) => void;
}

/** Where the open conversation stands, or stood when it left the list. */
export type OpenPlace = Entry | undefined;
