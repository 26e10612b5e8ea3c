import type {SourceError} from '../model/errors.js';
import type {ConversationSource} from '../model/source.js';
import type {ConversationIndex} from './conversation-index.js';
import type {FeedSettings} from './feed-settings.js';
import type {OrderedRows} from './ordered-rows.js';

/** What is looked through, as it is at the moment. */
export interface SearchScope {
  readonly index: ConversationIndex;
  /** The rows of the list, with what lies over them. */
  readonly rows: OrderedRows;
  /** `undefined` while the store is not connected. */
  readonly source: ConversationSource | undefined;
  readonly timeoutMs: number;
  /** The source says that it does not know all that its server has. */
  readonly behind: boolean;
}

/** What a search needs of its store. */
export interface SearchHost {
  readonly settings: FeedSettings;
  scope(): SearchScope;
  changed(): void;
  tell(error: SourceError): void;
}
