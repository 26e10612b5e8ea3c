import {
  browserAdapters,
  NIM,
  setAdapters,
  V2NIMConversationService,
  V2NIMLocalConversationService,
} from 'nim-web-sdk-ng/dist/esm/nim.js';
import type {Page, SourceEvent} from '../../src/model/source.js';
import {NimSource, type NimConversation} from '../../src/sources/nim.js';
import {codeOf, equal, pause, run} from './checks.js';

/** What of the SDK's inside stands in for its server. */
interface Inside {
  account: string;
  readonly model: {set(rows: NimConversation[]): void; upsert(row: NimConversation): void; getById(id: string): NimConversation};
  triggerConversationChanged(rows: NimConversation[]): void;
  triggerConversationCreated(row: NimConversation): void;
  readonly lifeCycle: {processEvent(name: string): void};
  v2BeKickedHandler(packet: object): void;
  emit(name: string, ...args: unknown[]): void;
  listenerCount(name: string): number;
}

setAdapters(browserAdapters);
NIM.registerService(V2NIMConversationService, 'V2NIMConversationService');
NIM.registerService(V2NIMLocalConversationService, 'V2NIMLocalConversationService');
const nim = NIM.getInstance({appkey: 'none', apiVersion: 'v2', debugLevel: 'off'});
const login = nim.V2NIMLoginService as unknown as Inside;

const row = (id: string, over: Partial<NimConversation> = {}): NimConversation => ({
  conversationId: id,
  type: Number(id.split('|')[1]),
  stickTop: false,
  groupIds: [],
  localExtension: '',
  serverExtension: '',
  unreadCount: 0,
  sortOrder: 100,
  updateTime: 100,
  ...over,
});
const NAMES = Array.from({length: 9}, (_, i) => `me|1|${(i * 4) % 9}`);

async function walk(source: NimSource, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let page: Page | undefined; page?.done !== true; ) {
    page = await source.getPage({limit, ...(page && {cursor: page.cursor})});
    ids.push(...page.conversations.map(({id}) => id));
  }
  return ids;
}

const cloud = nim.V2NIMConversationService as unknown as Inside;
const local = nim.V2NIMLocalConversationService as unknown as Inside;
const EVENTS = ['onSyncStarted', 'onSyncFinished', 'onSyncFailed', 'onConversationChanged', 'onConversationCreated'];

await run({
  'NIM: before the login, requests reject with not-ready': async () => {
    equal(await codeOf(() => new NimSource(nim).getPage({limit: 5})), 'not-ready');
  },
  'NIM: a login is told': async () => {
    const events: SourceEvent[] = [];
    const stop = new NimSource(nim).subscribe((event) => events.push(event));
    login.account = 'me';
    login.lifeCycle.processEvent('loginSucc');
    await pause(0);
    stop();
    // Without a network the SDK may find at once that it is offline.
    equal(events.find((event) => event.type === 'connection' && event.state === 'online'), {type: 'connection', state: 'online'});
  },
  'NIM: pages of one sortOrder lose and repeat nothing, cloud and local': async () => {
    for (const service of [cloud, local]) {
      for (const name of NAMES) service.model.upsert(row(name));
      service.model.upsert(row('me|1|zero', {sortOrder: 0}));
      const source = new NimSource(nim, {local: service === local});
      for (const limit of [1, 2, 4, 50]) equal(await walk(source, limit), [...NAMES].sort().concat('me|1|zero'));
    }
  },
  'NIM: pages are frozen, the SDK goes on with its live objects': async () => {
    const {conversations} = await new NimSource(nim, {local: true}).getPage({limit: 1});
    equal(Object.isFrozen(conversations[0]), true);
    equal(conversations[0]?.native === local.model.getById('me|1|0'), true);
  },
  'NIM: created, changed and deleted are told': async () => {
    const told: unknown[] = [];
    const source = new NimSource(nim);
    const stop = source.subscribe((event) => {
      if (event.type === 'upsert') told.push([event.isNew, event.conversations.map(({id}) => id)]);
      if (event.type === 'remove') told.push(event.ids);
    });
    cloud.triggerConversationCreated(row('me|1|new'));
    cloud.triggerConversationChanged([row('me|1|0'), row('me|1|1')]);
    cloud.emit('onConversationDeleted', ['me|1|0']);
    stop();
    equal(told, [[true, ['me|1|new']], [false, ['me|1|0', 'me|1|1']], ['me|1|0']]);
  },
  'NIM: nothing listens afterwards': async () => {
    equal(EVENTS.map((name) => cloud.listenerCount(name)), EVENTS.map(() => 0));
  },
  'NIM: the SDK refuses a strange id, and tells the total without the muted': async () => {
    equal(await codeOf(() => new NimSource(nim).setPinned('no such', true)), 'invalid-argument');
    cloud.model.upsert(row('me|1|0', {unreadCount: 3}));
    equal(await new NimSource(nim).getTotalUnread(), 3);
  },
  'NIM: only what is registered is offered': async () => {
    equal([...new NimSource(nim).capabilities.ops], ['pin', 'markRead', 'markAllRead', 'delete', 'customData', 'clearHistory']);
  },
  'NIM: who is kicked out keeps the rows, and is told so': async () => {
    const events: SourceEvent[] = [];
    const source = new NimSource(nim);
    const stop = source.subscribe((event) => events.push(event));
    login.v2BeKickedHandler({content: {reason: 1, clientType: 16, customClientType: 0}});
    await pause(0);
    stop();
    equal(events, [{type: 'connection', state: 'kicked'}]);
    equal(await codeOf(() => source.getPage({limit: 5})), 'auth');
  },
});
