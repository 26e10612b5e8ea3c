import {SourceError} from '../../model/errors.js';
import type {ConnectionState, SourceEvent} from '../../model/source.js';
import type {RongCore} from './core.js';
import {look} from './lookups.js';
import {idOf, readTime, snapshot} from './rows.js';
import type {RongItem, RongMessage, RongTarget} from './types.js';

/** The app called `disconnect()`. */
const LOGOUT = 2;
const KICKED: readonly unknown[] = [31008, 31009, 31010, 31023];
const EXPIRED: readonly unknown[] = [31004, 31020];

interface Typing extends RongTarget {
  list?: {userId: string}[];
}

interface Presence {
  userId: string;
  details?: {eventValue: number}[];
}

/** Listens to the SDK; returns what ends it. */
export function listen(core: RongCore): () => void {
  const {sdk, rows} = core;
  let user = core.self;
  let syncing = false;

  const reset = (reason: 'login' | 'logout' | 'gap'): void => {
    core.forget();
    core.emit({type: 'reset', reason});
  };
  const connection = (state: ConnectionState): void => {
    const events: SourceEvent[] = [{type: 'connection', state}];
    if (syncing) events.push({type: 'sync', phase: 'fail', error: new SourceError('network', 'Disconnected')});
    syncing = false;
    core.emit(...events);
  };
  const readUpTo = (target: RongTarget | undefined, time: unknown): void => {
    const id = target && idOf(target);
    if (id && rows.has(id)) void core.change([id], (row) => (row.readUpTo = readTime(time)));
  };
  const refresh = async (ids: readonly string[]): Promise<void> => {
    await Promise.all(ids.map((id) => core.refresh(id)));
    core.tell(ids);
  };
  const gap = (): void => reset('gap');

  const handlers: Record<string, (event: never) => unknown> = {
    CONNECTING: () => connection('connecting'),
    CONNECTED() {
      const again = user === core.self;
      user = core.self;
      connection('online');
      reset(again ? 'gap' : 'login');
      syncing = true;
      core.emit({type: 'sync', phase: 'start'});
      void core.tellGroups();
    },
    SUSPEND: () => connection('offline'),
    DISCONNECT(code: number) {
      connection(KICKED.includes(code) ? 'kicked' : EXPIRED.includes(code) ? 'expired' : 'offline');
      if (code !== LOGOUT) return;
      user = '';
      core.profiles.clear();
      reset('logout');
    },
    PULL_OFFLINE_MESSAGE_FINISHED() {
      syncing = false;
      core.emit({type: 'sync', phase: 'finish'});
    },
    // What is pinned, muted or unread may be other than it was, and none is named.
    CONVERSATIONS_SYNCED: gap,
    CONVERSATIONS_SETTINGS_SYNCED: gap,
    SYNC_SERVER_SAVE_UNREAD_COMPLETED: gap,

    CONVERSATION: ({conversationList}: {conversationList: {conversation: RongItem}[]}) =>
      core.changed(conversationList.map(({conversation}) => conversation)),
    MESSAGE_MODIFIED: (messages: RongMessage[]) => refresh(messages.map((message) => idOf(message))),
    SYNC_READ_STATUS: (target: RongTarget) => refresh([idOf(target)]),
    READ_RECEIPT_RECEIVED: ({conversation, sentTime}: {conversation: RongTarget; sentTime: number}) =>
      readUpTo(conversation, sentTime),
    MESSAGE_READ_RECEIPT_V4: ({privateReadReceipt: read}: {privateReadReceipt?: RongTarget & {endMsgTime?: number}}) =>
      readUpTo(read, read?.endMsgTime),

    TAG: () => core.tellGroups(),
    // It does not say which.
    async CONVERSATION_TAG() {
      const before = new Map([...rows].map(([id, {tags}]) => [id, tags.join()]));
      await look(core, [...rows.values()]);
      core.tell([...before].flatMap(([id, tags]) => (rows.get(id)?.tags.join() === tags ? [] : [id])));
    },

    TYPING_STATUS({status}: {status: Typing[]}) {
      for (const {list, ...target} of status) {
        const row = rows.get(idOf(target));
        const typing = list?.map(({userId}) => core.profiles.get(`1|${userId}`)?.title ?? userId) ?? [];
        if (row && typing.length > 0) {
          const shown = {...snapshot(row, core.profiles), typing: Object.freeze(typing)};
          core.emit({type: 'upsert', conversations: [Object.freeze(shown)]});
        } else core.tell([idOf(target)]);
      }
    },
    SUBSCRIBED_USER_STATUS_CHANGE(users: Presence[]) {
      for (const {userId, details} of users) {
        // Without them it was the profile that changed.
        if (!details || !rows.has(`1|${userId}`)) continue;
        const online = details.some(({eventValue}) => eventValue === 1);
        void core.change([`1|${userId}`], (row) => (row.presence = online ? 'online' : 'offline'));
      }
    },
    async GROUP_INFO_CHANGED({groupInfo}: {groupInfo?: {groupId?: string}}) {
      const id = `3|${groupInfo?.groupId}`;
      const row = rows.get(id);
      if (!row || !core.profiles.delete(id)) return;
      await look(core, [row]);
      core.tell([id]);
    },
  };

  const ends = Object.entries(handlers).map(([type, handler]) => {
    const guarded = (event: never): void => {
      // The SDK calls its listeners in a row: one that throws would keep the app's own from hearing.
      new Promise((done) => done(handler(event))).catch((thrown: unknown) => {
        (globalThis.reportError ?? console.error)(thrown);
      });
    };
    sdk.addEventListener(type as never, guarded as never);
    return () => sdk.removeEventListener(type as never, guarded as never);
  });
  return () => ends.forEach((end) => end());
}
