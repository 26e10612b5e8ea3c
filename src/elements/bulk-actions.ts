import {ImBulkActionEvent} from '../events/bulk-action-event.js';
import {ImBulkResultEvent} from '../events/bulk-result-event.js';
import type {ConversationAction} from '../events/conversation-action-event.js';
import type {Conversation} from '../model/conversation.js';
import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationSource, OpOptions, OpResult} from '../model/source.js';
import type {ConversationStore} from '../store/conversation-store.js';
import {PendingChanges, type EndPending} from '../store/pending-changes.js';
import {changesOf} from './row-actions/action-changes.js';
import {callSource} from './row-actions/call-source.js';

/** So many calls for one conversation each are under way at a time. */
const AT_ONCE = 4;

/**
 * Raises one `im-bulk-action` on `target` for all, and, unless it is cancelled, has the source do it: as many at a time
 * as it takes. All are shown as done at once; what fails, or is not answered after 30 s, is as it was again.
 *
 * @param begun - told of those that the source is asked for
 * @returns one result for each id, in their order; none if it was cancelled, is of the app's own, or there is no source.
 *   What failed is also told by `im-bulk-result`, and its first reason by `im-error`.
 */
export async function performActions(
  target: EventTarget,
  store: ConversationStore | undefined,
  ids: readonly string[],
  action: ConversationAction,
  begun: (ids: readonly string[]) => void,
): Promise<readonly OpResult[]> {
  const source = store?.source;
  const wanted = [...new Set(ids)];
  if (store === undefined || !source || wanted.length === 0) return [];
  const known = new Map<string, Conversation>();
  for (const id of wanted) {
    const conversation = store.find(id);
    if (conversation !== undefined) known.set(id, conversation);
  }
  const left = target.dispatchEvent(new ImBulkActionEvent([...known.values()], action));
  if (!left || String(action.name).includes(':')) return [];
  const errors = new Map<string, SourceError>();
  for (const id of wanted) if (!known.has(id)) errors.set(id, new SourceError('not-found', 'The list has no such conversation.'));
  begun([...known.keys()]);
  await callAll(store, source, [...known.keys()], action, errors);
  const results = wanted.map((id): OpResult => {
    const error = errors.get(id);
    return error === undefined ? {id} : {id, error};
  });
  const [failure] = errors.values();
  if (failure !== undefined) store.tell(failure, 'action');
  target.dispatchEvent(new ImBulkResultEvent(action, results));
  return results;
}

async function callAll(
  store: ConversationStore,
  source: ConversationSource,
  ids: readonly string[],
  action: ConversationAction,
  errors: Map<string, SourceError>,
): Promise<void> {
  const pending = PendingChanges.of(store);
  const end = pending.begin(ids, changesOf(action, store.snapshot.groups));
  const batch = batchCall(source, action);
  const limit = source.capabilities?.limits?.batch;
  const most = typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : Infinity;
  const size = batch === undefined ? AT_ONCE : Math.min(most, ids.length);
  for (let i = 0; i < ids.length; i += size) {
    const some = ids.slice(i, i + size);
    const ask = async (asked: readonly string[], call: (options: OpOptions) => Promise<unknown>): Promise<void> =>
      settle(asked, async () => pending.ask(call), errors, end);
    if (batch !== undefined) await ask(some, async (options) => batch(some, options));
    else await Promise.all(some.map(async (id) => ask([id], async (options) => callSource(source, id, action, options))));
  }
}

/** Ends each of the ids when it is known what has become of it, and notes which failed. */
async function settle(
  ids: readonly string[],
  call: () => Promise<unknown>,
  errors: Map<string, SourceError>,
  end: EndPending,
): Promise<void> {
  try {
    const results = await call();
    for (const {id, error} of Array.isArray(results) ? (results as readonly OpResult[]) : []) {
      if (error && ids.includes(id)) errors.set(id, toSourceError(error));
    }
  } catch (thrown) {
    const error = toSourceError(thrown);
    for (const id of ids) errors.set(id, error);
  }
  for (const id of ids) end(id, !errors.has(id));
}

/** The source's call for several at once, where the action has one. */
function batchCall(
  source: ConversationSource,
  action: ConversationAction,
): ((ids: readonly string[], options: OpOptions) => Promise<unknown>) | undefined {
  switch (action.name) {
    case 'mark-read':
      return source.markRead && (async (ids, options) => source.markRead?.(ids, options));
    case 'mark':
      return source.setMark && (async (ids, options) => source.setMark?.(ids, action.mark, action.on, options));
    case 'delete':
      return source.delete && (async (ids, options) => source.delete?.(ids, options));
    default:
      return undefined;
  }
}
