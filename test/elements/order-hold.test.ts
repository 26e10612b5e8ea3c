import {aTimeout, expect} from '@open-wc/testing';
import {resetMouse} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {sendMouse} from '../setup/engine.js';
import {conversation, conversations, ids, seededRandom, topKey} from './support/conversations.js';
import {grid, mount, part, settle, textOf, until} from './support/list-page.js';
import {idsInView, inView, rowOf} from './support/rows.js';

const source = (count: number, facts?: (i: number) => Partial<Conversation>) =>
  new MemorySource({conversations: conversations(count, facts)});

async function hover(list: ImConversationList, id: string): Promise<void> {
  const {element} = rowOf(list, id);
  const {left, top, width, height} = element.getBoundingClientRect();
  const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  await sendMouse({type: 'move', position: [position[0] + 2, position[1]]});
  await sendMouse({type: 'move', position});
}

function raise(from: MemorySource, id: string, n: number): void {
  from.upsert([{...(from.get(id) as Conversation), orderKey: topKey(n), title: `raised ${n}`}]);
}

/** A touch event with so many fingers down. Browsers without a touch screen have no constructor for one. */
function fingers(type: string, count: number): Event {
  return Object.assign(new Event(type, {bubbles: true}), {touches: Array.from({length: count}, () => ({}))});
}

describe('order hold', () => {
  afterEach(async () => {
    await resetMouse();
  });

  it('keeps rows in place under the pointer while contents go on, and applies the order on leave', async () => {
    const from = source(30);
    const list = await mount({source: from});
    await hover(list, 'c2');
    raise(from, 'c5', 1);
    from.upsert([conversation('new', {orderKey: topKey(2)})]);
    await settle();
    expect(idsInView(list)).to.deep.equal(ids(0, 8));
    expect(rowOf(list, 'c5').title).to.equal('raised 1');
    expect(textOf(part(list, 'updates'))).to.equal('2 updates');
    await sendMouse({type: 'move', position: [700, 500]});
    await settle();
    expect(idsInView(list).slice(0, 4)).to.deep.equal(['new', 'c5', 'c0', 'c1']);
    expect(part(list, 'updates')).to.equal(undefined);
  });

  it('shows a removed row as gone, never another in its place, and does not open it', async () => {
    const from = source(30);
    const list = await mount({source: from});
    await hover(list, 'c2');
    from.remove(['c2']);
    await settle();
    expect(rowOf(list, 'c2').states).to.include('gone');
    expect(rowOf(list, 'c2').label).to.contain('no longer in the list');
    rowOf(list, 'c2').element.click();
    expect(list.selectedId).to.equal(undefined);
    await resetMouse();
    await sendMouse({type: 'move', position: [700, 500]});
    await settle();
    expect(idsInView(list).slice(0, 3)).to.deep.equal(['c0', 'c1', 'c3']);
  });

  it('applies the order by its control, which a keyboard reaches', async () => {
    const from = source(30);
    const list = await mount({source: from});
    await hover(list, 'c2');
    raise(from, 'c5', 1);
    await settle();
    const control = part(list, 'updates') as HTMLButtonElement;
    expect(control.tabIndex).to.equal(0);
    control.click();
    await settle();
    expect(idsInView(list)[0]).to.equal('c5');
  });

  it('applies it after five seconds of rest', async function () {
    this.timeout(60_000);
    const from = source(30);
    const list = await mount({source: from});
    const start = performance.now();
    await hover(list, 'c2');
    raise(from, 'c5', 1);
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    await until(() => idsInView(list)[0] === 'c5', 'the order is applied');
    // From before the rest began: no machine is too slow for it.
    expect(performance.now() - start).to.be.at.least(5000);
  });

  it('goes on loading pages while it holds', async () => {
    const list = await mount({source: source(300), pageSize: 20});
    await hover(list, 'c2');
    grid(list).dispatchEvent(new WheelEvent('wheel', {deltaY: 1, bubbles: true}));
    await until(() => {
      grid(list).scrollTop = 1e6;
      return (list.snapshot?.rows.length ?? 0) > 70;
    });
    expect(list.snapshot?.rows.length).to.be.greaterThan(70);
    grid(list).scrollTop = 60 * 64;
    await settle();
    expect(idsInView(list)).to.include('c62');
  });

  it('is off where the app says so', async () => {
    const from = source(30);
    const list = await mount({source: from, attributes: {'order-hold': 'off'}});
    await hover(list, 'c2');
    raise(from, 'c5', 1);
    await settle();
    expect(idsInView(list)[0]).to.equal('c5');
  });

  it('holds for a finger, and for a focused row in use', async () => {
    const from = source(30);
    const list = await mount({source: from});
    grid(list).dispatchEvent(fingers('touchstart', 1));
    raise(from, 'c5', 1);
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    grid(list).dispatchEvent(fingers('touchend', 0));
    await settle();
    expect(idsInView(list)[0]).to.equal('c5');
    list.focus();
    rowOf(list, 'c5').element.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true}));
    raise(from, 'c7', 2);
    await settle();
    expect(idsInView(list)[0]).to.equal('c5');
  });

  it('ends with another filter or source', async () => {
    const from = source(30, (i) => ({unreadCount: i % 2}));
    const list = await mount({source: from});
    await hover(list, 'c2');
    list.unread = true;
    await settle();
    expect(idsInView(list).slice(0, 3)).to.deep.equal(['c1', 'c3', 'c5']);
    await hover(list, 'c3');
    list.source = new MemorySource({conversations: [conversation('other', {unreadCount: 1})]});
    await until(() => idsInView(list).join() === 'other');
  });

  it('opens the pressed conversation, 1,000 times, while rows move between press and click', async function () {
    this.timeout(60_000);
    const random = seededRandom(11);
    for (const hold of ['pointer', 'off']) {
      const from = source(60);
      const list = await mount({source: from, attributes: {'order-hold': hold}});
      for (let trial = 0; trial < 500; trial++) {
        const rows = inView(list);
        const {element, id} = rows[Math.floor(random() * rows.length)] as (typeof rows)[number];
        element.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true, button: 0, pointerType: 'mouse'}));
        for (let i = 0; i < 3; i++) raise(from, `c${Math.floor(random() * 60)}`, trial * 3 + i);
        if (trial % 10 === 0) await settle();
        // Where the click lands, whatever row that is now.
        const under = inView(list)[rows.findIndex((row) => row.id === id)]?.element ?? element;
        under.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, detail: 1}));
        expect(list.selectedId, `${hold} ${trial}`).to.equal(id);
      }
      list.remove();
    }
  });
});

