import {sendKeys} from '@web/test-runner-commands';
import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {focused, grid, mount, settle, until} from './support/list-page.js';
import {idsInView} from './support/rows.js';

const focusedId = (): string | undefined => (focused() as HTMLElement | null)?.dataset['id'];

async function list(count = 60): Promise<{source: MemorySource; element: ImConversationList}> {
  const source = new MemorySource({conversations: conversations(count)});
  const element = await mount({source, pageSize: 'all', attributes: {'order-hold': 'off'}});
  return {source, element};
}

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await sendKeys({press: key});
  await settle();
};

describe('keyboard', () => {
  it('has one Tab stop, in and out in both directions', async () => {
    const before = document.createElement('button');
    const after = document.createElement('button');
    before.textContent = after.textContent = 'x';
    const {element} = await list();
    const place = element.parentElement as HTMLElement;
    place.before(before);
    place.after(after);
    try {
      before.focus();
      await press('Tab');
      expect(focusedId()).to.equal('c0');
      await press('ArrowDown', 'Tab');
      expect(focused()).to.equal(after);
      await press('Shift+Tab');
      expect(focusedId()).to.equal('c1');
      await press('Shift+Tab');
      expect(focused()).to.equal(before);
    } finally {
      before.remove();
      after.remove();
    }
  });

  it('moves by rows, pages and ends', async () => {
    const {element} = await list();
    element.focus();
    const way: [string, string][] = [
      ['ArrowDown', 'c1'], ['ArrowDown', 'c2'], ['ArrowUp', 'c1'], ['PageDown', 'c8'], ['PageUp', 'c1'], ['End', 'c59'],
      ['ArrowDown', 'c59'], ['Home', 'c0'], ['ArrowUp', 'c0'],
    ];
    for (const [key, id] of way) {
      await press(key);
      expect(focusedId(), key).to.equal(id);
      expect(idsInView(element), key).to.include(id);
    }
  });

  it('loads the next page at the end, and goes on', async () => {
    const element = await mount({source: new MemorySource({conversations: conversations(120)}), pageSize: 20});
    element.focus();
    await press('End');
    await until(() => (element.snapshot?.rows.length ?? 0) > 40);
    const at = focusedId();
    await press('ArrowDown');
    expect(Number(focusedId()?.slice(1))).to.equal(Number(at?.slice(1)) + 1);
  });

  it('begins at the open conversation', async () => {
    const {element} = await list();
    element.selectedId = 'c20';
    element.focus();
    await settle();
    expect(focusedId()).to.equal('c20');
  });

  it('stays on the conversation when rows move, when it moves, and when it is scrolled away and back', async () => {
    const {source, element} = await list();
    element.focus();
    await press('ArrowDown', 'ArrowDown');
    for (let i = 0; i < 10; i++) source.upsert([conversation(`n${i}`, {orderKey: topKey(i)})]);
    await settle();
    expect(focusedId()).to.equal('c2');
    source.upsert([{...(source.get('c2') as Conversation), orderKey: topKey(99)}]);
    await settle();
    expect(focusedId()).to.equal('c2');
    grid(element).scrollTop = 2500;
    await settle();
    expect(focusedId()).to.equal('c2');
    expect(idsInView(element)).not.to.include('c2');
    await press('ArrowDown');
    expect(focusedId()).to.equal('n9');
    expect(idsInView(element)).to.include('n9');
  });

  it('goes to the row now there when its row is gone, else the one before, else the grid', async () => {
    const {source, element} = await list(4);
    element.focus();
    await press('ArrowDown');
    source.remove(['c1']);
    await settle();
    expect(focusedId()).to.equal('c2');
    await press('End');
    source.remove(['c3']);
    await settle();
    expect(focusedId()).to.equal('c2');
    source.remove(['c0', 'c2']);
    await settle();
    expect((element.shadowRoot as ShadowRoot).activeElement === null || focused() === grid(element)).to.equal(true);
  });

  it('leaves keys to controls in a custom row, and keys with Ctrl, Alt and Meta to the page', async () => {
    const {element} = await list();
    element.renderRow = () => {
      const input = document.createElement('input');
      input.ariaLabel = 'note';
      return input;
    };
    await settle();
    const input = (element.shadowRoot as ShadowRoot).querySelector<HTMLInputElement>('input') as HTMLInputElement;
    input.focus();
    await sendKeys({type: 'a b'});
    expect(input.value).to.equal('a b');
    expect(element.selectedId).to.equal(undefined);
    element.focus();
    await press('Control+ArrowDown');
    expect(focusedId()).to.equal('c0');
  });
});
