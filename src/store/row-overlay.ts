import type {ConversationFilter} from '../model/filter.js';
import type {ConversationIndex} from './conversation-index.js';
import type {OrderedRows} from './ordered-rows.js';

/** What lies over the rows that the source has told. */
export interface RowOverlay {
  /** The index's rows as they are shown: these, if nothing lies over them. */
  over(index: ConversationIndex, filter: ConversationFilter): OrderedRows;
  /** Forgets everything, timers too. */
  clear(): void;
}
