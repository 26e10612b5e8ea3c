import type {ConnectionState, SourceEvent} from '../../model/source.js';
import type {EasemobCore} from './core.js';
import {notifyOf, readTime, snapshot, type Row} from './rows.js';
import type {EasemobHandlers, EasemobSilentMode} from './types.js';

/** Why the SDK gave up for good: removed, logged in elsewhere, password changed, too many devices. */
const KICKED: readonly unknown[] = [206, 207, 214, 216, 217, 220];
const EXPIRED = 56;

/** What the source does at the SDK's events. It has none for conversations: they are made of those for messages. */
export function listen(core: EasemobCore): EasemobHandlers {
  const {rows} = core;
  let user = core.sdk.isOpened() ? core.self : undefined;
  let expired = false;

  const connection = (state: ConnectionState, ...more: SourceEvent[]): void =>
    core.emit({type: 'connection', state}, ...more);
  const reset = (reason: 'login' | 'logout' | 'gap'): SourceEvent => {
    core.forget();
    return {type: 'reset', reason};
  };
  /** For what only the server knows, and tells of no conversation alone. */
  const reload = (id: string): void => {
    if (rows.has(id)) core.emit(reset('gap'));
  };
  /** Of the conversation whose last message it is; whether there is one. */
  const changeLast = (message: string | undefined, change: (row: Row) => void): boolean => {
    const row = [...rows.values()].find(({last}) => message !== undefined && last?.id === message);
    if (row) core.change([row.id], change);
    return row !== undefined;
  };

  const handlers: EasemobHandlers = {
    onConnected() {
      const again = user === core.self;
      user = core.self;
      expired = false;
      connection('online', reset(again ? 'gap' : 'login'));
    },
    onReconnecting: () => connection('connecting'),
    onOffline: () => connection('offline'),
    onTokenExpired() {
      expired = true;
      connection('expired');
    },
    onDisconnected(reason) {
      if (KICKED.includes(reason?.type)) return connection('kicked');
      if (expired || reason?.type === EXPIRED) return connection('expired');
      connection('offline');
      // Only a logout has no reason.
      if (reason || !user) return;
      user = undefined;
      core.profiles.clear();
      core.emit(reset('logout'));
    },
    onOfflineMessageSyncStart: () => core.emit({type: 'sync', phase: 'start'}),
    onOfflineMessageSyncFinish: () => core.emit({type: 'sync', phase: 'finish'}),

    onMessage: (messages) => messages.forEach((message) => core.receive(message)),
    onModifiedMessage: (message) =>
      void changeLast(message.id, (row) => {
        row.last = {...message, time: readTime(row.last?.time)};
      }),
    onRecallMessage({mid, from, to}) {
      const hit = changeLast(mid, (row) => {
        row.recalled = true;
        if (row.last?.from && row.last.from !== core.self) row.unread = Math.max(0, row.unread - 1);
      });
      // Of an earlier one only the server knows whether it was unread.
      if (!hit) reload(to === core.self ? `singleChat|${from}` : `groupChat|${to}`);
    },
    onDeliveredMessage: ({mid}) => void changeLast(mid, (row) => (row.delivery ??= 'delivered')),
    onReadMessage(receipt) {
      // In groups a receipt counts readers.
      if (!('groupReadCount' in receipt)) changeLast(receipt.mid, (row) => (row.delivery = 'read'));
    },
    onChannelMessage({from, to, time}) {
      const peer = `singleChat|${from}`;
      // Read on another device of this person. The SDK says singleChat of groups too.
      if (from === core.self) core.change([rows.has(`groupChat|${to}`) ? `groupChat|${to}` : `singleChat|${to}`], read);
      else if (to === core.self && rows.has(peer)) core.change([peer], (row) => (row.readUpTo = readTime(time)));
    },
    onCmdMessage({action, chatType, from}) {
      // By the convention of the vendor's UI kits.
      const row = action === 'TypingBegin' && chatType === 'singleChat' && rows.get(`singleChat|${from}`);
      if (!row) return;
      const shown = snapshot(row, core);
      core.emit({type: 'upsert', conversations: [Object.freeze({...shown, typing: Object.freeze([shown.title])})]});
    },
    onMultiDeviceEvent({operation, conversationId, conversationType, chatType, type, ...event}) {
      const ids = [`${conversationType ?? chatType ?? type}|${conversationId}`] as const;
      const mark = event.conversationMark ?? -1;
      if (operation === 'pinnedConversation') core.change(ids, pin(true, event.timestamp));
      if (operation === 'unpinnedConversation') core.change(ids, pin(false, 0));
      if (operation === 'markConversation') core.change(ids, setMark(mark, true));
      if (operation === 'unMarkConversation') core.change(ids, setMark(mark, false));
      if (operation === 'deleteConversation') core.remove(ids);
      if (operation === 'deleteRoaming') reload(ids[0]);
      if (operation?.endsWith('SilentModeForConversation')) {
        core.change(ids, (row) => (row.notify = notifyOf(event.data as EasemobSilentMode)));
      }
    },
    onGroupEvent({operation, id}) {
      const group = `groupChat|${id}`;
      if (operation === 'updateInfo' && core.profiles.delete(group)) core.tell([group]);
      if (operation === 'destroy' || operation === 'removeMember') reload(group);
    },
    onPresenceStatusChange(presences) {
      for (const {userId, statusDetails} of presences) {
        const online = statusDetails.some(({status}) => status !== 0);
        const id = `singleChat|${userId}`;
        if (rows.has(id)) core.change([id], (row) => (row.presence = online ? 'online' : 'offline'));
      }
    },
  };
  return guarded(handlers);
}

export function read(row: Row): void {
  row.unread = 0;
  row.mention = undefined;
}

export function pin(pinned: boolean, time: unknown): (row: Row) => void {
  return (row) => {
    row.pinned = pinned ? readTime(time) || Date.now() : 0;
  };
}

export function setMark(mark: number, on: boolean): (row: Row) => void {
  return (row) => {
    row.marks = [...row.marks.filter((other) => other !== mark), ...(on ? [mark] : [])].sort((a, b) => a - b);
  };
}

/** The SDK calls the handlers of all in a row: one that throws would keep the app's own from hearing. */
function guarded(handlers: EasemobHandlers): EasemobHandlers {
  const entries = Object.entries(handlers) as [string, (event: unknown) => void][];
  return Object.fromEntries(
    entries.map(([name, handler]) => [
      name,
      (event: unknown) => {
        try {
          handler(event);
        } catch (thrown) {
          (globalThis.reportError ?? console.error)(thrown);
        }
      },
    ]),
  );
}
