import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationProvider} from '../../src/elements/im-conversation-provider.js';
import type {ImUnreadBadge} from '../../src/elements/im-unread-badge.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations} from './support/conversations.js';
import {box, grid, inState, settle, textOf} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView} from './support/rows.js';

interface Family {
  readonly provider: ImConversationProvider;
  readonly list: ImConversationList;
  readonly badge: ImUnreadBadge;
}

/** A provider with a badge and, deeper, in a shadow root, a list. */
function family(): Family {
  const provider = document.createElement('im-conversation-provider');
  const badge = document.createElement('im-unread-badge');
  const deep = document.createElement('div');
  const list = document.createElement('im-conversation-list');
  deep.style.setProperty('height', '100%');
  deep.attachShadow({mode: 'open'}).append(list);
  provider.append(badge, deep);
  box().append(provider);
  return {provider, list, badge};
}

const textIn = (badge: ImUnreadBadge) => textOf(badge.shadowRoot?.querySelector('[part="badge"]') ?? undefined);

describe('a provider', () => {
  it('shares one subscription and one set of pages', async () => {
    const source = new MemorySource({conversations: conversations(120, () => ({unreadCount: 1}))});
    const {provider, list, badge} = family();
    provider.source = source;
    await settle();
    expect(source.listenerCount).to.equal(1);
    expect(idsInView(list)[0]).to.equal('c0');
    expect(textIn(badge)).to.equal('99+');
    source.receiveMessage({conversationId: 'c7', text: 'x', sentAt: Date.now()});
    await settle();
    expect(idsInView(list)[0]).to.equal('c7');
    expect(badge.total).to.equal(121);
    expectWhole(list);
  });

  it('works in whatever order things come', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {provider, list} = family();
    await settle();
    expect(inState(list, 'loading')).to.equal(true);
    provider.source = source;
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    const late = document.createElement('im-unread-badge');
    provider.append(late);
    await settle();
    expect(late.total).to.equal(0);
    expect(source.listenerCount).to.equal(1);
  });

  it('takes a source that was set before it was defined', async () => {
    const provider = document.implementation.createHTMLDocument('').createElement('im-conversation-provider');
    Object.assign(provider, {source: new MemorySource({conversations: conversations(2)})});
    const list = document.createElement('im-conversation-list');
    provider.append(list);
    box().append(provider);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
  });

  it('that goes takes the subscription with it, and brings it back', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const {provider, list} = family();
    provider.source = source;
    await settle();
    const parent = provider.parentElement as HTMLElement;
    provider.remove();
    await settle();
    expect(source.listenerCount).to.equal(0);
    source.remove(['c1']);
    parent.append(provider);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c2']);
    expect(source.listenerCount).to.equal(1);
  });

  it('finds a list that was away where it was scrolled to', async () => {
    const {provider, list} = family();
    provider.conversations = conversations(300);
    await settle();
    grid(list).scrollTop = 100 * 64;
    await settle();
    const home = list.getRootNode() as ShadowRoot;
    list.remove();
    await settle();
    await list.loadMore();
    expect(list.snapshot).to.equal(undefined);
    home.append(list);
    await settle();
    expect(idsInView(list)[0]).to.equal('c100');
    expectWhole(list);
  });

  it('given another source shows that one’s everywhere', async () => {
    const {provider, list, badge} = family();
    provider.source = new MemorySource({conversations: [conversation('a', {unreadCount: 3})]});
    await settle();
    provider.source = new MemorySource({conversations: [conversation('b', {unreadCount: 5})]});
    await settle();
    expect(idsInView(list)).to.deep.equal(['b']);
    expect(textIn(badge)).to.equal('5');
    provider.conversations = conversations(2, () => ({unreadCount: 4}));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    expect(textIn(badge)).to.equal('8');
    provider.source = null;
    await settle();
    expect(idsInView(list)).to.deep.equal([]);
    expect(inState(list, 'empty')).to.equal(true);
    expect(textIn(badge)).to.equal('');
  });

  it('gives way to a list’s own source, and takes it back', async () => {
    const {provider, list} = family();
    provider.source = new MemorySource({conversations: [conversation('shared')]});
    list.source = new MemorySource({conversations: [conversation('own')]});
    await settle();
    expect(idsInView(list)).to.deep.equal(['own']);
    list.source = undefined;
    await settle();
    expect(idsInView(list)).to.deep.equal(['shared']);
  });

  it('is left behind by a list that is moved out of it, into another or into none', async () => {
    const a = new MemorySource({conversations: [conversation('a')]});
    const b = new MemorySource({conversations: [conversation('b')]});
    const one = family();
    const two = family();
    one.provider.source = a;
    two.provider.source = b;
    await settle();
    two.provider.append(one.list);
    await settle();
    expect(idsInView(one.list)).to.deep.equal(['b']);
    box().append(one.list);
    await settle();
    expect(idsInView(one.list)).to.deep.equal([]);
    expect(inState(one.list, 'loading')).to.equal(true);
    a.receiveMessage({conversationId: 'a', text: 'x'});
    await settle();
    expect(idsInView(one.list)).to.deep.equal([]);
    one.provider.append(one.list);
    await settle();
    expect(idsInView(one.list)).to.deep.equal(['a']);
    expect([a.listenerCount, b.listenerCount]).to.deep.equal([1, 1]);
  });

  it('pages once for all, by what the lists in it need', async () => {
    const source = new ManualSource();
    const {provider, list} = family();
    list.setAttribute('type', 'group');
    list.setAttribute('page-size', '7');
    provider.source = source;
    await settle();
    expect(source.requests.length).to.equal(1);
    expect(source.last.limit).to.equal(7);
    expect(source.last.filter).to.deep.equal({hidden: false, types: ['group']});
  });

  it('keeps the filter, the order and the page size that one list has set when another joins', async () => {
    const source = new MemorySource({conversations: conversations(30, (i) => ({unreadCount: i % 2}))});
    const {provider, list} = family();
    Object.assign(list, {unread: true, order: 'last-message', pageSize: 7});
    provider.source = source;
    await settle();
    expect(provider.store?.filter.hasUnread).to.equal(true);
    provider.append(document.createElement('im-conversation-list'));
    await settle();
    expect(provider.store?.filter.hasUnread).to.equal(true);
    expect(provider.store?.order).to.equal('last-message');
    expect(provider.store?.pageSize).to.equal(7);
  });

  it('takes no room in the layout', async () => {
    const {provider} = family();
    expect(getComputedStyle(provider).display).to.equal('contents');
  });
});
