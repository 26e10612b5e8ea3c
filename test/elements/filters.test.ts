import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, message, topKey} from './support/conversations.js';
import {inState, mount, part, settle, textOf, until} from './support/list-page.js';
import {idsInView} from './support/rows.js';

/** Each attribute, what matches it, and what does not. */
const CASES: readonly [attribute: string, value: string, yes: Partial<Conversation>, no: Partial<Conversation>][] = [
  ['type', 'group', {type: 'group'}, {type: 'direct'}],
  ['type', 'group channel', {type: 'channel'}, {type: 'system'}],
  ['mark', 'star', {marks: ['star']}, {marks: ['fold']}],
  ['group', 'work', {groups: ['home', 'work']}, {groups: ['home']}],
  ['unread', '', {unreadCount: 2}, {unreadCount: 0}],
  ['unread', '', {marks: ['unread']}, {marks: []}],
  ['mentions', '', {mention: 'all'}, {unreadCount: 1}],
  ['mark', 'hide', {marks: ['hide']}, {}],
];

async function warnings(run: () => Promise<void>): Promise<string[]> {
  const {warn} = console;
  const told: string[] = [];
  console.warn = (text: string) => told.push(text);
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return told;
}

describe('filters', () => {
  for (const [attribute, value, yes, no] of CASES) {
    for (const serverFilters of [undefined, []]) {
      const where = serverFilters === undefined ? 'by the source' : 'by the list';
      it(`${attribute}="${value}", ${where}: for pages and for live changes in both directions`, async () => {
        const source = new MemorySource({
          conversations: [
            conversation('in', {orderKey: 3n, ...yes}),
            conversation('out', {orderKey: 2n, ...no}),
          ],
          ...(serverFilters && {serverFilters}),
        });
        const list = await mount({source, attributes: {[attribute]: value, 'order-hold': 'off'}});
        expect(idsInView(list)).to.deep.equal(['in']);
        source.upsert([conversation('out', {orderKey: 4n, ...yes})]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['out', 'in']);
        source.upsert([conversation('in', {orderKey: 3n, ...no})]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['out']);
        source.upsert([conversation('new', {orderKey: topKey(), ...yes}), conversation('newer', {orderKey: topKey(1), ...no})]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['new', 'out']);
      });
    }
  }

  it('leave hidden conversations out unless their mark is asked for', async () => {
    const source = new MemorySource({conversations: [conversation('a'), conversation('b', {hidden: true})]});
    const list = await mount({source});
    expect(idsInView(list)).to.deep.equal(['a']);
  });

  it('sort by the last message where asked, without one last', async () => {
    const list = await mount({
      attributes: {order: 'last-message'},
      conversations: [
        conversation('none', {orderKey: 99n}),
        conversation('old', {orderKey: 50n, lastMessage: message('x', {sentAt: 1000})}),
        conversation('new', {orderKey: 1n, lastMessage: message('x', {sentAt: 2000})}),
      ],
    });
    expect(idsInView(list)).to.deep.equal(['new', 'old', 'none']);
    list.order = 'order-key';
    await settle();
    expect(idsInView(list)).to.deep.equal(['none', 'old', 'new']);
  });

  it('tell a filtered list from an empty one, and take their reset', async () => {
    const source = new MemorySource({conversations: conversations(3)});
    const list = await mount({source, attributes: {unread: '', type: 'direct'}});
    await until(() => inState(list, 'filtered'));
    expect(textOf(part(list, 'empty'))).to.contain('No conversations match this filter');
    let told = 0;
    list.addEventListener('im-filter-change', () => told++);
    part(list, 'reset')?.click();
    await until(() => idsInView(list).length === 3);
    expect([told, list.unread, list.type]).to.deep.equal([1, false, '']);
    list.unread = true;
    await settle();
    expect(told, 'not for what the app sets').to.equal(1);
  });

  it('take the newest of filters that are switched while pages are on their way', async () => {
    const source = new MemorySource({
      conversations: conversations(40, (i) => ({type: i % 2 ? 'group' : 'direct', unreadCount: i % 3})),
      latencyMs: () => Math.random() * 30,
    });
    const list: ImConversationList = await mount({source});
    for (let i = 0; i < 20; i++) {
      list.type = i % 2 ? 'group' : 'direct';
      list.unread = i % 3 === 0;
      await settle();
    }
    list.type = 'group';
    list.unread = true;
    await until(() => list.snapshot?.page.status === 'done');
    await settle();
    const rows = [...(list.snapshot?.rows ?? [])];
    expect(rows.map(({id}) => id)).to.deep.equal(
      source.all().filter(({type, unreadCount}) => type === 'group' && unreadCount > 0).map(({id}) => id),
    );
  });

  it('warn once of a value that means nothing, and go on without it', async () => {
    const told = await warnings(async () => {
      for (let i = 0; i < 2; i++) {
        const list = await mount({
          conversations: conversations(3),
          attributes: {type: 'herd', 'page-size': 'lots', order: 'random', 'order-hold': 'maybe'},
        });
        expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
      }
    });
    for (const word of ['type="herd"', 'page-size="lots"', 'order="random"', 'order-hold="maybe"']) {
      expect(told.filter((text) => text.includes(word)).length, word).to.equal(1);
    }
  });
});
