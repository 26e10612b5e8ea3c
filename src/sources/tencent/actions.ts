import {SourceError} from '../../model/errors.js';
import type {Conversation} from '../../model/conversation.js';
import type {ConversationSource, OpName, OpOptions} from '../../model/source.js';
import {batches, each, ensureSome, type Results} from '../shared/results.js';
import {strings} from '../shared/rows.js';
import {errorsByCode} from '../shared/settle.js';
import {markNumber} from '../shared/tim.js';
import type {TencentCallName} from './client.js';
import {reminderOf, targetOf} from './rows.js';

/** What the SDK's codes mean. */
export const toError = errorsByCode({
  'not-ready': [2024, 2999, 3000, 3005],
  auth: [3001, 3002, 3003, 3004, 3006, 70001, 20002],
  network: [2800, 2805],
  timeout: [2801],
  'rate-limited': [2996],
  'not-found': [2500, 2501, 51009],
  'invalid-argument': [2502, 2503],
  unsupported: [2998, 3122],
  'limit-exceeded': [51006, 51008, 51010, 51011],
});

/** What the actions need of the source. */
export interface ActionHost {
  has(name: TencentCallName): boolean;
  /** The `data` of the answer. */
  ask(name: TencentCallName, argument: unknown, options?: OpOptions): Promise<unknown>;
  /** As last seen. */
  readonly rows: ReadonlyMap<string, Conversation>;
  /** Something was done; the SDK tells of it late, or never. */
  done(): void;
}

type Methods = {-readonly [Name in keyof ConversationSource]?: ConversationSource[Name]};

interface Failures {
  readonly failureConversationIDList?: readonly {readonly conversationID: string}[];
  readonly failureUserList?: readonly unknown[];
  readonly conversationIDList?: readonly string[];
}

const UNREAD = 2;

/** The methods of a source for which the client has the calls. */
export function actionsOf(host: ActionHost): {methods: Methods; ops: ReadonlySet<OpName>} {
  const methods: Methods = {};
  const ops = new Set<OpName>();
  const give = (call: TencentCallName, names: readonly OpName[], more: Methods): void => {
    if (!host.has(call)) return;
    for (const name of names) ops.add(name);
    Object.assign(methods, more);
  };

  const one = async (call: TencentCallName, argument: unknown, options?: OpOptions): Promise<void> => {
    const {failureUserList: [failure] = []} = Object(await host.ask(call, argument, options)) as Failures;
    if (failure !== undefined) throw toError(failure);
    host.done();
  };
  const several = async (
    call: TencentCallName,
    ids: Iterable<string>,
    argument: object,
    options?: OpOptions,
  ): Promise<Results> => {
    const results = await batches(
      ids,
      toError,
      (conversationIDList) => host.ask(call, {conversationIDList, ...argument}, options),
      (answer, id) =>
        (Object(answer) as Failures).failureConversationIDList?.find(({conversationID}) => conversationID === id),
    );
    host.done();
    return results;
  };
  const known = (id: string): string => {
    const {user, group} = targetOf(id);
    if (user ?? group ?? host.rows.has(id)) return id;
    throw new SourceError('not-found', `No conversation ${id}`);
  };

  give('pinConversation', ['pin'], {
    setPinned: (conversationID, isPinned, options) => one('pinConversation', {conversationID, isPinned}, options),
  });
  give('setMessageRemindType', ['notify'], {
    async setNotify(id, level, options) {
      const {user, group: groupID} = targetOf(known(id));
      const target = user === undefined ? {groupID} : {userIDList: [user]};
      await one('setMessageRemindType', {...target, messageRemindType: reminderOf(level)}, options);
    },
  });
  const setMark = async (ids: Iterable<string>, mark: string, enableMark: boolean, options?: OpOptions): Promise<Results> =>
    several('markConversation', ids, {markType: markNumber(mark), enableMark}, options);
  give('markConversation', ['mark', 'markUnread', 'hide'], {
    setMark,
    markUnread: async (id, on, options) => void ensureSome(await setMark([id], 'unread', on, options)),
    setHidden: async (id, on, options) => void ensureSome(await setMark([id], 'hide', on, options)),
  });
  give('setMessageRead', host.has('setAllMessageRead') ? ['markRead', 'markAllRead'] : ['markRead'], {
    async markRead(ids, options) {
      const all = ids === 'all';
      const marked = [...host.rows.values()].flatMap(({id, marks}) =>
        marks.includes('unread') && (all || ids.includes(id)) ? id : [],
      );
      if (all) await one('setAllMessageRead', {scope: 'readAllMessage'}, options);
      const read = async (id: string): Promise<void> => one('setMessageRead', {conversationID: known(id)}, options);
      const results = all ? [] : await each(ids, toError, read);
      if (marked.length > 0) await several('markConversation', marked, {markType: UNREAD, enableMark: false}, options);
      return results;
    },
  });
  give('deleteConversation', ['delete'], {
    async delete(ids, options) {
      // One wrong id would make the SDK throw for all.
      const wrong = await each(ids, toError, async (id) => known(id));
      const right = wrong.flatMap(({id, error}) => (error ? [] : id));
      const results = await batches(
        right,
        toError,
        (conversationIDList) =>
          host.ask(
            'deleteConversation',
            {conversationIDList, clearHistoryMessage: options?.clearHistory === true},
            options,
          ),
        (answer, id) => ((Object(answer) as Failures).conversationIDList?.includes(id) ? undefined : {code: 2500}),
      );
      host.done();
      return [...wrong.filter(({error}) => error), ...results];
    },
  });
  give('clearHistoryMessage', ['clearHistory'], {
    clearHistory: (id, options) => one('clearHistoryMessage', id, options),
  });
  give('setConversationDraft', ['draft'], {
    setDraft: (conversationID, draft, options) =>
      one('setConversationDraft', {conversationID, draftText: draft ?? ''}, options),
  });
  give('setConversationCustomData', ['customData'], {
    setCustomData: (ids, customData, options) => several('setConversationCustomData', ids, {customData}, options),
  });
  const put = async (
    call: TencentCallName,
    groupName: string,
    ids: readonly string[],
    options?: OpOptions,
  ): Promise<Results> => ensureSome(await several(call, ids, {groupName}, options));
  give('getConversationGroupList', ['groups'], {
    groups: {
      async list(options) {
        const names = strings(await host.ask('getConversationGroupList', undefined, options));
        return names.map((name) => ({id: name, name}));
      },
      async create(name, ids, options) {
        await one('createConversationGroup', {groupName: name, conversationIDList: ids}, options);
        return {id: name, name};
      },
      rename: (oldName, newName, options) => one('renameConversationGroup', {oldName, newName}, options),
      delete: (id, options) => one('deleteConversationGroup', id, options),
      add: (id, ids, options) => put('addConversationsToGroup', id, ids, options),
      remove: (id, ids, options) => put('deleteConversationsFromGroup', id, ids, options),
    },
  });
  return {methods, ops};
}
