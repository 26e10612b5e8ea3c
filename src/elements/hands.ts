import type {ConversationAction} from '../events/conversation-action-event.js';
import type {OpResult} from '../model/source.js';
import {performActions} from './bulk-actions.js';
import {handsStyles} from './hands.styles.js';
import type {HandsHost, OpenPlace} from './hands-host.js';
import {OpenMoves} from './open-moves.js';
import {PullToRefresh} from './pull-to-refresh.js';
import {SelectionBar} from './selection-bar.js';
import {Typeahead} from './typeahead.js';

/** What a list needs only once a person has laid hands on it. Loaded then, by `list-hands`. */
export class Hands {
  readonly typeahead: Typeahead;
  readonly moves: OpenMoves;
  readonly pull: PullToRefresh;
  readonly bar: SelectionBar;
  readonly #host: HandsHost;

  /** @param end - ends selecting, and gives the focus back to the rows */
  constructor(host: HandsHost, place: () => OpenPlace, end: () => void) {
    this.#host = host;
    const root = host.list.shadowRoot;
    const sheet = handsStyles.styleSheet;
    if (root !== null && sheet !== undefined) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.typeahead = new Typeahead(host);
    this.moves = new OpenMoves(host, place);
    this.pull = new PullToRefresh(host);
    this.bar = new SelectionBar(host, {
      act: async (ids, action) => this.perform(ids, action),
      selectAll: () => host.selection.all(host.rows()),
      end,
    });
  }

  /** Does something to several conversations, and says in the list what failed. */
  async perform(ids: readonly string[], action: ConversationAction): Promise<readonly OpResult[]> {
    const {hold, list, store} = this.#host;
    const results = await performActions(list, store(), ids, action, (begun) => begun.forEach((id) => hold.dismiss(id)));
    // What comes back is to be seen.
    if (results.some(({error}) => error)) hold.release();
    if (list.isConnected) this.bar.report(action, results);
    return results;
  }

  /** The list is disconnected: ends what is under way. */
  stop(): void {
    this.typeahead.stop();
    this.pull.stop();
  }
}
