import {aTimeout, expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {html} from 'lit';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {box, focused, grid, mount, settle} from './support/list-page.js';
import {drawn, expectWhole, idsInView, rowOf} from './support/rows.js';

const at = () => (focused() as HTMLElement | null)?.dataset['id'] ?? focused()?.id ?? '';

/** A list of 500 with focus on one of them. */
async function start(id = 'c5'): Promise<{source: MemorySource; list: ImConversationList; opened: string[]}> {
  const source = new MemorySource({conversations: conversations(500)});
  const opened: string[] = [];
  const list = await mount({source, pageSize: 'all'});
  list.addEventListener('im-conversation-select', (event) => opened.push(event.conversation.id));
  await list.scrollToConversation(id);
  rowOf(list, id).element.focus();
  await settle();
  expect(at()).to.equal(id);
  return {source, list, opened};
}

/** Waits until the nodes have been put in order, too. */
const tidied = async () => {
  await settle();
  await aTimeout(200);
};

describe('focus', () => {
  it('stays with its conversation when the list is sorted anew', async () => {
    const {source, list} = await start();
    for (const id of ['c9', 'c300', 'c5', 'c2', 'c8', 'c5']) {
      source.receiveMessage({conversationId: id, text: 'x', sentAt: Date.now()});
      await tidied();
      expect(at(), id).to.equal('c5');
      expectWhole(list);
    }
    await sendKeys({press: 'ArrowDown'});
    await settle();
    const rows = list.snapshot?.rows;
    expect(at()).to.equal(rows?.at(rows.indexOf('c5') + 1)?.id);
  });

  it('stays with its conversation when its own row moves far away', async () => {
    const {source, list} = await start('c250');
    grid(list).scrollTop += 3;
    await settle();
    source.receiveMessage({conversationId: 'c250', text: 'x', sentAt: Date.now()});
    await tidied();
    expect(at()).to.equal('c250');
    expect(list.snapshot?.rows.indexOf('c250')).to.equal(0);
    await sendKeys({press: 'ArrowDown'});
    await settle();
    expect(at()).to.equal('c0');
    expect(grid(list).scrollTop).to.be.lessThan(65);
  });

  it('stays with its conversation when it is scrolled out of view and back', async () => {
    const {list} = await start();
    for (const top of [3000, 20_000, 9_000, 30_000]) {
      grid(list).scrollTop = top;
      await tidied();
      expect(at(), `at ${top}`).to.equal('c5');
      expect(drawn(list).length).to.be.lessThan(20);
    }
    grid(list).scrollTop = 0;
    await tidied();
    expect(at()).to.equal('c5');
    expect(drawn(list).filter(({id}) => id === 'c5').length).to.equal(1);
  });

  it('out of view goes on from where it is by arrow keys', async () => {
    const {list} = await start();
    grid(list).scrollTop = 20_000;
    await settle();
    await sendKeys({press: 'ArrowDown'});
    await settle();
    expect(at()).to.equal('c6');
    expect(idsInView(list)).to.include('c6');
    expectWhole(list);
  });

  it('out of view stays with its conversation when that changes', async () => {
    const {source, list} = await start();
    grid(list).scrollTop = 20_000;
    await settle();
    source.upsert([{...conversations(6)[5]!, title: 'Renamed'}]);
    await settle();
    expect(at()).to.equal('c5');
    expect((focused() as HTMLElement).getAttribute('aria-label')).to.contain('Renamed');
  });

  it('goes to the row now in the place of one that is removed, else to the one before, else to the grid', async () => {
    const source = new MemorySource({conversations: conversations(4)});
    const list = await mount({source});
    rowOf(list, 'c1').element.focus();
    const remove = async (id: string) => {
      source.remove([id]);
      await tidied();
      return at();
    };
    expect(await remove('c1')).to.equal('c2');
    expect(await remove('c2')).to.equal('c3');
    expect(await remove('c3')).to.equal('c0');
    await remove('c0');
    expect(focused()?.getAttribute('part')).to.equal('list');
    source.upsert(conversations(3));
    await tidied();
    expect(at()).to.equal('c0');
  });

  it('goes to a row that is left when a filter takes its row away', async () => {
    const {list} = await start();
    list.type = 'group';
    await tidied();
    expect(focused()?.getAttribute('part')).to.equal('list');
    list.type = '';
    await tidied();
    expect(focused()?.getAttribute('role')).to.equal('row');
  });

  it('is not taken by the list when it is elsewhere', async () => {
    const {source, list} = await start();
    const field = document.createElement('input');
    field.id = 'field';
    box({height: 20}).append(field);
    field.focus();
    source.remove(['c5']);
    await tidied();
    expect(at()).to.equal('field');
    grid(list).scrollTop = 5000;
    await settle();
    source.receiveMessage({conversationId: 'c0', text: 'x', sentAt: Date.now()});
    list.conversations = conversations(3);
    await tidied();
    expect(at()).to.equal('field');
  });

  it('is given by focus(): to the row that had it, else to the open one, else to the first in view', async () => {
    const list = await mount({conversations: conversations(300)});
    grid(list).scrollTop = 50 * 64;
    await settle();
    list.focus();
    expect(at()).to.equal('c50');
    (focused() as HTMLElement).blur();
    list.selectedId = 'c53';
    await settle();
    list.focus();
    expect(at()).to.equal('c50');
    const other = await mount({conversations: conversations(300), selectedId: 'c120'});
    other.focus();
    expect(at()).to.equal('c120');
    await settle();
    expect(idsInView(other)).to.include('c120');
  });

  it('opens nothing', async () => {
    const {source, list, opened} = await start();
    list.focus();
    await sendKeys({press: 'ArrowDown'});
    source.remove(['c6']);
    await settle();
    expect(opened).to.deep.equal([]);
    expect(list.selectedId).to.equal(undefined);
  });

  it('is lost with a list that is removed, which can be entered again when it is back', async () => {
    const {source, list} = await start();
    const parent = list.parentElement as HTMLElement;
    list.remove();
    await settle();
    expect(at()).to.equal('');
    source.remove(['c5']);
    parent.append(list);
    await tidied();
    expect(at(), 'the list takes focus by itself').to.equal('');
    await sendKeys({press: 'Tab'});
    await settle();
    expect(focused()?.getAttribute('role')).to.equal('row');
  });

  it('is not lost for the Tab key where the list is moved', async () => {
    const {list} = await start();
    box({}).append(list);
    await tidied();
    await sendKeys({press: 'Tab'});
    await settle();
    expect(focused()?.getAttribute('role')).to.equal('row');
    expectWhole(list);
  });

  it('stays with its conversation in a custom row whose inner control has it', async () => {
    const source = new MemorySource({conversations: conversations(300)});
    const list = await mount({
      source,
      pageSize: 'all',
      renderRow: (c) => html`<button>${c.title}</button>`,
    });
    const button = rowOf(list, 'c3').element.querySelector('button') as HTMLButtonElement;
    button.focus();
    source.upsert([conversation('new', {orderKey: topKey()})]);
    await tidied();
    expect(focused()?.closest<HTMLElement>('[part~="row"]')?.dataset['id']).to.equal('c3');
  });
});
