import type {RongItem, RongLoader, RongMessage, RongResult, RongTag, RongTarget} from '../../../src/sources/rong/types.js';

export const SELF = 'me';

/** A conversation as the service keeps it. */
export interface ServerConversation extends RongTarget {
  isTop: boolean;
  unread: number;
  level: number;
  time: number;
  last: RongMessage | null;
  mentioned?: {type: number; me: number};
}

type Answer<T = unknown> = Promise<RongResult<T>>;

/** The module of @rongcloud/imlib-next and the service behind it, with the traps of both. */
export class FakeRong {
  state: 'new' | 'initialised' | 'connected' = 'connected';
  user = SELF;
  /** The most that a loader gives, whatever is asked for. */
  mostPerPage = 100;
  /** The next calls of a list resolve to these codes. */
  readonly failures: number[] = [];
  /** Calls of these names do not settle. */
  readonly hanging = new Set<string>();
  readonly calls: [name: string, ...args: unknown[]][] = [];
  readonly conversations = new Map<string, ServerConversation>();
  readonly drafts = new Map<string, string>();
  readonly tags = new Map<string, {name: string; members: Set<string>}>();
  readonly names = new Map<string, string>();
  /** The service hosts profiles. */
  hosted = true;
  now = 1_000_000;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();
  #messages = 0;

  get held(): number {
    return [...this.#listeners.values()].reduce((sum, {length}) => sum + length, 0);
  }

  add(conversationType: number, targetId: string, fields: Partial<ServerConversation> = {}): ServerConversation {
    const time = ++this.now;
    const last = fields.last === null ? null : {...this.message({conversationType, targetId}, time), ...fields.last};
    const conversation = {conversationType, targetId, isTop: false, unread: 0, level: 0, time, ...fields, last};
    this.conversations.set(`${conversationType}|${targetId}`, conversation);
    return conversation;
  }

  message(target: RongTarget, sentTime: number): RongMessage {
    const messageUId = `m${++this.#messages}`;
    const senderUserId = target.conversationType === 1 ? target.targetId : 'ann';
    return {
      ...target, messageUId, senderUserId, sentTime, messageType: 'RC:TxtMsg', messageDirection: 2,
      content: {content: messageUId},
    };
  }

  /** Somebody writes: the service counts, and the SDK tells of the conversation. */
  arrive(id: string, fields: Partial<RongMessage> = {}): void {
    const [type, targetId] = id.split('|') as [string, string];
    const target = {conversationType: Number(type), targetId};
    const conversation = this.conversations.get(id) ?? this.add(target.conversationType, targetId);
    conversation.time = ++this.now;
    conversation.last = {...this.message(target, conversation.time), ...fields};
    conversation.unread++;
    const told = item(conversation);
    this.emit('CONVERSATION', {conversationList: [{conversation: told, updatedItems: {}}]});
    // The SDK's objects are live.
    told.unreadMessageCount = 99;
    (told.latestMessage?.content as {content: string}).content = 'changed afterwards';
  }

  emit(type: string, event?: unknown): void {
    if (this.state !== 'connected' && type === 'CONVERSATION') return;
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }

  connect(user = SELF): void {
    this.state = 'connected';
    this.user = user;
    this.emit('CONNECTED');
    this.emit('PULL_OFFLINE_MESSAGE_FINISHED');
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  removeEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((other) => other !== listener));
  }

  getCurrentUserId(): string {
    if (this.state === 'new') throw new Error('Not initialized yet!');
    return this.state === 'connected' ? this.user : '';
  }

