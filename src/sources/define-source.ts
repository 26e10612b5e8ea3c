import {SourceError, toSourceError} from '../model/errors.js';
import type {ConversationSource, OpName, OpOptions, Page, SourceCapabilities} from '../model/source.js';
import {readCount} from '../model/validate.js';
import type {Awaitable, ConversationInput, EventInput, Single, SourceDefinition} from './define-source/definition.js';
import {readInput} from './define-source/input.js';
import {Listeners} from './shared/listeners.js';
import {readEach, resultsOf} from './shared/rows.js';
import {settle, type ToError} from './shared/settle.js';

export type {
  ConversationInput,
  EventInput,
  PageInput,
  PageInputRequest,
  SourceDefinition,
} from './define-source/definition.js';

const SINGLE = {
  setPinned: 'pin',
  setNotify: 'notify',
  markUnread: 'markUnread',
  setHidden: 'hide',
  clearHistory: 'clearHistory',
  setDraft: 'draft',
} as const satisfies Record<keyof Single, OpName>;
const SEVERAL = {delete: 'delete', setMark: 'mark', setCustomData: 'customData', markRead: 'markRead'} as const;

type Call = (...args: readonly unknown[]) => unknown;

/**
 * Makes a source of a back end of one's own: a function for a page, one for changes, and the actions there are.
 *
 * Conversations are copied, completed and frozen. Whatever the functions throw becomes a `SourceError` by `toError`, a
 * call that does not settle one with the code `timeout`. An event with a conversation that cannot be read tells the
 * others, and a failed sync with the reason.
 *
 * @example
 * const source = defineSource({
 *   firstCursor: '',
 *   getPage: async ({cursor, limit, signal}) => {
 *     const {items, next} = await api.list(cursor, limit, signal);
 *     return {conversations: items.map(toConversation), done: next === null, cursor: next ?? ''};
 *   },
 *   subscribe: (emit) => api.onChange((items) => emit({type: 'upsert', conversations: items.map(toConversation)})),
 * });
 */
export function defineSource<Cursor = unknown>(definition: SourceDefinition<Cursor>): ConversationSource {
  const {firstCursor, selfId, capabilities, toError: read = toSourceError, timeoutMs, groups} = definition;
  const toError: ToError = (thrown) => toSourceError(thrown instanceof SourceError ? thrown : read(thrown));
  const has = (name: keyof SourceDefinition): boolean => definition[name] !== undefined;
  const run = <T>(call: () => Awaitable<T>, options?: OpOptions): Promise<T> =>
    settle(call, options, toError, timeoutMs);

  /** By `call`, whose options are the last argument if there are any. */
  const action = (call: Call): Call => (...args) =>
    run(() => call(...args), args.findLast((arg) => typeof arg === 'object' && arg !== null && 'signal' in arg) as OpOptions);
  const actions: Record<string, unknown> = {};
  const ops = new Set<OpName>();
  for (const [name, op] of Object.entries({...SINGLE, ...SEVERAL})) {
    const method = definition[name as keyof typeof SINGLE] as Call | undefined;
    if (!method) continue;
    ops.add(op);
    const call = action(method.bind(definition));
    actions[name] =
      name in SINGLE ? call : async (ids: string[], ...rest: unknown[]) => (await call(ids, ...rest)) ?? resultsOf(ids);
  }
  if (has('markAllRead')) {
    ops.add('markAllRead');
    const some = (actions['markRead'] ?? (() => unsupported('markRead'))) as Call;
    const all = action((options) => definition.markAllRead?.(options as OpOptions));
    actions['markRead'] = async (ids: unknown, options?: OpOptions) =>
      ids === 'all' ? ((await all(options)) ?? []) : some(ids, options);
  }
  if (groups) {
    ops.add('groups');
    const entries = (['list', 'create', 'rename', 'delete', 'add', 'remove'] as const).map((name) => [
      name,
      action((groups[name] as Call).bind(groups)),
    ]);
    actions['groups'] = Object.freeze(Object.fromEntries(entries));
  }

  // Events

  let stop: unknown;
  const fail = (thrown: unknown): void => listeners.emit({type: 'sync', phase: 'fail', error: toError(thrown)});
  const listeners = new Listeners(
    () => {
      try {
        stop = definition.subscribe?.(emit);
        Promise.resolve(stop).catch(fail);
      } catch (thrown) {
        fail(thrown);
      }
    },
    () => {
      const end = stop;
      stop = undefined;
      void settle(async () => ((await end) as Call | undefined)?.()).catch(report);
    },
  );
  const emit = (event: EventInput): void => {
    if (event.type !== 'upsert' && event.type !== 'snapshot') return listeners.emit(event);
    const {rows, problem} = readEach(event.conversations, (input) => [readInput(input as ConversationInput)]);
    // A snapshot that lacks a row would take it away.
    if (problem === undefined) return listeners.emit({...event, conversations: rows});
    listeners.emit({type: 'upsert', conversations: rows});
    fail(problem);
  };

  /** Objects that the back end gave as cursors: what else comes is no cursor of this source. */
  const given = new WeakSet<object>();
  return {
    capabilities: Object.freeze({
      paging: 'cursor',
      serverFilters: [],
      nativeOrder: false,
      deleteEvents: has('subscribe'),
      syncEvents: false,
      unreadTotal: has('getTotalUnread'),
      ops,
      ...capabilities,
    } satisfies SourceCapabilities),
    ...(selfId !== undefined && {selfId}),
    getPage: (request) =>
      run(async () => {
        const {cursor = firstCursor, limit} = request;
        if (typeof cursor === 'object' && cursor !== null && cursor !== firstCursor && !given.has(cursor)) {
          throw new SourceError('invalid-argument', 'The cursor is not of this source');
        }
        const max = capabilities?.maxPageSize ?? Infinity;
        const answer = await definition.getPage({
          ...request,
          cursor: cursor as Cursor,
          limit: Math.max(1, Math.min(limit, max)),
        });
        const page = 'conversations' in answer ? answer : {conversations: answer, done: true};
        const next: unknown = page.cursor;
        if (typeof next === 'object' && next !== null) given.add(next);
        return {...page, done: page.done === true, conversations: Object.freeze(page.conversations.map(readInput))} as Page;
      }, request),
    subscribe: (listener) => listeners.subscribe(listener),
    ...(has('getByIds') && {
      getByIds: (ids, options) =>
        run(async () => (await definition.getByIds?.(ids, options) ?? []).map(readInput), options),
    }),
    ...(has('search') && {
      search: (query, options) =>
        run(async () => (await definition.search?.(query, options) ?? []).map(readInput), options),
    }),
    ...(has('getTotalUnread') && {
      getTotalUnread: (filter, options) =>
        run(async () => readCount(await definition.getTotalUnread?.(filter, options)), options),
    }),
    ...actions,
  };
}

function unsupported(name: string): never {
  throw new SourceError('unsupported', `There is no ${name}`);
}

function report(thrown: unknown): void {
  (globalThis.reportError ?? console.error)(thrown);
}
