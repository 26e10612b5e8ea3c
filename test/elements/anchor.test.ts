import {expect} from '@open-wc/testing';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {reduceMotionForScripts, repeats} from '../setup/engine.js';
import {conversation, conversations, seededRandom, topKey} from './support/conversations.js';
import {box, grid, mount, setStyle, settle} from './support/list-page.js';
import {drawn, expectWhole, idsInView, inView} from './support/rows.js';

const CHANGES = repeats(2000);
const STEPS = repeats(1500);

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

// Places are measured, so rows must not be on their way.
let moveAgain: () => void;
before(() => (moveAgain = reduceMotionForScripts()));
after(() => moveAgain());

describe('anchor', () => {
  it(`moves what is read by 0 px over ${CHANGES} random changes above and below it`, async function () {
    this.timeout(240_000);
    const seed = 20260;
    const random = seededRandom(seed);
    const source = new MemorySource({conversations: conversations(400)});
    const list = await mount({source, pageSize: 'all', attributes: {'order-hold': 'off'}});
    const int = (end: number) => Math.floor(random() * end);
    let moved = 0;
    for (let change = 0; change < CHANGES; change++) {
      if (change % 50 === 0) {
        grid(list).scrollTop = 1000 + int(15_000);
        await settle();
      }
      const before = inView(list).filter(({top, height}) => top >= 0 && top + height <= 512);
      const seen = new Set(before.map(({id}) => id));
      const others = source.all().filter(({id}) => !seen.has(id));
      const other = others[int(others.length)] as Conversation;
      const kind = int(4);
      // Above the viewport or below it, in or out of it by neither.
      const keys = source.all().map(({orderKey}) => orderKey);
      const firstSeen = source.get((before[0] as (typeof before)[number]).id)?.orderKey as bigint;
      const above = topKey(change);
      if (kind === 0) source.upsert([conversation(`n${change}`, {orderKey: above})]);
      else if (kind === 1 && others.length > 300) source.remove([other.id]);
      else if (kind === 2) source.upsert([{...other, orderKey: above}]);
      else source.upsert([{...other, orderKey: other.orderKey > firstSeen ? (keys.at(-1) as bigint) - 1n - BigInt(change) : above}]);
      await frame();
      for (const row of before) {
        const now = drawn(list).find(({id}) => id === row.id);
        moved = Math.max(moved, Math.abs((now?.top ?? Infinity) - row.top));
      }
      expect(moved, `seed ${seed}, change ${change}, kind ${kind}, at ${grid(list).scrollTop} of ${grid(list).scrollHeight}`).to.equal(0);
    }
  });

  it('stays at the top when it is there, so that new rows show', async () => {
    const source = new MemorySource({conversations: conversations(100)});
    const list = await mount({source, attributes: {'order-hold': 'off'}});
    for (let i = 0; i < 20; i++) {
      source.upsert([conversation(`n${i}`, {orderKey: topKey(i)})]);
      await frame();
      expect(inView(list)[0]?.id).to.equal(`n${i}`);
      expect(grid(list).scrollTop).to.equal(0);
    }
  });

  it('keeps its row when the height of rows changes, and when it is hidden and shown again', async () => {
    const list = await mount({conversations: conversations(500), pageSize: 'all'});
    grid(list).scrollTop = 6400;
    await settle();
    expect(inView(list)[0]?.id).to.equal('c100');
    for (const density of ['compact', 'comfortable', 'default'] as const) {
      list.density = density;
      await settle();
      expect(inView(list)[0]?.id).to.equal('c100');
      expectWhole(list);
    }
    const place = list.parentElement as HTMLElement;
    setStyle(place, {display: 'none'});
    await settle();
    setStyle(place, {display: 'block'});
    await settle();
    await settle();
    expectWhole(list);
    expect(Math.abs(Number(inView(list)[0]?.id.slice(1)) - 100)).to.be.at.most(100);
  });

  it('stands whatever display a page gives it', async () => {
    for (const display of ['block', 'inline-block', 'flow-root', 'grid', 'inline-flex', 'flex']) {
      const list = await mount({source: new MemorySource({conversations: conversations(50)})});
      setStyle(list, {display, height: '320px', width: '300px'});
      await settle();
      expect(grid(list).clientHeight, display).to.equal(320);
      expect(idsInView(list).length, display).to.equal(5);
      list.parentElement?.remove();
    }
  });

  it('stands in flex and grid parents, in a shadow root and in a dialog', async () => {
    for (const style of [{display: 'flex', 'flex-direction': 'column'}, {display: 'grid'}]) {
      const list = await mount({conversations: conversations(100), pageSize: 'all', style});
      expectWhole(list);
      expect(inView(list).length).to.be.at.least(7);
    }
    const host = box();
    const root = host.attachShadow({mode: 'open'});
    const dialog = document.createElement('dialog');
    setStyle(dialog, {height: '400px', width: '300px', padding: '0'});
    for (const place of [root, dialog]) {
      if (place === dialog) {
        document.body.append(dialog);
        dialog.showModal();
      }
      const list = document.createElement('im-conversation-list');
      list.conversations = conversations(100);
      place.append(list);
      await settle();
      expectWhole(list);
      expect(inView(list).length).to.be.at.least(5);
      list.remove();
    }
    dialog.remove();
  });
});

describe('random steps', () => {
  it('leave rows that are always a whole run of the list: grow, shrink, reorder, filter, resize, scroll', async function () {
    this.timeout(180_000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seededRandom(seed);
    const int = (end: number) => Math.floor(random() * end);
    const source = new MemorySource({conversations: conversations(300, (i) => ({unreadCount: i % 4 ? 0 : 1}))});
    const list = await mount({source, pageSize: 100, attributes: {'order-hold': 'off'}});
    const place = list.parentElement as HTMLElement;
    for (let step = 0; step < STEPS; step++) {
      const all = source.all();
      switch (int(8)) {
        case 0:
          source.upsert(Array.from({length: int(30)}, (_, i) => conversation(`s${step}-${i}`, {orderKey: topKey(int(1e6))})));
          break;
        case 1:
          source.remove(all.filter(() => random() < (all.length > 600 ? 0.6 : 0.1)).map(({id}) => id));
          break;
        case 2:
          source.upsert(all.filter(() => random() < 0.1).map((c) => ({...c, orderKey: topKey(int(1e6)), unreadCount: int(2)})));
          break;
        case 3:
          list.unread = random() < 0.4;
          break;
        case 4:
          setStyle(place, {height: `${[0, 100, 512, 900][int(4)] as number}px`});
          break;
        case 5:
          list.density = (['compact', 'default', 'comfortable'] as const)[int(3)] as 'default';
          break;
        default:
          grid(list).scrollTop = int(grid(list).scrollHeight);
      }
      if (step % 3 !== 0) continue;
      await settle();
      if (grid(list).clientHeight === 0 || place.clientHeight === 0) continue;
      // What the store has told in the last moment is drawn with the next frame.
      for (let frames = 3; ; frames--) {
        try {
          expectWhole(list, `seed ${seed}, step ${step}`);
          break;
        } catch (error) {
          if (frames === 0) throw error;
          await settle();
        }
      }
    }
  });
});
