import {expect} from '@open-wc/testing';
import '../../src/define.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, topKey} from './support/conversations.js';
import {box, mount, place, settle, textOf, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {drawn, idsInView} from './support/rows.js';

const memory = (count = 20) => new MemorySource({conversations: conversations(count)});

describe('lifecycle', () => {
  it('shows the same whether its properties are set before or after it is connected', async () => {
    const source = memory();
    const set = {source, selectedId: 'c2', density: 'compact' as const, unread: false};
    const early = await mount(set);
    const late = await mount();
    Object.assign(late, set);
    await until(() => idsInView(late).length > 0);
    const seen = (list: typeof early) => drawn(list).map(({id, title, label, states}) => ({id, title, label, states}));
    expect(seen(late)).to.deep.equal(seen(early));
  });

  it('is not disconnected by being moved', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.last.give(conversations(40), false);
    await settle();
    void list.loadMore();
    await settle();
    const {signal} = source.last;
    for (let i = 0; i < 20; i++) {
      box().append(list);
      expect(source.listenerCount).to.equal(1);
      if (i % 5 === 0) await settle();
    }
    await settle();
    expect(source.requests.length).to.equal(2);
    expect(signal?.aborted).to.equal(false);
    source.upsert(conversation('new', {orderKey: topKey()}));
    await until(() => idsInView(list)[0] === 'new');
  });

  it('leaves no listener and no request behind, and is put right when it comes back', async () => {
    const source = memory();
    const list = await mount({source});
    expect(source.listenerCount).to.equal(1);
    const home = list.parentElement as HTMLElement;
    list.remove();
    await settle();
    expect(source.listenerCount).to.equal(0);
    source.remove(['c0']);
    source.upsert([conversation('new', {orderKey: topKey()})]);
    home.append(list);
    expect(drawn(list).length, 'never blank').to.be.greaterThan(0);
    await until(() => idsInView(list)[0] === 'new' && !idsInView(list).includes('c0'));
    expect(source.listenerCount).to.equal(1);
  });

  it('aborts a request in flight, and its answer has no effect', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    list.remove();
    await settle();
    expect(source.last.signal?.aborted).to.equal(true);
    source.last.give(conversations(3), true);
    await settle();
    expect(list.snapshot?.rows.length ?? 0).to.equal(0);
  });

  it('takes another source, none, and the first again', async () => {
    const a = memory();
    const b = new MemorySource({conversations: [conversation('b')]});
    const list = await mount({source: a});
    list.source = b;
    await until(() => idsInView(list).join() === 'b');
    expect([a.listenerCount, b.listenerCount]).to.deep.equal([0, 1]);
    list.source = null;
    await until(() => drawn(list).length === 0);
    expect(b.listenerCount).to.equal(0);
    list.source = a;
    await until(() => idsInView(list)[0] === 'c0');
    list.conversations = [conversation('own')];
    await until(() => idsInView(list).join() === 'own');
    expect(a.listenerCount).to.equal(0);
  });

  it('draws only rows whose object is another when an array is set anew', async () => {
    const bound: string[] = [];
    let array: Conversation[] = conversations(8);
    const list = await mount({
      conversations: array,
      renderRow: ({id, title}) => {
        bound.push(id);
        return title;
      },
    });
    bound.length = 0;
    list.conversations = [...array];
    await settle();
    expect(bound).to.deep.equal([]);
    array = array.map((c) => (c.id === 'c3' ? {...c, title: 'other'} : c));
    list.conversations = array;
    await settle();
    expect(bound).to.deep.equal(['c3']);
    list.conversations = array.filter(({id}) => id !== 'c0');
    await settle();
    expect(idsInView(list)).to.deep.equal(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7']);
  });

  it('waits quietly for a source, and empties for null', async () => {
    const list = place();
    await settle();
    expect(list.snapshot).to.equal(undefined);
    list.source = null;
    await settle();
    expect(textOf((list.shadowRoot as ShadowRoot).querySelector('[part~="empty"]') ?? undefined)).to.equal('No conversations yet');
  });
});

describe('provider and badge', () => {
  const family = async (source: MemorySource) => {
    const provider = document.createElement('im-conversation-provider');
    const badge = document.createElement('im-unread-badge');
    const list = document.createElement('im-conversation-list');
    provider.append(badge, list);
    provider.source = source;
    box().append(provider);
    await settle();
    return {provider, badge, list};
  };

  it('share one subscription, and follow the provider to another source', async () => {
    const source = new MemorySource({conversations: conversations(5, () => ({unreadCount: 30}))});
    const {provider, badge, list} = await family(source);
    expect(source.listenerCount).to.equal(1);
    expect(idsInView(list)[0]).to.equal('c0');
    expect(textOf(badge.shadowRoot?.querySelector('span') ?? undefined)).to.equal('99+');
    badge.max = 999;
    await settle();
    expect(textOf(badge.shadowRoot?.querySelector('span') ?? undefined)).to.equal('150');
    await source.markRead('all');
    await settle();
    expect(badge.shadowRoot?.querySelector('span')).to.equal(null);
    expect(badge.matches(':state(zero)')).to.equal(true);
    provider.source = new MemorySource({conversations: [conversation('other')]});
    await until(() => idsInView(list).join() === 'other');
    expect(source.listenerCount).to.equal(0);
    provider.remove();
    await settle();
  });

  it('let go of what is moved out of them, and a list’s own source wins', async () => {
    const source = new MemorySource({conversations: conversations(5)});
    const {provider, list} = await family(source);
    const outside = box();
    outside.append(list);
    await until(() => list.snapshot === undefined);
    provider.append(list);
    await until(() => list.snapshot?.rows.length === 5);
    list.source = new MemorySource({conversations: [conversation('own')]});
    await until(() => idsInView(list).join() === 'own');
    list.source = undefined;
    await until(() => idsInView(list).length === 5);
  });

  it('is accessible', async () => {
    const {badge} = await family(new MemorySource({conversations: conversations(2, () => ({unreadCount: 3}))}));
    await expect(badge).to.be.accessible();
    expect(badge.shadowRoot?.querySelector('span')?.ariaLabel).to.equal('6 unread messages in all');
  });
});
