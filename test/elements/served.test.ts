import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {RowView} from '../../src/elements/row-view.js';
import {SourceError} from '../../src/model/errors.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {conversation, conversations, ids, message, topKey} from './support/conversations.js';
import {grid, part, settle, textOf, until} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView, inView} from './support/rows.js';
import {binderOf, serve, servedRows, wake} from './support/served.js';

/** What is in a node, without what no reader or style sheet meets. */
function shape(node: Node): unknown {
  if (!(node instanceof Element)) return node instanceof Text && node.data.trim() !== '' ? node.data : [];
  if (node.hasAttribute('hidden')) return [];
  const attributes = [...node.attributes]
    .map(({name, value}) => [name, name === 'class' ? value.replace(' served', '') : value])
    .filter(([name, value]) => name !== 'style' && value !== '')
    .sort();
  const children = [...node.childNodes].map(shape).filter((child) => !Array.isArray(child) || child.length > 0);
  return [node.localName, Object.fromEntries(attributes), ...children];
}

/** The row that a browser draws, in a new element or a given one. */
function browserRow(item: Conversation, index: number, element?: HTMLElement): HTMLElement {
  const view = new RowView(element);
  const facts = binderOf().facts(item);
  if (facts === undefined) throw new Error('The binder is not set.');
  view.show(item.id, index, facts);
  view.showContent(facts);
  return view.element;
}

const rowsOf = (list: ImConversationList): Element[] => [...(list.shadowRoot as ShadowRoot).querySelectorAll('.row')];

const many = generateConversations(300);
const named = new Map(many.map((item) => [item.id, item]));

describe('a row that a server has written', () => {
  it('is the same as one that is drawn here, node by node', () => {
    const rows = [...servedRows(many).children];
    expect(rows.length).to.equal(many.length);
    (rows as HTMLElement[]).forEach((row, i) => {
      const item = named.get(row.dataset['id'] ?? '') as Conversation;
      expect(JSON.stringify(shape(row)), item.id).to.equal(JSON.stringify(shape(browserRow(item, i))));
    });
  });

  it('becomes any other in the same element, with nothing left of what it was', () => {
    const rows = [...servedRows(many).children] as HTMLElement[];
    rows.forEach((row, i) => {
      const other = many[(i * 7 + 1) % many.length] as Conversation;
      expect(browserRow(other, i, row) === row).to.equal(true);
      expect(JSON.stringify(shape(row)), `${many[i]?.id} to ${other.id}`).to.equal(JSON.stringify(shape(browserRow(other, i))));
    });
  });

  it('keeps no attribute that only another conversation has', () => {
    const [full, plain] = [conversation('a', {lastMessage: message('Hi')}), conversation('b')];
    const row = servedRows([full]).firstElementChild as HTMLElement;
    expect(JSON.stringify(shape(row))).to.include('datetime');
    expect(JSON.stringify(shape(browserRow(plain, 0, row)))).to.equal(JSON.stringify(shape(browserRow(plain, 0))));
  });

  it('is made whole where another version has written less, more or other things', () => {
    const [item] = many as [Conversation];
    const odd = (change: (row: HTMLElement) => void) => {
      const row = servedRows([item]).firstElementChild as HTMLElement;
      change(row);
      return JSON.stringify(shape(browserRow(item, 0, row)));
    };
    const right = JSON.stringify(shape(browserRow(item, 0)));
    expect(odd((row) => row.replaceChildren())).to.equal(right);
    expect(odd((row) => row.querySelector('.text')?.remove())).to.equal(right);
    expect(odd((row) => row.querySelector('.said')?.append(document.createElement('b')))).to.equal(right);
    expect(odd((row) => row.prepend(document.createElement('i'), 'x'))).to.not.include('"i"');
    expect(odd((row) => row.setAttribute('aria-disabled', 'true'))).to.equal(right);
  });
});

