import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {at} from './support/hands.js';
import {mount, settle, until, type MountOptions} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {idsInView, rowOf} from './support/rows.js';

async function start(options: MountOptions = {}): Promise<{list: ImConversationList; opened: string[]}> {
  const opened: string[] = [];
  const list = await mount(options);
  list.addEventListener('im-conversation-select', (event) => opened.push(event.conversation.id));
  return {list, opened};
}

/** Every third is unread; c6 is muted. */
const some = (count: number) => conversations(count, (i) => ({unreadCount: i % 3 === 0 ? 1 : 0, notify: i === 6 ? 'silent' : 'all'}));

describe('moves of the app', () => {
  it('open the next and the previous as the person would', async () => {
    const {list, opened} = await start({conversations: conversations(3)});
    expect(await list.selectNext()).to.equal(true);
    expect(await list.selectNext()).to.equal(true);
    expect(await list.selectNext()).to.equal(true);
    expect(await list.selectNext()).to.equal(false);
    expect(await list.selectPrevious()).to.equal(true);
    expect(opened).to.deep.equal(['c0', 'c1', 'c2', 'c1']);
    expect(list.selectedId).to.equal('c1');
  });

  it('go to the unread ones alone, and not to the muted', async () => {
    const {list, opened} = await start({conversations: some(12), selectedId: 'c4'});
    expect(await list.selectNext({unread: true})).to.equal(true);
    expect(await list.selectNext({unread: true})).to.equal(false);
    expect(await list.selectPrevious({unread: true})).to.equal(true);
    expect(opened).to.deep.equal(['c9', 'c3']);
  });

  it('tell that the app has cancelled one', async () => {
    const {list} = await start({conversations: conversations(3), selectedId: 'c0'});
    list.addEventListener('im-conversation-select', (event) => event.preventDefault());
    expect(await list.selectNext()).to.equal(false);
    expect(await list.selectAt(2)).to.equal(false);
    expect(list.selectedId).to.equal('c0');
  });

  it('asked for at once are made one after the other', async () => {
    const {list, opened} = await start({conversations: conversations(9)});
    const moved = await Promise.all([list.selectNext(), list.selectNext(), list.selectNext(), list.selectPrevious()]);
    expect(moved).to.deep.equal([true, true, true, true]);
    expect(opened).to.deep.equal(['c0', 'c1', 'c2', 'c1']);
  });

  it('bring what they open into view, and take the focus along only if it is in the list', async () => {
    const {list} = await start({conversations: conversations(100), selectedId: 'c40'});
    await list.selectNext();
    await settle();
    expect(idsInView(list)).to.include('c41');
    expect(document.activeElement).to.equal(document.body);
    list.focus();
    await list.selectNext();
    await settle();
    expect(at()).to.equal('c42');
  });

  it('keep their place when the open one was read and leaves the list for that', async () => {
    const source = new MemorySource({conversations: conversations(9, () => ({unreadCount: 1}))});
    const {list, opened} = await start({source, attributes: {unread: ''}});
    const read = async (id: string): Promise<void> => {
      await source.markRead([id]);
      await until(() => list.snapshot?.rows.get(id)?.unreadCount === 0);
      await settle();
    };
    await list.selectAt(3);
    await read('c3');
    await list.selectNext({unread: true});
    await read('c4');
    await list.selectNext({unread: true});
    await read('c5');
    source.upsert([conversation('new', {orderKey: topKey(), unreadCount: 2})]);
    await settle();
    await list.selectPrevious({unread: true});
    expect(opened).to.deep.equal(['c3', 'c4', 'c5', 'c2']);
  });

  it('skip rows that stand only because the order is held', async () => {
    const source = new MemorySource({conversations: some(12)});
    const {list, opened} = await start({source, selectedId: 'c2'});
    list.shadowRoot?.querySelector('.viewport')?.dispatchEvent(new WheelEvent('wheel'));
    source.remove(['c3', 'c4']);
    await settle();
    expect(rowOf(list, 'c3').states).to.include('gone');
    expect(await list.selectNext({unread: true})).to.equal(true);
    list.selectedId = 'c2';
    expect(await list.selectNext()).to.equal(true);
    list.selectedId = 'c2';
    await settle();
    expect(await list.selectAt(4)).to.equal(true);
    expect(opened).to.deep.equal(['c9', 'c5', 'c5']);
  });

  it('load pages to get there', async () => {
    const source = new ArrayPages(conversations(200, (i) => ({unreadCount: i === 150 ? 1 : 0})));
    const {list, opened} = await start({source, pageSize: 20});
    expect(list.snapshot?.rows.length).to.be.lessThan(100);
    expect(await list.selectAt(120)).to.equal(true);
    expect(await list.selectNext({unread: true})).to.equal(true);
    expect(await list.selectAt(199)).to.equal(true);
    expect(await list.selectNext()).to.equal(false);
    expect(await list.selectAt(200)).to.equal(false);
    expect(opened).to.deep.equal(['c120', 'c150', 'c199']);
    expect(idsInView(list)).to.include('c199');
  });

  it('end where a page fails, and with the list', async () => {
    const source = new ManualSource();
    const {list, opened} = await start({source});
    source.last.give(conversations(3));
    await settle();
    const waits = list.selectAt(10);
    await settle();
    source.last.fail(new Error('x'));
    expect(await waits).to.equal(false);
    const goes = list.selectAt(10);
    await settle();
    list.remove();
    expect(await goes).to.equal(false);
    expect(await list.selectNext()).to.equal(false);
    expect(opened).to.deep.equal([]);
  });

  it('take no index that is none', async () => {
    const {list} = await start({conversations: conversations(3)});
    for (const index of [-1, 1.5, NaN, Infinity, '1', null, undefined]) expect(await list.selectAt(index as never)).to.equal(false);
  });

  it('are nothing in an empty list', async () => {
    const {list} = await start({conversations: []});
    expect(await list.selectNext()).to.equal(false);
    expect(await list.selectPrevious()).to.equal(false);
    expect(await list.selectNext({unread: true})).to.equal(false);
    expect(await list.selectPrevious(null as never)).to.equal(false);
  });
});
