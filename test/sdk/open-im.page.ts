import {getSDK} from '@openim/wasm-client-sdk';
import type {Page, SourceEvent} from '../../src/model/source.js';
import {OpenImSource, type OpenImConversation} from '../../src/sources/open-im.js';
import {codeOf, equal, pause, run} from './checks.js';

/** The function of the SDK that its core writes conversations with. */
declare global {
  interface Window {
    batchInsertConversationList(json: string): Promise<unknown>;
  }
}

const sdk = getSDK({coreWasmPath: '/openIM.wasm', sqlWasmPath: '/sql-wasm.wasm', debug: false});
const source = new OpenImSource(sdk, {selfId: 'me'});
const events: SourceEvent[] = [];

const row = (id: string, over: Partial<OpenImConversation> = {}): OpenImConversation & Record<string, unknown> => ({
  conversationID: id,
  conversationType: 1,
  userID: id.split('_')[1] ?? '',
  groupID: '',
  showName: `Name of ${id}`,
  faceURL: '',
  recvMsgOpt: 0,
  unreadCount: 0,
  groupAtType: 0,
  latestMsg: '',
  latestMsgSendTime: 1000,
  draftText: '',
  draftTextTime: 0,
  isPinned: false,
  isPrivateChat: false,
  burnDuration: 0,
  isNotInGroup: false,
  updateUnreadCountTime: 0,
  attachedInfo: '',
  ex: '',
  maxSeq: 0,
  minSeq: 0,
  msgDestructTime: 0,
  isMsgDestruct: false,
  ...over,
});

async function walk(limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let page: Page | undefined; page?.done !== true; ) {
    page = await source.getPage({limit, ...(page && {cursor: page.cursor})});
    ids.push(...page.conversations.map(({id}) => id));
  }
  return ids;
}

/** A token that is none: the person is logged in to the local database, and no server is asked. */
const LOGIN = {userID: 'me', token: 'e30.e30.e30', platformID: 5, apiAddr: 'http://127.0.0.1:9', wsAddr: 'ws://127.0.0.1:9'};
const MESSAGE = JSON.stringify({clientMsgID: 'm', sendID: 'bob', contentType: 101, sendTime: 5000, textElem: {content: 'Hi'}});
const ORDER = ['si_pin_me', 'si_bob_me', 'si_ann_me', 'si_cat_me', 'si_zed_me'];

await run({
  'OpenIM: before the login, requests reject with not-ready': async () => {
    equal(await codeOf(() => source.getPage({limit: 5})), 'not-ready');
    await pause(2000);
    equal(await codeOf(() => source.getPage({limit: 5})), 'not-ready');
  },
  'OpenIM: an empty database has an end': async () => {
    source.subscribe((event) => events.push(event));
    await sdk.login({...LOGIN, isLogStandardOutput: false});
    equal(await source.getPage({limit: 5}), {conversations: [], done: true});
  },
  'OpenIM: a connection that fails is told': async () => {
    for (let i = 0; i < 50 && events.length < 2; i++) await pause(100);
    equal(events.slice(0, 2), [{type: 'connection', state: 'connecting'}, {type: 'connection', state: 'offline'}]);
  },
  'OpenIM: pages come in the order of the database, equal times by id, without the hidden': async () => {
    const rows = [
      row('si_zed_me'),
      row('si_cat_me'),
      row('si_bob_me', {latestMsgSendTime: 5000, unreadCount: 3, latestMsg: MESSAGE}),
      row('si_ann_me'),
      row('si_pin_me', {isPinned: true, latestMsgSendTime: 10}),
      row('si_hid_me', {latestMsgSendTime: 0}),
    ];
    await window.batchInsertConversationList(JSON.stringify(rows));
    for (const limit of [1, 2, 3, 50]) equal(await walk(limit), ORDER);
  },
  'OpenIM: fields come as they are, frozen': async () => {
    const [bob] = await source.getByIds(['si_bob_me']);
    equal(Object.isFrozen(bob), true);
    equal([bob?.title, bob?.orderKey, bob?.unreadCount, bob?.lastMessage], [
      'Name of si_bob_me', 5000n, 3,
      {id: 'm', senderId: 'bob', isOwn: false, type: 'text', text: 'Hi', sentAt: 5000, state: 'normal'},
    ]);
    equal(await source.getTotalUnread(), 3);
  },
  'OpenIM: a draft with quotes, and one with SQL, is kept': async () => {
    for (const text of [`It's "so" \\ ''`, "'); DROP TABLE local_conversations; --"]) {
      await source.setDraft('si_ann_me', text);
      equal((await source.getByIds(['si_ann_me']))[0]?.draft?.text, text);
    }
    await source.setDraft('si_ann_me', null);
    equal((await source.getByIds(['si_ann_me']))[0]?.draft, undefined);
    equal(await walk(50), ORDER);
  },
  'OpenIM: an id with SQL is not looked for': async () => {
    equal(await source.getByIds(["x'); DROP TABLE local_conversations; --"]), []);
    equal(await walk(50), ORDER);
  },
  'OpenIM: what is hidden is told to have gone': async () => {
    events.length = 0;
    await source.setHidden('si_bob_me', true);
    equal(events.filter(({type}) => type === 'remove'), [{type: 'remove', ids: ['si_bob_me'], reason: 'hidden'}]);
    equal(await source.getTotalUnread(), 0);
  },
  'OpenIM: an empty change has the list page again': async () => {
    events.length = 0;
    // The core tells of a change in a conversation that it does not list.
    await sdk.setConversationDraft({conversationID: 'si_bob_me', draftText: ''});
    await pause(300);
    equal(events.filter(({type}) => type === 'reset'), [{type: 'reset', reason: 'gap'}]);
  },
  'OpenIM: without a server an action rejects with network, on no conversation with not-found': async () => {
    equal(await codeOf(() => source.setPinned('si_ann_me', true)), 'network');
    equal(await codeOf(() => source.setPinned('si_nobody_me', true)), 'not-found');
    equal((await source.markRead(['si_nobody_me']))[0]?.error?.code, 'not-found');
  },
});
