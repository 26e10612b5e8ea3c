import type {
  EasemobHandlers,
  EasemobItem,
  EasemobMessage,
  EasemobPage,
  EasemobResult,
  EasemobSilentMode,
  EasemobTarget,
} from '../../../src/sources/easemob/types.js';

/** A conversation as the server keeps it. */
export interface ServerConversation extends EasemobTarget {
  pinnedTime: number;
  unread: number;
  last: EasemobMessage | null;
  /** The place of one without a message. */
  created?: number;
  marks: number[];
}

export interface ListParams {
  pageSize?: number;
  cursor?: string;
  includeEmptyConversations?: boolean;
}

/** What the SDK rejects with: no Error. */
export interface Rejection {
  type: number;
  message: string;
  extraInfo?: {httpCode: number};
}

export const SELF = 'me';

/** A connection of easemob-websdk and the server behind it, with the traps of both. */
export class FakeEasemob {
  user: string | undefined = SELF;
  /** What a list's last page gives for a cursor: the word, by the documentation. */
  endCursor: string | null | undefined = 'undefined';
  /** The most that an answer holds, whatever is asked for. */
  mostPerPage = 50;
  /** The next call of a list rejects with these, one after the other. */
  readonly failures: Rejection[] = [];
  /** Calls of these names do not settle. */
  readonly hanging = new Set<string>();
  readonly calls: [name: string, params: unknown][] = [];
  readonly conversations = new Map<string, ServerConversation>();
  readonly silent: Record<'user' | 'group', Record<string, EasemobSilentMode>> = {user: {}, group: {}};
  readonly infos: Record<string, {nickname?: string; avatarurl?: string}> = {};
  readonly groups: {id: string; name: string; avatar?: string; affiliations?: {owner?: string; member?: string}[]}[] = [];
  handlers: Record<string, EasemobHandlers> = {};
  connected = true;
  now = 1_000_000;
  #messages = 0;

  add(conversationType: 'singleChat' | 'groupChat', conversationId: string, fields: Partial<ServerConversation> = {}): void {
    const last: EasemobMessage = {
      ...this.message(conversationType, conversationId, conversationId),
      ...fields.last,
    };
    this.conversations.set(`${conversationType}|${conversationId}`, {
      conversationType, conversationId, pinnedTime: 0, unread: 0, marks: [], ...fields,
      last: fields.last === null ? null : last,
    });
  }

  message(chatType: string, to: string, from: string, fields: Partial<EasemobMessage> = {}): EasemobMessage {
    const id = `m${++this.#messages}`;
    return {id, type: 'txt', chatType, to: chatType === 'singleChat' && from !== SELF ? SELF : to, from, time: ++this.now, msg: id, ...fields};
  }

  /** Somebody writes: the server counts, and every connected device is told. */
  arrive(id: string, fields: Partial<EasemobMessage> = {}): EasemobMessage {
    const [type, target] = id.split('|') as ['singleChat' | 'groupChat', string];
    const message = this.message(type, target, type === 'groupChat' ? 'ann' : target, fields);
    if (!this.conversations.has(id)) this.add(type, target);
    const conversation = this.conversations.get(id) as ServerConversation;
    conversation.last = {...message};
    if (message.from !== SELF) conversation.unread++;
    this.dispatch('onMessage', [message]);
    // The SDK's objects are live.
    message.msg = 'changed afterwards';
    return message;
  }

  dispatch<K extends keyof EasemobHandlers>(name: K, ...event: Parameters<NonNullable<EasemobHandlers[K]>>): void {
    if (!this.connected && name.includes('Message')) return;
    for (const key in this.handlers) {
      // Without a catch, as in the SDK: one that throws keeps the next from hearing.
      (this.handlers[key]?.[name] as ((...args: unknown[]) => void) | undefined)?.(...event);
    }
  }

  login(user = SELF): void {
    this.user = user;
    this.connected = true;
    this.dispatch('onConnected');
  }

  logout(): void {
    this.user = undefined;
    this.connected = false;
    this.dispatch('onDisconnected');
  }

  isOpened(): boolean {
    return this.connected;
  }

  addEventHandler(id: string, handlers: EasemobHandlers): void {
    this.handlers[id] = handlers;
  }

  removeEventHandler(id: string): void {
    delete this.handlers[id];
  }

  async getServerConversations(params: ListParams): Promise<EasemobResult<EasemobPage>> {
    // Pinned ones are in it too, at the place of their last message.
    return this.#list('getServerConversations', params, () => true, (c) => c.last?.time ?? c.created ?? 0);
  }

  async getServerPinnedConversations(params: ListParams): Promise<EasemobResult<EasemobPage>> {
    return this.#list('getServerPinnedConversations', params, (c) => c.pinnedTime > 0, (c) => c.pinnedTime);
  }

