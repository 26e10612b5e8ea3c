import type {OrderHoldController} from '../controllers/order-hold-controller.js';
import type {Strings} from '../locales/strings.js';
import type {Conversation} from '../model/conversation.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {ConversationSnapshot} from '../store/snapshot.js';
import type {RowWindow} from '../virtual/row-window.js';
import type {LocalizeController} from '../controllers/localize-controller.js';
import type {StoreController} from '../controllers/store-controller.js';
import type {ActionsFunction} from './row-actions/action-item.js';

type Settings = 'actions' | 'quickActions' | 'swipeStart' | 'swipeEnd';

/** What the actions need of their list, as it is at the moment. */
export interface ActionsHost {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  readonly window: RowWindow<Conversation> | undefined;
  readonly store: ConversationStore | undefined;
  readonly strings: Strings;
  readonly hold: Pick<OrderHoldController, 'hold' | 'let' | 'release' | 'dismiss'>;
  /** The app's own say in what can be done. */
  readonly actions: ActionsFunction | undefined;
  /** Ids of items, separated by spaces. */
  readonly quickActions: string | null | undefined;
  readonly swipeStart: string | null | undefined;
  readonly swipeEnd: string | null | undefined;
  /** A conversation that the list shows. */
  find(id: string): Conversation | undefined;
  /** Focuses the row that had focus last. */
  focus(): void;
}

/** A list as its actions see it. */
export function actionsHost(
  list: HTMLElement & Pick<ActionsHost, Settings | 'window'> & {readonly snapshot: ConversationSnapshot | undefined},
  stores: Pick<StoreController, 'store'>,
  localize: Pick<LocalizeController, 'strings'>,
  hold: ActionsHost['hold'],
): ActionsHost {
  return {
    element: list,
    hold,
    get root() {
      return list.shadowRoot as ShadowRoot;
    },
    get window() {
      return list.window;
    },
    get store() {
      return stores.store;
    },
    get strings() {
      return localize.strings;
    },
    get actions() {
      return list.actions;
    },
    get quickActions() {
      return list.quickActions;
    },
    get swipeStart() {
      return list.swipeStart;
    },
    get swipeEnd() {
      return list.swipeEnd;
    },
    find: (id) => list.snapshot?.rows.get(id),
    focus: () => list.focus(),
  };
}