describe('unread pills', () => {
  it('count what is unread out of sight, over the whole list, and go to the nearest', async () => {
    const unread = new Set([1, 40, 90, 91]);
    const list = await mount({source: source(100, (i) => ({unreadCount: unread.has(i) ? 3 : 0})), pageSize: 'all'});
    await until(() => textOf(part(list, 'unread-below')) === '3 more unread below');
    expect(part(list, 'unread-above')).to.equal(undefined);
    part(list, 'unread-below')?.click();
    await until(() => idsInView(list).includes('c40'));
    await until(() => textOf(part(list, 'unread-above')) === '1 more unread above');
    await until(() => textOf(part(list, 'unread-below')) === '2 more unread below');
    part(list, 'unread-above')?.click();
    await until(() => idsInView(list).includes('c1'));
  });

  it('leave muted conversations out', async () => {
    const list = await mount({source: source(40, (i) => ({unreadCount: i === 30 ? 3 : 0, notify: 'silent'})), pageSize: 'all'});
    await aTimeout(250);
    expect(part(list, 'unread-below')).to.equal(undefined);
  });
});

describe('motion', () => {
  const running = (list: ImConversationList) =>
    (list.shadowRoot as ShadowRoot).getAnimations().filter(({effect}) => {
      const target = (effect as KeyframeEffect).target;
      return target?.getAttribute('role') === 'row';
    });

  const {animate} = Element.prototype;
  afterEach(() => {
    Element.prototype.animate = animate;
  });

  /** Those of rows from now on, also such as are over before a slow machine draws its next frame. */
  function rowAnimations(): Animation[] {
    const begun: Animation[] = [];
    Element.prototype.animate = function (this: Element, ...args) {
      const animation = animate.apply(this, args);
      if (this.getAttribute('role') === 'row') begun.push(animation);
      return animation;
    };
    return begun;
  }

  it('lets rows glide from where they stood, by translation alone', async () => {
    const from = source(30);
    const list = await mount({source: from, attributes: {'order-hold': 'off'}});
    const moving = rowAnimations();
    raise(from, 'c3', 1);
    await until(() => moving.length > 0, 'rows glide');
    expect(moving.length).to.equal(4);
    for (const {effect} of moving) {
      const frames = (effect as KeyframeEffect).getKeyframes();
      expect(Object.keys(frames[0] as object).filter((key) => !['offset', 'computedOffset', 'easing', 'composite'].includes(key))).to.deep.equal(['translate']);
    }
    for (const animation of moving) {
      // One that has ended, on a machine that is slow to look, stands there anyway.
      if (animation.playState === 'running') animation.currentTime = 200;
      const [, y = '0'] = getComputedStyle((animation.effect as KeyframeEffect).target as Element).translate.split(' ');
      expect(parseFloat(y)).to.be.closeTo(0, 0.01);
    }
    await until(() => running(list).length === 0, 'they have arrived');
  });

  it('moves nothing while scrolling, nor for another list', async () => {
    const list = await mount({source: source(100, (i) => ({unreadCount: i % 2})), pageSize: 'all'});
    grid(list).scrollTop = 300;
    await settle();
    expect(running(list).length).to.equal(0);
    list.unread = true;
    await settle();
    expect(running(list).length).to.equal(0);
  });
});
