import {after} from 'node:test';
import {
  ConversationStore,
  type ConversationFilter,
  type ConversationSource,
  type ErrorOrigin,
  type SourceError,
  type StoreChange,
} from '../../../src/store/index.js';
import {flush} from './flush.js';

const stores = new Set<ConversationStore>();

// A request that no test answered would keep the process waiting for its time to run out.
after(() => stores.forEach((store) => store.disconnect()));

/** A store with what it told. */
export interface Watched {
  readonly store: ConversationStore;
  readonly changes: StoreChange[];
  /** `code origin`, in the order told. */
  errors(): string[];
  /** The errors themselves. */
  raised(): {readonly error: SourceError; readonly origin: ErrorOrigin}[];
}

/** A connected store that shows `want` rows of a source. */
export async function watch(
  source: ConversationSource | null,
  options: {want?: number; pageSize?: number | 'all'; filter?: ConversationFilter; connect?: boolean} = {},
): Promise<Watched> {
  const store = new ConversationStore();
  stores.add(store);
  const changes: StoreChange[] = [];
  store.subscribe((change) => changes.push(change));
  store.pageSize = options.pageSize ?? 10;
  if (options.filter !== undefined) store.filter = options.filter;
  store.want(options.want ?? 10);
  store.source = source;
  if (options.connect !== false) store.connect();
  await flush();
  const raised = (): StoreChange['errors'][number][] => changes.flatMap(({errors}) => errors);
  return {store, changes, raised, errors: () => raised().map(({error, origin}) => `${error.code} ${origin}`)};
}