  async #list(
    name: string,
    params: ListParams,
    which: (c: ServerConversation) => boolean,
    rank: (c: ServerConversation) => number,
  ): Promise<EasemobResult<EasemobPage>> {
    await this.#called(name, params);
    const failure = this.failures.shift();
    if (failure) refuse(failure);
    const {cursor = '', pageSize = 20, includeEmptyConversations = false} = params;
    const all = [...this.conversations.values()]
      .filter((c) => which(c) && (c.last !== null || includeEmptyConversations))
      .sort((a, b) => rank(b) - rank(a) || (a.conversationId < b.conversationId ? -1 : 1));
    const [at, after] = cursor.split('/');
    const rest = cursor === '' ? all : all.filter((c) =>
      rank(c) < Number(at) || (rank(c) === Number(at) && c.conversationId > (after ?? '')));
    const some = rest.slice(0, Math.min(pageSize, this.mostPerPage));
    const last = some.at(-1);
    return {
      data: {
        conversations: some.map(item),
        cursor: (last && some.length < rest.length ? `${rank(last)}/${last.conversationId}` : this.endCursor) as string,
      },
    };
  }

  async getSilentModeForConversations(params: {conversationList: {id: string; type: string}[]}): Promise<
    EasemobResult<typeof this.silent>
  > {
    await this.#called('getSilentModeForConversations', params);
    if (params.conversationList.length > 20) refuse(rejection(-3, 'too many'));
    return {data: structuredClone(this.silent)};
  }

  async fetchUserInfoById(ids: string[]): Promise<EasemobResult<typeof this.infos>> {
    await this.#called('fetchUserInfoById', ids);
    return {data: Object.fromEntries(ids.map((id) => [id, {...this.infos[id]}]))};
  }

  async getGroupInfo(params: {groupId: string[]}): Promise<EasemobResult<typeof this.groups>> {
    await this.#called('getGroupInfo', params);
    return {data: this.groups.filter(({id}) => params.groupId.includes(id))};
  }

  async pinConversation(params: EasemobTarget & {isPinned: boolean}): Promise<EasemobResult<{pinnedTime: number}>> {
    await this.#called('pinConversation', params);
    const conversation = this.#find(params);
    conversation.pinnedTime = params.isPinned ? ++this.now : 0;
    return {data: {pinnedTime: conversation.pinnedTime}};
  }

  async deleteConversation(params: {channel: string; chatType: string; deleteRoam: boolean}): Promise<unknown> {
    await this.#called('deleteConversation', params);
    if (!this.conversations.delete(`${params.chatType}|${params.channel}`)) refuse(rejection(1400, 'no conversation'));
    return {};
  }

  async addConversationMark(params: {conversations: EasemobTarget[]; mark: number}): Promise<unknown> {
    await this.#called('addConversationMark', params);
    for (const target of params.conversations) this.#find(target).marks.push(params.mark);
    return undefined;
  }

  async removeConversationMark(params: {conversations: EasemobTarget[]; mark: number}): Promise<unknown> {
    await this.#called('removeConversationMark', params);
    for (const target of params.conversations) {
      const conversation = this.#find(target);
      conversation.marks = conversation.marks.filter((mark) => mark !== params.mark);
    }
    return undefined;
  }

  async setSilentModeForConversation(params: {
    conversationId: string;
    type: string;
    options: {remindType: string};
  }): Promise<EasemobResult<EasemobSilentMode>> {
    await this.#called('setSilentModeForConversation', params);
    const {conversationId, type} = params;
    this.#find({conversationId, conversationType: type as 'singleChat'});
    const modes = this.silent[type === 'groupChat' ? 'group' : 'user'];
    return {data: (modes[conversationId] = {...modes[conversationId], type: params.options.remindType})};
  }

  async removeHistoryMessages(params: {targetId: string; chatType: 'singleChat' | 'groupChat'}): Promise<void> {
    await this.#called('removeHistoryMessages', params);
    const conversation = this.#find({conversationType: params.chatType, conversationId: params.targetId});
    conversation.last = null;
    conversation.unread = 0;
  }

  async send(message: {type: string; chatType: string; to: string}): Promise<unknown> {
    await this.#called('send', message);
    if (message.type !== 'channel') refuse(rejection(205, 'not in the fake'));
    this.#find({conversationType: message.chatType as 'singleChat', conversationId: message.to}).unread = 0;
    return {};
  }

  async #called(name: string, params: unknown): Promise<void> {
    this.calls.push([name, structuredClone(params)]);
    if (this.hanging.has(name)) await new Promise<never>(() => undefined);
    if (this.user === undefined) refuse(rejection(700, 'appkey or token error'));
  }

  #find({conversationType, conversationId}: EasemobTarget): ServerConversation {
    const conversation = this.conversations.get(`${conversationType}|${conversationId}`);
    if (conversation === undefined) refuse(rejection(1400, 'no conversation'));
    return conversation;
  }
}

export function rejection(type: number, message = 'refused', httpCode?: number): Rejection {
  return {type, message, ...(httpCode !== undefined && {extraInfo: {httpCode}})};
}

function refuse(rejection: Rejection): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- as the SDK does
  throw rejection;
}

function item({conversationType, conversationId, pinnedTime, unread, last, marks}: ServerConversation): EasemobItem {
  return {
    conversationType, conversationId, pinnedTime, isPinned: pinnedTime > 0, unReadCount: unread,
    lastMessage: last && structuredClone(last), marks: [...marks],
  };
}
