import {expect, nextFrame} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {box, grid, mount, place, settle, setStyle} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView, inView, rowOf} from './support/rows.js';

/** What a list shows, as text. */
const look = (list: ImConversationList) =>
  inView(list).map(({element, id, label, states, top}) => [id, label, states.join(' '), top, element.innerText].join('|'));

const SETTINGS = {
  selectedId: 'c2',
  density: 'compact',
  label: 'Mine',
  unread: true,
  renderRow: undefined,
  strings: {unread: (n: number) => `${n} new`},
} as const;

describe('the life of a list', () => {
  it('shows the same, whenever its properties are set', async () => {
    const people = conversations(30, (i) => ({unreadCount: i % 3}));
    const attributes = {'page-size': '10'};
    const make: Record<string, () => ImConversationList | Promise<ImConversationList>> = {
      'before it is connected': () => {
        const list = document.createElement('im-conversation-list');
        Object.assign(list, SETTINGS, {source: new MemorySource({conversations: people})});
        list.setAttribute('page-size', '10');
        box().append(list);
        return list;
      },
      'after it is connected': () => {
        const list = place({attributes});
        return Object.assign(list, SETTINGS, {source: new MemorySource({conversations: people})});
      },
      'after its first render': async () => {
        const list = await mount({attributes});
        return Object.assign(list, SETTINGS, {source: new MemorySource({conversations: people})});
      },
      'source last': () => place({...SETTINGS, attributes, source: new MemorySource({conversations: people})}),
      'while it was out of the document': async () => {
        const list = await mount({attributes, source: new MemorySource()});
        const parent = list.parentElement as HTMLElement;
        list.remove();
        await settle();
        Object.assign(list, SETTINGS, {source: new MemorySource({conversations: people})});
        await settle();
        parent.append(list);
        return list;
      },
    };
    let expected: string[] | undefined;
    for (const [when, create] of Object.entries(make)) {
      const list = await create();
      await settle();
      expected ??= look(list);
      expect(expected.length).to.be.greaterThan(8);
      expect(look(list), when).to.deep.equal(expected);
      list.parentElement?.remove();
    }
  });

  it('takes properties that were set before the element was defined', async () => {
    // An element of another document is defined when it comes into this one.
    const list = document.implementation.createHTMLDocument('').createElement('im-conversation-list');
    Object.assign(list, {conversations: conversations(30), selectedId: 'c1', density: 'compact'});
    list.setAttribute('type', 'direct');
    box().append(list);
    await settle();
    expect(list.matches(':defined')).to.equal(true);
    expect(idsInView(list)[0]).to.equal('c0');
    expect(inView(list)[1]?.states).to.deep.equal(['selected']);
    expect(inView(list)[0]?.height).to.equal(44);
    (list).conversations = conversations(1);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0']);
  });

  describe('moved in the document', () => {
    it('keeps its subscription, its request and its rows', async () => {
      const source = new ManualSource();
      const list = await mount({source, pageSize: 5});
      source.last.give(conversations(5));
      await settle();
      const counts: number[] = [];
      for (let i = 0; i < 20; i++) {
        box().append(list);
        counts.push(source.listenerCount);
      }
      await settle();
      expect(new Set([...counts, source.listenerCount])).to.deep.equal(new Set([1]));
      expect(source.requests.length).to.equal(2);
      expect(source.last.signal?.aborted).to.equal(false);
      source.last.give(conversations(10), true);
      await settle();
      expect(list.snapshot?.rows.length).to.equal(10);
      expectWhole(list);
    });

    it('stays where it was scrolled to', async () => {
      const list = await mount({conversations: conversations(500)});
      grid(list).scrollTop = 100 * 64 + 7;
      await settle();
      const before = look(list);
      box().append(list);
      await settle();
      expect(look(list)).to.deep.equal(before);
      expectWhole(list);
      grid(list).scrollTop += 64;
      await settle();
      expect(idsInView(list)[0]).to.equal('c101');
    });
  });

  it('hidden and shown again stays where it was scrolled to', async () => {
    const source = new MemorySource({conversations: conversations(500)});
    const list = await mount({source, pageSize: 'all'});
    grid(list).scrollTop = 100 * 64 + 7;
    await settle();
    const before = look(list);
    for (const style of [{display: 'none'}, {height: '0'}]) {
      setStyle(list.parentElement as HTMLElement, style);
      await settle();
      source.upsert([conversation(`n${style.display}`, {orderKey: topKey()})]);
      await settle();
      setStyle(list.parentElement as HTMLElement, {display: 'block', height: '512px'});
      await settle();
      expect(idsInView(list)[0], JSON.stringify(style)).to.equal('c100');
      expect(inView(list).length).to.equal(before.length);
      expectWhole(list, JSON.stringify(style));
    }
  });

  describe('removed', () => {
    it('holds nothing of its source: no listener, no request', async () => {
      const source = new ManualSource();
      const list = await mount({source});
      expect(source.listenerCount).to.equal(1);
      list.remove();
      await settle();
      expect(source.listenerCount).to.equal(0);
      expect(source.last.signal?.aborted).to.equal(true);
      source.last.give(conversations(3), true);
      await settle();
      expect(list.snapshot?.rows.length).to.equal(0);
      await list.loadMore();
      await list.refresh();
      expect(source.requests.length).to.equal(1);
    });

    it('holds no timer and no frame', async () => {
      const {setTimeout, clearTimeout, setInterval, requestAnimationFrame, cancelAnimationFrame} = window;
      const pending = new Set<unknown>();
      try {
        window.setTimeout = ((run: () => void, ms?: number) => {
          const id = setTimeout(() => (pending.delete(id), run()), ms);
          pending.add(id);
          return id;
        }) as typeof window.setTimeout;
        window.clearTimeout = (id) => (pending.delete(id), clearTimeout(id));
        window.setInterval = (() => {
          throw new Error('An interval is not expected.');
        }) as typeof window.setInterval;
        window.requestAnimationFrame = (run) => {
          const id = requestAnimationFrame((at) => (pending.delete(`f${id}`), run(at)));
          pending.add(`f${id}`);
          return id;
        };
        window.cancelAnimationFrame = (id) => (pending.delete(`f${id}`), cancelAnimationFrame(id));
        const source = new MemorySource({conversations: conversations(300)});
        const list = place({source});
        await nextFrame();
        await new Promise((resolve) => setTimeout(resolve, 50));
        grid(list).scrollTop = 999;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        source.receiveMessage({conversationId: 'c1', text: 'x'});
        // The change has been told, and waits for its frame.
        for (let i = 0; i < 5; i++) await undefined;
        list.remove();
        for (let i = 0; i < 5; i++) await undefined;
        expect(pending.size).to.equal(0);
      } finally {
        Object.assign(window, {setTimeout, clearTimeout, setInterval, requestAnimationFrame, cancelAnimationFrame});
      }
    });

    it('1,000 times over leaves no listener behind', async () => {
      const source = new MemorySource({conversations: conversations(20)});
      const list = await mount({source});
      const home = list.parentElement as HTMLElement;
      const other = box();
      let most = 0;
      for (let i = 0; i < 1000; i++) {
        if (i % 3 === 0) list.remove();
        else if (i % 3 === 1) home.append(list);
        else other.append(list);
        most = Math.max(most, source.listenerCount);
        if (i % 10 === 0) await undefined;
      }
      list.remove();
      await settle();
      expect(most).to.equal(1);
      expect(source.listenerCount).to.equal(0);
    });

    it('and put back shows at once what it had, and corrects what it missed', async () => {
      const source = new MemorySource({conversations: conversations(300)});
      const list = await mount({source});
      grid(list).scrollTop = 10 * 64;
      await settle();
      const parent = list.parentElement as HTMLElement;
      list.remove();
      await settle();
      source.remove(['c10']);
      source.upsert([{...conversations(12)[11]!, title: 'Renamed'}]);
      source.receiveMessage({conversationId: 'c200', text: 'x', sentAt: Date.now()});
      parent.append(list);
      await nextFrame();
      expect(inView(list).length).to.be.greaterThan(7);
      await settle();
      const now = source.all().map(({id}) => id);
      expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.deep.equal(now.slice(0, list.snapshot?.rows.length));
      expect(list.snapshot?.rows.get('c11')?.title).to.equal('Renamed');
      expect(idsInView(list)).not.to.include('c10');
      expect(rowOf(list, 'c11').top).to.equal(64);
      expect(source.listenerCount).to.equal(1);
      expectWhole(list);
    });
  });
});
