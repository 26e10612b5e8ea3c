import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations} from './support/conversations.js';
import {grid, mount, part, seen, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {hover, itemsOf, menuName} from './support/menus.js';
import {drawn, rowOf, rowPart} from './support/rows.js';

/**
 * A finger made of events: no driver but Chromium's has one, whose real one is in `scripts/touch-actions`. Here is what
 * the list makes of the events, in every engine.
 */
class Finger {
  readonly #list: ImConversationList;
  readonly #target: Element;
  #x = 180;
  #y = 0;

  constructor(list: ImConversationList, id: string) {
    this.#list = list;
    this.#target = rowOf(list, id).element.firstElementChild as Element;
  }

  down(facts: PointerEventInit = {}): this {
    return this.#send('pointerdown', facts);
  }

  /** px, in steps. */
  by(dx: number, dy = 0): this {
    for (let i = 0; i < 5; i++) {
      this.#x += dx / 5;
      this.#y += dy / 5;
      this.#send('pointermove', {});
    }
    return this;
  }

  up(): this {
    return this.#send('pointerup', {});
  }

  cancel(): this {
    return this.#send('pointercancel', {});
  }

  #send(type: string, facts: PointerEventInit): this {
    const own = {bubbles: true, composed: true, cancelable: true, pointerType: 'touch', isPrimary: true, pointerId: 7};
    this.#target.dispatchEvent(new PointerEvent(type, {...own, clientX: this.#x, clientY: this.#y, ...facts}));
    if (!this.#list.isConnected) throw new Error('The list has gone.');
    return this;
  }
}

async function start(options: MountOptions = {}): Promise<{list: ImConversationList; source: MemorySource; asked: ImConversationActionEvent[]}> {
  const source = new MemorySource({conversations: conversations(100, (i) => ({unreadCount: i < 3 ? 3 : 0}))});
  const asked: ImConversationActionEvent[] = [];
  const list = await mount({source, ...options, before: (l) => l.addEventListener('im-conversation-action', (event) => asked.push(event))});
  // What swipes need is loaded when somebody comes near.
  await hover(list, 'c7');
  await resetMouse();
  return {list, source, asked};
}

/** How far a row's content stands from its place, px to the right. */
function shift(list: ImConversationList, id: string): number {
  const {element} = rowOf(list, id);
  for (const animation of (list.shadowRoot as ShadowRoot).getAnimations()) animation.finish();
  const cell = element.querySelector('.cell') as Element;
  return Math.round(cell.getBoundingClientRect().left - element.getBoundingClientRect().left);
}

const shown = (list: ImConversationList, id: string) =>
  [...rowOf(list, id).element.querySelectorAll('[part~="swipe-action"]')].filter(seen).map((button) => textOf(button));

describe('a swipe', () => {
  afterEach(() => document.documentElement.removeAttribute('dir'));

  for (const dir of ['ltr', 'rtl'] as const) {
    const way = dir === 'ltr' ? 1 : -1;
    it(`shows what each side has, and a button of it acts: ${dir}`, async () => {
      document.documentElement.dir = dir;
      const {list, source} = await start();
      new Finger(list, 'c1').down().by(-way * 120).up();
      expect(shift(list, 'c1')).to.equal(-way * 152);
      expect(shown(list, 'c1')).to.deep.equal(['Delete', 'Mute']);
      new Finger(list, 'c2').down().by(way * 70).up();
      expect([shift(list, 'c1'), shift(list, 'c2')]).to.deep.equal([0, way * 76]);
      expect(shown(list, 'c2')).to.deep.equal(['Mark as read']);
      rowPart(rowOf(list, 'c2'), 'swipe-action')?.click();
      await until(() => source.get('c2')?.unreadCount === 0);
      expect(shift(list, 'c2')).to.equal(0);
      expect(list.selectedId).to.equal(undefined);
    });

    it(`all the way does the first action: ${dir}`, async () => {
      document.documentElement.dir = dir;
      const {list, source, asked} = await start();
      new Finger(list, 'c1').down().by(-way * 300).up();
      await until(() => source.get('c1')?.notify === 'silent');
      new Finger(list, 'c1').down().by(way * 300).up();
      await until(() => source.get('c1')?.unreadCount === 0);
      expect(asked.map(({action}) => action.name)).to.deep.equal(['notify', 'mark-read']);
      expect(shift(list, 'c1')).to.equal(0);
    });
  }

  it('that deletes asks first', async () => {
    const {list, source} = await start({attributes: {'swipe-end': 'delete'}});
    new Finger(list, 'c1').down().by(-340).up();
    await until(() => part(list, 'question') !== undefined);
    await sendKeys({press: 'Escape'});
    expect(source.get('c1')).not.to.equal(undefined);
  });

  const undone: Readonly<Record<string, (list: ImConversationList) => unknown>> = {
    'is short': (list) => new Finger(list, 'c1').down().by(-60).up(),
    'goes up or down more than aside': (list) => new Finger(list, 'c1').down().by(-50, 60).by(-200, 0).up(),
    'the browser takes for a scroll': (list) => new Finger(list, 'c1').down().by(-120).cancel(),
    'a second finger joins': (list) => new Finger(list, 'c1').down().by(-120).down({isPrimary: false, pointerId: 8}).up(),
    'another row is touched after': (list) => {
      new Finger(list, 'c1').down().by(-120).up();
      new Finger(list, 'c4').down().up();
    },
    'is followed by a scroll': async (list) => {
      new Finger(list, 'c1').down().by(-120).up();
      grid(list).scrollTop = 40;
      await settle();
    },
    'is followed by Escape': async (list) => {
      new Finger(list, 'c1').down().by(-120).up();
      list.focus();
      await sendKeys({press: 'Escape'});
    },
    'goes to a side that has nothing': (list) => {
      list.swipeEnd = '';
      new Finger(list, 'c1').down().by(-120).up();
    },
  };
  for (const [what, act] of Object.entries(undone)) {
    it(`leaves the row in its place, and does nothing, if it ${what}`, async () => {
      const {list, asked} = await start();
      await act(list);
      await settle();
      expect(shift(list, 'c1')).to.equal(0);
      await until(() => shown(list, 'c1').length === 0);
      expect(rowOf(list, 'c1').element.querySelectorAll('.tray').length).to.equal(0);
      expect(asked.length).to.equal(0);
    });
  }

  it('follows the direction that the page has when it begins; what stands open from before goes back', async () => {
    const {list, asked} = await start();
    new Finger(list, 'c1').down().by(-120).up();
    document.documentElement.dir = 'rtl';
    new Finger(list, 'c1').down().up();
    expect(shift(list, 'c1'), 'it was open to the other side').to.equal(0);
    new Finger(list, 'c1').down().by(-120).up();
    expect(shift(list, 'c1')).to.equal(-76);
    expect(shown(list, 'c1')).to.deep.equal(['Mark as read']);
    document.documentElement.removeAttribute('dir');
    list.requestUpdate();
    await settle();
    expect(shift(list, 'c1')).to.equal(0);
    new Finger(list, 'c1').down().by(-120).up();
    expect(shift(list, 'c1')).to.equal(-152);
    expect(asked.length).to.equal(0);
  });

  it('leaves with its row: another conversation in the same element stands in its place', async () => {
    const {list, source} = await start();
    new Finger(list, 'c1').down().by(-120).up();
    source.remove(['c1']);
    grid(list).scrollTop = 3000;
    await until(() => list.shadowRoot?.querySelector('[data-swipe]:not([hidden])') === null);
    for (const {id} of drawn(list)) expect(shift(list, id), id).to.equal(0);
  });

  it('of a mouse is none', async () => {
    const {list} = await start();
    const finger = new Finger(list, 'c1');
    finger.down({pointerType: 'mouse'});
    expect(shift(list, 'c1')).to.equal(0);
  });

  it('has no fault by axe while it is open', async () => {
    const {list} = await start();
    new Finger(list, 'c1').down().by(-120).up();
    expect(shift(list, 'c1')).to.equal(-152);
    await expect(list).to.be.accessible();
  });
});

describe('a long press', () => {
  it('opens the menu after 600 ms, and the click that ends it opens nothing', async () => {
    const {list} = await start();
    const finger = new Finger(list, 'c1').down().by(4, 4);
    await until(() => part(list, 'menu') !== undefined);
    expect(itemsOf(list)).to.include('Mark as read');
    expect(menuName(list)).to.equal('More actions for Name of c1');
    finger.up();
    rowOf(list, 'c1').element.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, detail: 1}));
    expect(list.selectedId).to.equal(undefined);
    await sendKeys({press: 'Escape'});
    rowOf(list, 'c1').element.click();
    expect(list.selectedId).to.equal('c1');
  });

  it('that moves is none, nor one that ends before', async () => {
    const {list} = await start();
    new Finger(list, 'c1').down().by(0, 14);
    new Finger(list, 'c2').down().up();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(part(list, 'menu')).to.equal(undefined);
  });

  it('shows the button for the menu in every row from then on', async () => {
    const {list} = await start();
    new Finger(list, 'c1').down().up();
    await settle();
    for (const id of ['c0', 'c3']) expect(rowPart(rowOf(list, id), 'more')).not.to.equal(undefined);
    grid(list).scrollTop = 2000;
    await until(() => drawn(list).some((row) => row.id === 'c35' && rowPart(row, 'more') !== undefined));
  });
});