describe('a list that a server has rendered', () => {
  it('keeps its rows until the first page is here, and their elements after', async () => {
    const source = new ManualSource();
    const list = serve(conversations(20));
    const before = rowsOf(list);
    wake(list).source = source;
    await until(() => source.requests.length > 0);
    expect(rowsOf(list).every((row, i) => row === before[i]), 'while it waits').to.equal(true);
    expect(part(list, 'skeleton')).to.equal(undefined);
    expect(grid(list).getAttribute('role')).to.equal('grid');
    expect(grid(list).getAttribute('aria-rowcount')).to.equal('-1');
    source.last.give(conversations(50));
    await until(() => (list.snapshot?.rows.length ?? 0) > 0);
    await settle();
    expect(inView(list).map(({element}) => before.indexOf(element))).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expectWhole(list);
  });

  it('keeps them without a source, for as long as there is none', async () => {
    const list = wake(serve(conversations(20)));
    await settle();
    expect(drawn(list).map(({id}) => id)).to.deep.equal(ids(0, 20));
    list.conversations = conversations(3);
    await settle();
    expect(drawn(list).map(({id}) => id)).to.deep.equal(ids(0, 3));
  });

  it('goes live at once with an array that is there before it', async () => {
    const list = serve(conversations(20));
    const before = rowsOf(list);
    list.conversations = conversations(100);
    wake(list);
    await settle();
    expect(inView(list).map(({element}) => before.indexOf(element))).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rowsOf(list).filter((row) => row.classList.contains('served')).length).to.equal(0);
    expectWhole(list);
  });

  it('shows what is true now, where the server has shown something else', async () => {
    const list = serve([conversation('gone', {orderKey: topKey(1)}), ...conversations(20)]);
    wake(list).source = new ArrayPages([conversation('new', {orderKey: topKey(2), title: 'New'}), ...conversations(20)]);
    await until(() => (list.snapshot?.rows.length ?? 0) > 0);
    await settle();
    expect(idsInView(list)).to.deep.equal(['new', ...ids(0, 7)]);
    expect(drawn(list).some(({id}) => id === 'gone')).to.equal(false);
    expectWhole(list);
  });

  it('gives way to the panels of an empty list and a failed page', async () => {
    const empty = wake(serve(conversations(20)));
    empty.conversations = [];
    await settle();
    expect(textOf(part(empty, 'empty'))).to.equal('No conversations yet');
    const failing = wake(serve(conversations(20)));
    const source = new ManualSource();
    failing.source = source;
    await until(() => source.requests.length > 0);
    source.last.fail(new SourceError('forbidden', 'No.'));
    await until(() => part(failing, 'error') !== undefined);
    const none = wake(serve(conversations(20)));
    none.source = null;
    await settle();
    for (const list of [empty, failing, none]) expect(drawn(list).length).to.equal(0);
  });

  it('goes on where it stands after it was out of the document', async () => {
    const list = wake(serve(conversations(20)));
    await settle();
    list.remove();
    await settle();
    wake(list);
    await settle();
    expect(drawn(list).map(({id}) => id)).to.deep.equal(ids(0, 20));
    list.source = new ArrayPages(conversations(60));
    await until(() => (list.snapshot?.rows.length ?? 0) > 0);
    await settle();
    expectWhole(list);
    grid(list).scrollTop = 1000;
    await settle();
    expectWhole(list);
  });

  it('is in nobody’s way: no slot for the fallback, nothing else of the server, one of everything', async () => {
    const list = wake(serve(conversations(20)));
    const links = document.createElement('ul');
    links.slot = 'fallback';
    list.append(links);
    await settle();
    const root = list.shadowRoot as ShadowRoot;
    expect(links.assignedSlot === null).to.equal(true);
    expect(root.querySelectorAll('link').length).to.equal(0);
    expect(root.querySelectorAll('.viewport').length).to.equal(1);
  });
});

describe('a badge and a provider that a server has rendered', () => {
  it('keep what they show until they know better, and once', async () => {
    const badge = document.createElement('im-unread-badge');
    const number = Object.assign(document.createElement('span'), {textContent: '7'});
    badge.attachShadow({mode: 'open'}).append(document.createElement('link'), number);
    const source = new ManualSource();
    badge.source = source;
    wake(badge);
    await settle();
    expect(badge.shadowRoot?.querySelector('span') === number).to.equal(true);
    source.emit({type: 'unread', total: 8});
    await until(() => textOf(badge.shadowRoot?.querySelector('span') ?? undefined) === '8');
    source.emit({type: 'unread', total: 0});
    await until(() => badge.shadowRoot?.querySelector('span') === null);

    const provider = document.createElement('im-conversation-provider');
    provider.attachShadow({mode: 'open'}).append(document.createElement('link'), document.createElement('slot'));
    const list = serve(conversations(5));
    provider.append(list);
    provider.source = new MemorySource({conversations: conversations(5)});
    wake(provider);
    await until(() => (list.snapshot?.rows.length ?? 0) === 5);
    expect(provider.shadowRoot?.childElementCount).to.equal(1);
  });
});
