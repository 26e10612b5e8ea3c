import type {NotifyLevel} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {ConversationSource, GroupOps, OpName, OpOptions, OpResult} from '../../model/source.js';
import type {RongCore} from './core.js';
import {targetOf, type Row} from './rows.js';
import type {RongItem, RongModule, RongResult, RongTarget} from './types.js';

/** Conversations in a call that tags them. */
export const BATCH = 20;

const LEVELS: Readonly<Partial<Record<NotifyLevel, number>>> = {all: -1, mentions: 1, silent: 5};
const READ: RongItem = {unreadMessageCount: 0, hasMentioned: false, unreadMentionedMeCount: 0};

/** The methods of a source that are actions. */
export type Actions = Pick<
  Required<ConversationSource>,
  'setPinned' | 'setNotify' | 'markRead' | 'delete' | 'clearHistory' | 'setDraft' | 'groups'
>;

/** The actions whose functions the SDK has. Of what this device does it tells little: it is told here. */
export function rongActions(core: RongCore): {ops: ReadonlySet<OpName>; methods: Partial<Actions>} {
  const {sdk} = core;

  const target = (id: string): RongTarget => {
    const found = targetOf(id);
    if (!found) throw new SourceError('not-found', `No conversation ${id}`);
    return found;
  };

  const act = async (
    id: string,
    call: (target: RongTarget) => Promise<RongResult> | undefined,
    change: (row: Row) => void,
    {signal}: OpOptions = {},
  ): Promise<void> => {
    const one = target(id);
    await core.ask(() => call(one), signal);
    await core.change([id], change);
  };
  const patch = (fields: RongItem) => (row: Row) => {
    row.item = {...row.item, ...fields};
  };

  const each = async (ids: readonly string[], one: (id: string) => Promise<void>): Promise<readonly OpResult[]> => {
    const results: OpResult[] = [];
    for (const id of new Set(ids)) {
      const error = await one(id).then(
        () => undefined,
        (thrown: unknown) => toSourceError(thrown),
      );
      results.push(error ? {id, error} : {id});
    }
    return results;
  };

  /** Puts into a tag or takes out, by as many as a call takes. */
  const put = async (
    tagId: string,
    ids: readonly string[],
    on: boolean,
    {signal}: OpOptions = {},
  ): Promise<readonly OpResult[]> => {
    await known(tagId, signal);
    const results = new Map(Array.from(new Set(ids), (id): [string, OpResult] => [id, {id}]));
    for (const id of results.keys()) {
      if (!targetOf(id)) results.set(id, {id, error: new SourceError('not-found', `No conversation ${id}`)});
    }
    const good = [...results.keys()].filter((id) => targetOf(id));
    for (let at = 0; at < good.length; at += BATCH) {
      const some = good.slice(at, at + BATCH);
      const targets = some.map(target);
      try {
        await core.ask(
          () => (on ? sdk.addConversationsToTag?.(tagId, targets) : sdk.removeConversationsFromTag?.(tagId, targets)),
          signal,
        );
        await core.change(some, (row) => {
          row.tags = [...row.tags.filter((tag) => tag !== tagId), ...(on ? [tagId] : [])];
        });
      } catch (thrown) {
        for (const id of some) results.set(id, {id, error: toSourceError(thrown)});
      }
    }
    return [...results.values()];
  };
  const known = async (tagId: string, signal?: AbortSignal): Promise<void> => {
    const groups = await core.groups(signal);
    if (!groups.some(({id}) => id === tagId)) throw new SourceError('not-found', `No tag ${tagId}`);
  };

  const groups: GroupOps = {
    list: ({signal} = {}) => core.groups(signal),
    async create(tagName, ids, options = {}) {
      // At most 10 characters.
      const tagId = Date.now().toString(36).slice(-8) + Math.floor(Math.random() * 36).toString(36);
      await core.ask(() => sdk.addTag?.({tagId, tagName}), options.signal);
      if (ids.length > 0) await put(tagId, ids, true, options);
      await core.tellGroups();
      return {id: tagId, name: tagName};
    },
    async rename(tagId, tagName, {signal} = {}) {
      await known(tagId, signal);
      await core.ask(() => sdk.updateTag?.({tagId, tagName}), signal);
      await core.tellGroups();
    },
    async delete(tagId, {signal} = {}) {
      await known(tagId, signal);
      await core.ask(() => sdk.removeTag?.(tagId), signal);
      const ids = [...core.rows.values()].flatMap(({id, tags}) => (tags.includes(tagId) ? [id] : []));
      await core.change(ids, (row) => (row.tags = row.tags.filter((tag) => tag !== tagId)));
      await core.tellGroups();
    },
    add: (tagId, ids, options) => put(tagId, ids, true, options),
    remove: (tagId, ids, options) => put(tagId, ids, false, options),
  };

  const methods: Actions = {
    setPinned: (id, isTop, options) =>
      act(id, (one) => sdk.setConversationToTop?.(one, isTop), patch({isTop}), options),

    async setNotify(id, name, options) {
      const level = LEVELS[name];
      if (level === undefined) throw new SourceError('unsupported', `No such level: ${name}`);
      const call = (one: RongTarget): Promise<RongResult> | undefined => sdk.setConversationNotificationLevel?.(one, level);
      await act(id, call, patch({notificationLevel: level}), options);
    },

    async markRead(ids, options = {}) {
      if (ids !== 'all') {
        return each(ids, (id) => act(id, (one) => sdk.clearMessagesUnreadStatus?.(one), patch(READ), options));
      }
      await core.loadAll(options.signal);
      await core.ask(() => sdk.clearAllMessagesUnreadStatus?.(), options.signal);
      const unread = [...core.rows.values()].filter(({item}) => item.unreadMessageCount).map(({id}) => id);
      await core.change(unread, patch(READ));
      return unread.map((id) => ({id}));
    },

    delete: (ids, options = {}) =>
      each(ids, async (id) => {
        const one = target(id);
        if (options.clearHistory) await core.ask(() => sdk.clearHistoryMessages?.(one, Date.now()), options.signal);
        await core.ask(() => sdk.removeConversation?.(one), options.signal);
        core.remove([id]);
      }),

    clearHistory: (id, options) =>
      act(id, (one) => sdk.clearHistoryMessages?.(one, Date.now()), patch({...READ, latestMessage: null}), options),

    setDraft: (id, text, options) =>
      act(
        id,
        (one) => (text ? sdk.saveTextMessageDraft?.(one, text) : sdk.clearTextMessageDraft?.(one)),
        (row) => (row.draft = text || undefined),
        options,
      ),

    groups,
  };

  const needs: readonly (readonly [OpName, keyof Actions, keyof RongModule])[] = [
    ['pin', 'setPinned', 'setConversationToTop'],
    ['notify', 'setNotify', 'setConversationNotificationLevel'],
    ['markRead', 'markRead', 'clearMessagesUnreadStatus'],
    ['markAllRead', 'markRead', 'clearAllMessagesUnreadStatus'],
    ['delete', 'delete', 'removeConversation'],
    ['clearHistory', 'clearHistory', 'clearHistoryMessages'],
    ['draft', 'setDraft', 'saveTextMessageDraft'],
    ['groups', 'groups', 'addTag'],
  ];
  const offered = needs.filter(([, , name]) => typeof sdk[name] === 'function');
  return {
    ops: new Set(offered.map(([op]) => op)),
    methods: Object.fromEntries(offered.map(([, name]) => [name, methods[name]])),
  };
}