  async createConversationListLoader(options: {conversationTypes?: number[]} = {}): Answer<RongLoader> {
    return this.#call('createConversationListLoader', [options], () => {
      const {conversationTypes: types = []} = options;
      let after = Infinity;
      let hasMore = true;
      let isLoading = false;
      return {
        get hasMore() {
          return hasMore;
        },
        load: async (count) => {
          if (isLoading) return fail(33103);
          if (!(count >= 1 && count <= 100)) return fail(34232);
          isLoading = true;
          const result = await this.#call('load', [count], () => {
            const rest = [...this.conversations.values()]
              .filter(({conversationType, time}) => time < after && (!types[0] || types.includes(conversationType)))
              .sort((a, b) => b.time - a.time);
            const some = rest.slice(0, Math.min(count, this.mostPerPage));
            after = some.at(-1)?.time ?? after;
            hasMore = some.length < rest.length;
            return some.map(item);
          }, true);
          isLoading = false;
          return result;
        },
      };
    });
  }

  async getTopConversationList(types?: number[]): Answer<RongItem[]> {
    const wanted = (c: ServerConversation): boolean => c.isTop && (!types || types.includes(c.conversationType));
    return this.#call('getTopConversationList', [types], () => [...this.conversations.values()].filter(wanted).map(item), true);
  }

  async getConversation(target: RongTarget): Answer<RongItem> {
    return this.#call('getConversation', [target], () => item(this.#find(target)));
  }

  async getTotalUnreadCount(includeMuted = false, types?: number[]): Answer<number> {
    return this.#call('getTotalUnreadCount', [includeMuted, types], () =>
      [...this.conversations.values()]
        .filter((c) => (includeMuted || c.level !== 5) && (!types || types.includes(c.conversationType)))
        .reduce((sum, {unread}) => sum + unread, 0),
    );
  }

  async getTagsFromConversation(target: RongTarget): Answer<RongTag[]> {
    return this.#call('getTagsFromConversation', [target], () =>
      [...this.tags].flatMap(([tagId, {members}]) => (members.has(key(target)) ? [{tagId}] : [])));
  }

  async getTextMessageDraft(target: RongTarget): Answer<string> {
    return this.#call('getTextMessageDraft', [target], () => this.drafts.get(key(target)) ?? '');
  }

  async getUserProfiles(ids: string[]): Answer<{userId: string; name: string}[]> {
    return this.#profiles('getUserProfiles', ids, 1, (userId, name) => ({userId, name}));
  }

  async getGroupsInfo(ids: string[]): Answer<{groupId: string; groupName: string}[]> {
    return this.#profiles('getGroupsInfo', ids, 3, (groupId, groupName) => ({groupId, groupName}));
  }

  async #profiles<T>(call: string, ids: string[], type: number, make: (id: string, name: string) => T): Answer<T[]> {
    if (!this.hosted) return fail(24369);
    if (ids.length > 20) return fail(24365);
    return this.#call(call, [ids], () => ids.flatMap((id) => {
      const name = this.names.get(`${type}|${id}`);
      return name === undefined ? [] : [make(id, name)];
    }));
  }

  async setConversationToTop(target: RongTarget, isTop = true): Answer {
    return this.#call('setConversationToTop', [target, isTop], () => void (this.#find(target).isTop = isTop));
  }

  async setConversationNotificationLevel(target: RongTarget, level: number): Answer {
    return this.#call('setConversationNotificationLevel', [target, level], () => void (this.#find(target).level = level));
  }

  async clearMessagesUnreadStatus(target: RongTarget): Answer {
    return this.#call('clearMessagesUnreadStatus', [target], () => this.#read(this.#find(target)));
  }

  async clearAllMessagesUnreadStatus(): Answer {
    return this.#call('clearAllMessagesUnreadStatus', [], () => this.conversations.forEach((c) => this.#read(c)));
  }

  #read(conversation: ServerConversation): void {
    conversation.unread = 0;
    delete conversation.mentioned;
  }

  async removeConversation(target: RongTarget): Answer {
    // No event for it.
    return this.#call('removeConversation', [target], () => void this.conversations.delete(key(this.#find(target))));
  }

  async clearHistoryMessages(target: RongTarget, timestamp: number): Answer {
    return this.#call('clearHistoryMessages', [target, timestamp], () => {
      const conversation = this.#find(target);
      conversation.last = null;
      this.#read(conversation);
    });
  }

  async saveTextMessageDraft(target: RongTarget, draft: string): Answer {
    return this.#call('saveTextMessageDraft', [target, draft], () => void this.drafts.set(key(this.#find(target)), draft));
  }

  async clearTextMessageDraft(target: RongTarget): Answer {
    return this.#call('clearTextMessageDraft', [target], () => void this.drafts.delete(key(this.#find(target))));
  }

  async getTags(): Answer<RongTag[]> {
    return this.#call('getTags', [], () => Array.from(this.tags, ([tagId, {name: tagName}]) => ({tagId, tagName})));
  }

  async addTag({tagId, tagName}: {tagId: string; tagName: string}): Answer {
    if (tagId.length > 10) return fail(34212);
    return this.#call('addTag', [tagId], () => void this.tags.set(tagId, {name: tagName, members: new Set()}));
  }

  async updateTag({tagId, tagName}: {tagId: string; tagName: string}): Answer {
    return this.#call('updateTag', [tagId], () => void (this.#tag(tagId).name = tagName));
  }

  async removeTag(tagId: string): Answer {
    return this.#call('removeTag', [tagId], () => void (this.#tag(tagId) && this.tags.delete(tagId)));
  }

  async addConversationsToTag(tagId: string, targets: RongTarget[]): Answer {
    if (targets.length > 20) return fail(34242);
    return this.#call('addConversationsToTag', [tagId, targets], () =>
      targets.forEach((target) => this.#tag(tagId).members.add(key(this.#find(target)))));
  }

  async removeConversationsFromTag(tagId: string, targets: RongTarget[]): Answer {
    if (targets.length > 20) return fail(34242);
    return this.#call('removeConversationsFromTag', [tagId, targets], () =>
      targets.forEach((target) => this.#tag(tagId).members.delete(key(this.#find(target)))));
  }

  /** Never rejects. */
  async #call<T>(name: string, args: unknown[], run: () => T, isList = false): Answer<T> {
    this.calls.push([name, ...args]);
    if (this.hanging.has(name)) await new Promise<never>(() => undefined);
    if (this.state === 'new') return fail(33001);
    if (this.state === 'initialised') return fail(30002);
    const failure = isList ? this.failures.shift() : undefined;
    if (failure !== undefined) return fail(failure);
    try {
      return {isOk: true, code: 0, msg: '', data: run()};
    } catch (thrown) {
      return fail((thrown as {cause: number}).cause);
    }
  }

  #find(target: RongTarget): ServerConversation {
    const conversation = this.conversations.get(key(target));
    if (!conversation) throw new Error('no conversation', {cause: 34225});
    return conversation;
  }

  #tag(tagId: string): {name: string; members: Set<string>} {
    const tag = this.tags.get(tagId);
    if (!tag) throw new Error('no tag', {cause: 33100});
    return tag;
  }
}

function fail(code: number): RongResult<never> {
  return {isOk: false, code, msg: `fail: ${code}`};
}

function key({conversationType, targetId}: RongTarget): string {
  return `${conversationType}|${targetId}`;
}

function item({conversationType, targetId, isTop, unread, level, time, last, mentioned}: ServerConversation): RongItem {
  return {
    conversationType, targetId, channelId: '', isTop, unreadMessageCount: unread, notificationLevel: level,
    operationTime: time, latestMessage: structuredClone(last), hasMentioned: mentioned !== undefined,
    ...(mentioned && {mentionedInfo: {type: mentioned.type}, unreadMentionedMeCount: mentioned.me}),
  };
}
