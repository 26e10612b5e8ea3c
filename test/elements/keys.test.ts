import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {html} from 'lit';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {conversations} from './support/conversations.js';
import {focused, grid, mount, settle, until, type MountOptions} from './support/list-page.js';
import {ArrayPages, lasting, ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView, rowOf} from './support/rows.js';

const at = () => (focused() as HTMLElement | null)?.dataset['id'] ?? focused()?.id ?? '';

async function press(...keys: readonly string[]): Promise<string> {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
  return at();
}

/** A list between two buttons, with focus on the first of them. */
async function between(options: MountOptions): Promise<ImConversationList> {
  const list = await mount(options);
  for (const [id, where] of [
    ['before', 'beforebegin'],
    ['after', 'afterend'],
  ] as const) {
    const button = document.createElement('button');
    button.id = id;
    list.insertAdjacentElement(where, button);
  }
  await settle();
  document.getElementById('before')?.focus();
  return list;
}

describe('the keyboard', () => {
  it('enters the list by one Tab and leaves it by the next, both ways', async () => {
    await between({conversations: conversations(30)});
    expect(await press('Tab')).to.equal('c0');
    expect(await press('Tab')).to.equal('after');
    expect(await press('Shift+Tab')).to.equal('c0');
    expect(await press('Shift+Tab')).to.equal('before');
    expect(await press('Tab', 'ArrowDown', 'ArrowDown')).to.equal('c2');
    expect(await press('Shift+Tab')).to.equal('before');
    expect(await press('Tab')).to.equal('c2');
    expect(await press('Tab')).to.equal('after');
  });

  it('begins at the open conversation, wherever that is', async () => {
    const list = await between({conversations: conversations(300), selectedId: 'c200'});
    expect(await press('Tab')).to.equal('c200');
    expect(idsInView(list)).to.include('c200');
    expectWhole(list);
  });

  it('begins at the first row in view of a list that is scrolled', async () => {
    const list = await between({conversations: conversations(300)});
    grid(list).scrollTop = 100 * 64;
    await settle();
    expect(await press('Tab')).to.equal('c100');
    expect(grid(list).scrollTop).to.equal(100 * 64);
  });

  it('reaches the retry button behind the rows, and leaves after it', async () => {
    const source = new ManualSource();
    await between({source, pageSize: 3});
    source.last.give(conversations(3));
    await settle();
    source.last.fail(lasting('x'));
    await settle();
    expect(await press('Tab')).to.equal('c0');
    await press('Tab');
    expect(focused()?.getAttribute('part')).to.equal('button retry');
    expect(await press('Tab')).to.equal('after');
    await press('Shift+Tab');
    expect(focused()?.getAttribute('part')).to.equal('button retry');
    await press('Enter');
    expect(source.requests.length).to.equal(3);
  });

  it('moves by arrows, and stops at the ends', async () => {
    const list = await between({conversations: conversations(30)});
    expect(await press('Tab', 'ArrowUp')).to.equal('c0');
    expect(await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp')).to.equal('c2');
    for (let i = 0; i < 9; i++) await sendKeys({press: 'ArrowDown'});
    await settle();
    expect(at()).to.equal('c11');
    const {top, height} = rowOf(list, 'c11');
    expect(top).to.be.at.least(0);
    expect(top + height).to.be.at.most(grid(list).clientHeight);
    expect(await press('End', 'ArrowDown')).to.equal('c29');
    expectWhole(list);
  });

  it('moves by Home, End and pages', async () => {
    const list = await between({conversations: conversations(1000)});
    expect(await press('Tab', 'End')).to.equal('c999');
    expect(idsInView(list).at(-1)).to.equal('c999');
    expect(await press('Home')).to.equal('c0');
    expect(grid(list).scrollTop).to.equal(0);
    // Eight rows in view: one of them stays.
    expect(await press('PageDown')).to.equal('c7');
    expect(await press('PageDown')).to.equal('c14');
    expect(await press('PageUp')).to.equal('c7');
    expect(await press('PageUp', 'PageUp')).to.equal('c0');
    expectWhole(list);
  });

  it('goes on into pages that are loaded on the way', async () => {
    const source = new ArrayPages(conversations(200));
    await between({source, pageSize: 20});
    await press('Tab');
    let last = '';
    for (let i = 0; i < 12 && last !== 'c199'; i++) last = await press('End');
    expect(last).to.equal('c199');
  });

  it('goes on by itself where an arrow or a page has met the end of what is loaded', async () => {
    const source = new ManualSource();
    const list = await between({source, pageSize: 3});
    source.last.give(conversations(3));
    await settle();
    expect(await press('Tab', 'End')).to.equal('c2');
    expect(await press('ArrowDown')).to.equal('c2');
    source.last.give(conversations(6).slice(3));
    await until(() => at() === 'c3');
    expect(await press('PageDown')).to.equal('c5');
    expect(await press('ArrowUp')).to.equal('c4');
    source.last.give(conversations(9).slice(6), true);
    await settle();
    expect(list.snapshot?.rows.length).to.equal(9);
    expect(at(), 'gone on by another key since').to.equal('c4');
  });

  it('opens with Enter and with Space, and by nothing else', async () => {
    const list = await between({conversations: conversations(30)});
    const opened: string[] = [];
    list.addEventListener('im-conversation-select', ({conversation}) => opened.push(conversation.id));
    await press('Tab', 'ArrowDown', 'End', 'Home', 'PageDown', 'Tab', 'Shift+Tab');
    expect(opened).to.deep.equal([]);
    await press('Home', 'ArrowDown', 'Enter');
    expect(opened).to.deep.equal(['c1']);
    expect(list.selectedId).to.equal('c1');
    const {scrollTop} = grid(list);
    await press('ArrowDown', ' ');
    expect(opened).to.deep.equal(['c1', 'c2']);
    expect(grid(list).scrollTop).to.equal(scrollTop);
    expect(at()).to.equal('c2');
  });

  it('leaves keys with Ctrl, Alt and Meta, and unknown ones, to the app', async () => {
    const list = await between({conversations: conversations(30)});
    await press('Tab');
    const passed: string[] = [];
    document.body.addEventListener('keydown', (event) => {
      if (!event.defaultPrevented) passed.push(event.key);
    });
    for (const modifiers of [{ctrlKey: true}, {altKey: true}, {metaKey: true}]) {
      rowOf(list, 'c0').element.dispatchEvent(
        new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true, composed: true, cancelable: true, ...modifiers}),
      );
    }
    await press('F2');
    expect(passed).to.deep.equal(['ArrowDown', 'ArrowDown', 'ArrowDown', 'F2']);
    expect(at()).to.equal('c0');
  });

  it('leaves keys to the controls in a custom row', async () => {
    const list = await between({
      conversations: conversations(3),
      renderRow: () => html`<input aria-label="note" />`,
    });
    const field = rowOf(list, 'c1').element.querySelector('input') as HTMLInputElement;
    field.focus();
    await sendKeys({type: 'a b'});
    await press('Home', 'ArrowDown', 'Enter');
    expect(field.value).to.equal('a b');
    expect(focused()?.localName).to.equal('input');
    expect(list.selectedId).to.equal(undefined);
  });

  it('that the app has dealt with is none of the list’s', async () => {
    const list = await between({conversations: conversations(30)});
    list.addEventListener('keydown', (event) => event.preventDefault(), {capture: true});
    expect(await press('Tab')).to.equal('c0');
    expect(await press('ArrowDown')).to.equal('c0');
  });

  it('has no stop in a list without rows', async () => {
    const list = await between({conversations: []});
    expect(await press('Tab')).to.equal('after');
    list.conversations = conversations(3);
    await settle();
    expect(await press('Shift+Tab')).to.equal('c0');
  });
});
