import type {Conversation} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {ConversationSource, OpName, OpOptions} from '../../model/source.js';
import {batches, each, ensureSome, type Results} from '../shared/results.js';
import {strings} from '../shared/rows.js';
import {LEVELS, markNumber} from '../shared/tim.js';
import {toError, type Bridge} from './bridge.js';
import type {V2TimCallName} from './client.js';
import {targetOf} from './rows.js';

/** What the actions need of the source. */
export interface ActionHost {
  readonly bridge: Bridge;
  /** Ids of conversations that were last seen with the mark `unread`. */
  readonly marked: ReadonlySet<string>;
  read(native: unknown): readonly Conversation[];
  removed(ids: readonly string[]): void;
}

type Methods = {-readonly [Name in keyof ConversationSource]?: ConversationSource[Name]};

/** The methods of a source for which the client has the calls. */
export function actionsOf(host: ActionHost): {methods: Methods; ops: ReadonlySet<OpName>} {
  const {bridge, marked} = host;
  const {reactNative} = bridge.options;
  const methods: Methods = {};
  const ops = new Set<OpName>();
  const give = (calls: readonly V2TimCallName[], names: readonly OpName[], more: Methods): void => {
    if (!bridge.has(...calls)) return;
    for (const name of names) ops.add(name);
    Object.assign(methods, more);
  };

  const one = async (name: V2TimCallName, args: readonly unknown[], options?: OpOptions): Promise<void> => {
    await bridge.ask(name, args, options?.signal);
  };
  /** By the call for users or the one for groups, which both take the target first. */
  const either = async (id: string, names: Pair, args: readonly unknown[] = [], options?: OpOptions): Promise<void> => {
    const {user, group} = targetOf(id);
    const target = user ?? group;
    if (target === undefined) throw new SourceError('not-found', `No conversation ${id}`);
    const list = user !== undefined && names === LEVEL;
    return one(names[user === undefined ? 1 : 0], [list ? [target] : target, ...args], options);
  };
  /** The service says what became of each; those of whom it says nothing went well. */
  const several = (
    ids: readonly string[],
    name: V2TimCallName,
    args: (ids: readonly string[]) => readonly unknown[],
    options?: OpOptions,
  ): Promise<Results> =>
    batches(
      ids,
      toError,
      (batch) => bridge.ask(name, args(batch), options?.signal),
      (answer, id) => {
        const told = [answer].flat() as readonly {conversationID?: unknown; resultCode?: unknown; resultInfo?: unknown}[];
        const {resultCode = 0, resultInfo} = told.find((result) => result?.conversationID === id) ?? {};
        return resultCode === 0 ? undefined : {code: resultCode, desc: resultInfo};
      },
    );

  const setMark = async (ids: readonly string[], mark: string, on: boolean, options?: OpOptions): Promise<Results> => {
    const bit = markNumber(mark);
    return several(ids, 'markConversation', (batch) => (reactNative ? [bit, on, batch] : [batch, bit, on]), options);
  };
  give(['markConversation'], ['mark', 'markUnread', 'hide'], {
    setMark,
    markUnread: async (id, on, options) => void ensureSome(await setMark([id], 'unread', on, options)),
    setHidden: async (id, on, options) => void ensureSome(await setMark([id], 'hide', on, options)),
  });
  give(['pinConversation'], ['pin'], {
    setPinned: (id, pinned, options) => one('pinConversation', [id, pinned], options),
  });
  give(LEVEL, ['notify'], {
    setNotify: (id, level, options) => either(id, LEVEL, [LEVELS.indexOf(level)], options),
  });
  give(['setConversationDraft'], ['draft'], {
    setDraft: (id, text, options) => one('setConversationDraft', [id, text], options),
  });
  give(CLEAR, ['clearHistory'], {clearHistory: (id, options) => either(id, CLEAR, [], options)});
  give(['setConversationCustomData'], ['customData'], {
    setCustomData: (ids, data, options) =>
      several(ids, 'setConversationCustomData', (batch) => (reactNative ? [data, batch] : [batch, data]), options),
  });

  const clean = bridge.has(CLEAN);
  const markRead: Methods['markRead'] = async (ids, options) => {
    const all = ids === 'all';
    const results = await each(all ? [''] : ids, toError, (id) => {
      if (clean) return one(CLEAN, [id, 0, 0], options);
      return all ? one('markAllMessageAsRead', [], options) : either(id, READ, [], options);
    });
    if (all) ensureSome(results);
    const left = [...marked].filter((id) => all || ids.includes(id));
    if (ops.has('mark') && left.length > 0) await setMark(left, 'unread', false, options);
    return all ? [] : results;
  };
  give(clean ? [] : READ, ['markRead'], {markRead});
  give([clean ? CLEAN : 'markAllMessageAsRead'], ['markAllRead'], {markRead});

  const list = bridge.has('deleteConversationList');
  give(list ? [] : ['deleteConversation'], ['delete'], {
    async delete(ids, options) {
      const results = list
        ? await several(ids, 'deleteConversationList', (batch) => [batch, options?.clearHistory === true], options)
        : await each(ids, toError, (id) => one('deleteConversation', [id], options));
      const gone = results.flatMap(({id, error}) => (error ? [] : id));
      if (gone.length > 0) host.removed(gone);
      return results;
    },
  });

  /** It fails for all if there is no such group. */
  const put = async (name: V2TimCallName, group: string, ids: readonly string[], options?: OpOptions): Promise<Results> =>
    ensureSome(await several(ids, name, (batch) => [group, batch], options));
  give(['getConversationGroupList', 'createConversationGroup'], ['groups'], {
    groups: {
      async list(options) {
        const names = strings(await bridge.ask('getConversationGroupList', [], options?.signal));
        return names.map((name) => ({id: name, name}));
      },
      async create(name, ids, options) {
        await one('createConversationGroup', [name, ids], options);
        return {id: name, name};
      },
      rename: (id, name, options) => one('renameConversationGroup', [id, name], options),
      delete: (id, options) => one('deleteConversationGroup', [id], options),
      add: (id, ids, options) => put('addConversationsToGroup', id, ids, options),
      remove: (id, ids, options) => put('deleteConversationsFromGroup', id, ids, options),
    },
  });

  give(['getConversation'], [], {
    async getByIds(ids, options) {
      const found: Conversation[] = [];
      const results = await each(ids, toError, async (id) => {
        found.push(...host.read(await bridge.ask('getConversation', [id], options?.signal)));
      });
      for (const {error} of results) if (error && !ABSENT.has(error.code)) throw error;
      return found;
    },
  });
  return {methods, ops};
}

type Pair = readonly [V2TimCallName, V2TimCallName];
const CLEAN = 'cleanConversationUnreadMessageCount';
const LEVEL: Pair = ['setC2CReceiveMessageOpt', 'setGroupReceiveMessageOpt'];
const CLEAR: Pair = ['clearC2CHistoryMessage', 'clearGroupHistoryMessage'];
const READ: Pair = ['markC2CMessageAsRead', 'markGroupMessageAsRead'];
const ABSENT: ReadonlySet<string> = new Set(['not-found', 'invalid-argument']);
