import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, message, topKey} from './support/conversations.js';
import {grid, mount, settle, until, type MountOptions} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';

const region = (list: ImConversationList) => list.shadowRoot?.querySelector('.live') as HTMLElement;

/** A list, and what its live region has said. */
async function start(options: MountOptions): Promise<{list: ImConversationList; said: string[]}> {
  const {attributes, ...rest} = options;
  const list = await mount({attributes: {lang: 'en', ...attributes}, ...rest});
  const said: string[] = [];
  new MutationObserver(() => {
    const {textContent} = region(list);
    if (textContent !== null && textContent !== '') said.push(textContent);
  }).observe(region(list), {childList: true, characterData: true, subtree: true});
  return {list, said};
}

/** Until the list would have said all it has to say: something that is said after it has been. */
async function heard(list: ImConversationList, said: readonly string[]): Promise<string[]> {
  list.announcer.say('state', 'over');
  await until(() => said.some((text) => text.includes('over')));
  return said.map((text) => text.replace(/(\. )?over(\. )?/, '')).filter((text) => text !== '');
}

let sentAt = Date.now();
const write = (source: MemorySource, ...ids: string[]) =>
  source.receiveMessages(ids.map((conversationId) => ({conversationId, text: 'Hi', sentAt: ++sentAt})));

describe('announcements', () => {
  it('tell in one sentence how many conversations have news, from a polite region outside the grid', async () => {
    const source = new MemorySource({conversations: conversations(9)});
    const {list, said} = await start({source});
    expect(region(list).getAttribute('role')).to.equal('status');
    expect(grid(list).contains(region(list))).to.equal(false);
    write(source, 'c1', 'c2');
    await settle();
    write(source, 'c2', 'c3', 'c2');
    await until(() => said.length > 0);
    expect(said).to.deep.equal(['3 conversations updated']);
  });

  it('leave time between them, gather what comes meanwhile, and do not stay', async () => {
    const source = new MemorySource({conversations: conversations(9)});
    const {list, said} = await start({source});
    write(source, 'c1');
    await until(() => said.length === 1);
    for (const id of ['c2', 'c3', 'c4', 'c5']) {
      write(source, id);
      await settle();
    }
    expect(said.length).to.equal(1);
    await until(() => region(list).textContent === '');
    await until(() => said.length === 2);
    expect(said).to.deep.equal(['1 conversation updated', '4 conversations updated']);
  }).timeout(60_000);

  it('name whose message it is only where the app asks for that', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {said} = await start({source, attributes: {announce: 'messages'}});
    write(source, 'c1');
    await until(() => said.length > 0);
    expect(said[0]).to.match(/^New message from .?Name of c1.?$/);
  });

  it('are silent where the app says so', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {list, said} = await start({source, attributes: {announce: 'off'}});
    write(source, 'c1', 'c2');
    expect(await heard(list, said)).to.deep.equal([]);
  });

  it('are silent on muted ones, unless the person is mentioned where that counts', async () => {
    const source = new ManualSource();
    const {list, said} = await start({source});
    const rows = [
      conversation('silent', {orderKey: 4n, notify: 'silent'}),
      conversation('off', {orderKey: 3n, notify: 'off'}),
      conversation('mentions', {orderKey: 2n, notify: 'mentions'}),
    ];
    source.last.give(rows, true);
    await settle();
    source.upsert(...rows.map((row) => ({...row, unreadCount: 1, lastMessage: message('Hi')})));
    expect(await heard(list, said)).to.deep.equal([]);
    said.length = 0;
    source.upsert({...(rows[2] as (typeof rows)[0]), unreadCount: 2, mention: 'me', lastMessage: message('@me')});
    await until(() => said.length > 0);
    expect(said).to.deep.equal(['1 conversation updated']);
  });

  it('are not of one’s own messages, of reading, typing, pins, or what is open anyway', async () => {
    const source = new ManualSource();
    const {list, said} = await start({source, selectedId: 'c5'});
    const rows = conversations(6, () => ({unreadCount: 1, lastMessage: message('Hi')}));
    source.last.give(rows, true);
    await settle();
    const changes = [{lastMessage: message('Mine', {isOwn: true})}, {unreadCount: 0}, {typing: ['Ana']}, {pinned: true}];
    source.upsert(...changes.map((change, i) => ({...(rows[i] as (typeof rows)[0]), ...change})));
    source.upsert({...(rows[5] as (typeof rows)[0]), unreadCount: 2});
    source.remove('c4');
    expect(await heard(list, said)).to.deep.equal([]);
  });

  it('are not of pages, scrolling, filters and another source', async () => {
    const source = new MemorySource({conversations: conversations(300, (i) => ({unreadCount: i % 2}))});
    const {list, said} = await start({source, pageSize: 20});
    for (let i = 0; i < 10; i++) {
      grid(list).scrollTop = 1e6;
      await settle();
    }
    await list.refresh();
    list.unread = true;
    await settle();
    list.unread = false;
    await settle();
    list.source = new MemorySource({conversations: conversations(30)});
    await settle();
    expect(await heard(list, said)).to.deep.equal([]);
  });

  it('tell of a failed page once, whatever else fails after it', async () => {
    const source = new ManualSource();
    const {list, said} = await start({source, pageSize: 3});
    source.last.give(conversations(3));
    await settle();
    for (let i = 0; i < 3; i++) {
      source.last.fail(new SourceError('forbidden', 'No'));
      await settle();
      void list.loadMore();
      await settle();
    }
    expect(await heard(list, said)).to.deep.equal(['Could not load more conversations.']);
  });

  it('are forgotten with the element', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {list, said} = await start({source});
    const parent = list.parentElement as HTMLElement;
    write(source, 'c1', 'c2');
    await settle();
    list.remove();
    list.announcer.say('state', 'nobody hears it');
    await settle();
    parent.append(list);
    await settle();
    expect(await heard(list, said)).to.deep.equal([]);
    source.upsert([conversation('new', {orderKey: topKey()})]);
    await until(() => said.includes('1 conversation updated'));
  }).timeout(60_000);
});
