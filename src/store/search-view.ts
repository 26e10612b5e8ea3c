import type {PageState} from './pager.js';
import type {ConversationSnapshot} from './snapshot.js';

const views = new WeakMap<ConversationSnapshot, ConversationSnapshot>();

/**
 * What a list shows of a snapshot: while something is looked for, what is found in the place of the rows, and how far the
 * search is in the place of the paging. Where the source cannot search, the next page may bring more, on demand.
 */
export function viewOf(snapshot: ConversationSnapshot): ConversationSnapshot {
  const {search} = snapshot;
  if (search === undefined) return snapshot;
  let view = views.get(snapshot);
  if (view === undefined) views.set(snapshot, (view = {...snapshot, rows: search.rows, page: pageOf(snapshot)}));
  return view;
}

function pageOf({search, page}: ConversationSnapshot): PageState {
  if (search?.status === 'searching') return {status: 'loading'};
  if (search?.error !== undefined) return {status: 'failed', error: search.error};
  if (search?.everywhere === true || page.status === 'done') return {status: 'done'};
  return page.status === 'idle' ? {status: 'paused'} : page;
}
