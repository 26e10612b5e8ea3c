import type {ConversationFilter} from '../model/filter.js';
import type {ConversationOrder} from '../model/order.js';

/** What the app has set, as it is now. */
export interface FeedSettings {
  readonly filter: ConversationFilter;
  readonly order: ConversationOrder;
  readonly pageSize: number | 'all';
}
