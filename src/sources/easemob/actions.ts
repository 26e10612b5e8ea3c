import {isMarkedUnread, type NotifyLevel} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {ConversationSource, OpName, OpOptions, OpResult} from '../../model/source.js';
import type {EasemobCore} from './core.js';
import {pin, read, setMark} from './events.js';
import {notifyOf, snapshot, targetOf, type Row} from './rows.js';
import type {EasemobConnection, EasemobTarget} from './types.js';

const LEVELS: Readonly<Partial<Record<NotifyLevel, string>>> = {all: 'ALL', mentions: 'AT', silent: 'NONE'};

/** The methods of a source that are actions. */
export type Actions = Pick<
  Required<ConversationSource>,
  'setPinned' | 'setNotify' | 'markRead' | 'markUnread' | 'setHidden' | 'setMark' | 'delete' | 'clearHistory'
>;

let receipts = 0;

/** The actions whose methods the SDK has. It raises no events for them: what was done is told here. */
export function easemobActions(
  core: EasemobCore,
  markOf: (name: string) => number,
): {ops: ReadonlySet<OpName>; methods: Partial<Actions>} {
  const {sdk} = core;

  const act = async <T>(
    id: string,
    call: (target: EasemobTarget) => Promise<T> | undefined,
    done: (row: Row, answer: T | undefined) => void,
    {signal}: OpOptions = {},
  ): Promise<void> => {
    const target = targetOf(id);
    if (!target) throw new SourceError('not-found', `No conversation ${id}`);
    const answer = await core.calls.run(() => call(target), signal);
    core.change([id], (row) => done(row, answer));
  };

  /** One after the other: the service allows few calls at once. */
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

  const mark = async (id: string, name: string, on: boolean, options?: OpOptions): Promise<void> => {
    const number = markOf(name);
    if (!(number >= 0)) throw new SourceError('unsupported', `No such mark: ${name}`);
    const call = (target: EasemobTarget): Promise<unknown> | undefined => {
      const params = {conversations: [target], mark: number};
      return on ? sdk.addConversationMark?.(params) : sdk.removeConversationMark?.(params);
    };
    await act(id, call, setMark(number, on), options);
  };

  const methods: Actions = {
    setPinned: (id, isPinned, options) =>
      act(
        id,
        (target) => sdk.pinConversation?.({...target, isPinned}),
        (row, answer) => pin(isPinned, answer?.data?.pinnedTime)(row),
        options,
      ),

    async setNotify(id, level, options) {
      const remindType = LEVELS[level];
      if (!remindType) throw new SourceError('unsupported', `No such level: ${level}`);
      await act(
        id,
        ({conversationId, conversationType: type}) =>
          sdk.setSilentModeForConversation?.({
            conversationId,
            type: type as never,
            options: {paramType: 0, remindType: remindType as never},
          }),
        // A silence for a time goes on: the answer says so.
        (row, answer) => (row.notify = notifyOf({...answer?.data, type: remindType})),
        options,
      );
    },

    async markRead(ids, options) {
      if (ids === 'all') await core.loadAll(options?.signal);
      const unread = [...core.rows.values()].filter((row) => row.unread > 0 || row.marks.includes(markOf('unread')));
      return each(ids === 'all' ? unread.map(({id}) => id) : ids, async (id) => {
        const receipt = (target: EasemobTarget): Promise<unknown> | undefined =>
          sdk.send?.({
            id: `${Date.now()}${++receipts}`,
            type: 'channel',
            chatType: target.conversationType,
            to: target.conversationId,
            time: Date.now(),
          });
        await act(id, receipt, read, options);
        const row = core.rows.get(id);
        if (row && isMarkedUnread(snapshot(row, core))) await mark(id, 'unread', false, options);
      });
    },

    markUnread: (id, unread, options) => mark(id, 'unread', unread, options),
    setHidden: (id, hidden, options) => mark(id, 'hide', hidden, options),
    setMark: (ids, name, on, options) => each(ids, (id) => mark(id, name, on, options)),

    delete: (ids, options) =>
      each(ids, async (id) => {
        const call = ({conversationType: chatType, conversationId: channel}: EasemobTarget): Promise<unknown> | undefined =>
          sdk.deleteConversation?.({channel, chatType, deleteRoam: options?.clearHistory === true});
        await act(id, call, () => undefined, options);
        core.remove([id]);
      }),

    clearHistory: (id, options) =>
      act(
        id,
        ({conversationType: chatType, conversationId: targetId}) =>
          sdk.removeHistoryMessages?.({targetId, chatType, beforeTimeStamp: Date.now()}),
        (row) => {
          row.last = null;
          read(row);
        },
        options,
      ),
  };

  const needs: readonly (readonly [OpName, keyof Actions, keyof EasemobConnection, boolean?])[] = [
    ['pin', 'setPinned', 'pinConversation'],
    ['notify', 'setNotify', 'setSilentModeForConversation'],
    ['markRead', 'markRead', 'send'],
    ['markAllRead', 'markRead', 'send'],
    ['markUnread', 'markUnread', 'addConversationMark', markOf('unread') >= 0],
    ['hide', 'setHidden', 'addConversationMark', markOf('hide') >= 0],
    ['mark', 'setMark', 'addConversationMark'],
    ['delete', 'delete', 'deleteConversation'],
    // Without a message the server lists it only then.
    ['clearHistory', 'clearHistory', 'removeHistoryMessages', core.includeEmpty],
  ];
  const offered = needs.filter(([, , name, able = true]) => able && typeof sdk[name] === 'function');
  return {
    ops: new Set(offered.map(([op]) => op)),
    methods: Object.fromEntries(offered.map(([, name]) => [name, methods[name]])),
  };
}
