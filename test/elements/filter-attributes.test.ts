import {expect} from '@open-wc/testing';
import type {ImFilterChangeEvent} from '../../src/events/filter-change-event.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations} from './support/conversations.js';
import {grid, inState, mount, part, settle, textOf} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView} from './support/rows.js';

const allIds = (list: ImConversationList) => [...(list.snapshot?.rows ?? [])].map(({id}) => id);

/** For each attribute: what it lets through, and what it does not. */
const FILTERS: readonly {
  readonly attributes: Readonly<Record<string, string>>;
  readonly match: Partial<Conversation>;
  readonly other: Partial<Conversation>;
}[] = [
  {attributes: {type: 'group'}, match: {type: 'group'}, other: {type: 'direct'}},
  {attributes: {type: 'channel system'}, match: {type: 'system'}, other: {type: 'group'}},
  {attributes: {mark: 'star'}, match: {marks: ['star', 'fold']}, other: {marks: ['fold']}},
  {attributes: {mark: '70'}, match: {marks: ['70']}, other: {marks: ['7']}},
  {attributes: {group: 'work'}, match: {groups: ['home', 'work']}, other: {groups: ['home']}},
  {attributes: {unread: ''}, match: {unreadCount: 2}, other: {unreadCount: 0}},
  {attributes: {unread: ''}, match: {marks: ['unread']}, other: {marks: []}},
  {attributes: {mentions: ''}, match: {mention: 'all'}, other: {}},
  {attributes: {type: 'group', unread: ''}, match: {type: 'group', unreadCount: 1}, other: {type: 'group'}},
  {attributes: {mark: 'hide'}, match: {marks: ['hide']}, other: {marks: []}},
  {attributes: {mark: 'hide'}, match: {hidden: true}, other: {hidden: false}},
];

describe('filters', () => {
  for (const {attributes, match, other} of FILTERS) {
    const name = Object.entries(attributes).map(([key, value]) => (value === '' ? key : `${key}="${value}"`));
    const at = (i: number) => (i % 3 === 0 ? match : other);
    const wanted = Array.from({length: 40}, (_, i) => i).filter((i) => i % 3 === 0).map((i) => `c${i}`);

    describe(`${name.join(' ')} (${Object.keys(match).join(', ')})`, () => {
      for (const serverFilters of [[], undefined] as const) {
        const who = serverFilters ? 'the list' : 'the source';
        it(`lets through what matches, applied by ${who}`, async () => {
          const source = new MemorySource({conversations: conversations(40, at), ...(serverFilters && {serverFilters})});
          const list = await mount({source, attributes, pageSize: 10});
          await list.scrollToConversation('nobody');
          await settle();
          expect(allIds(list)).to.deep.equal(wanted);
          expectWhole(list);
        });
      }

      it('follows live changes, in and out', async () => {
        const source = new MemorySource({conversations: conversations(4, at)});
        const list = await mount({source, attributes});
        expect(idsInView(list)).to.deep.equal(['c0', 'c3']);
        const [c0, c1] = conversations(2);
        source.upsert([{...(c1 as Conversation), ...match}]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c3']);
        source.upsert([{...(c0 as Conversation), ...other}]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['c1', 'c3']);
        source.upsert([conversation('new', {orderKey: 1n, ...other}), conversation('newer', {orderKey: 2n, ...match})]);
        await settle();
        expect(idsInView(list)).to.deep.equal(['c1', 'c3', 'newer']);
        expectWhole(list);
      });
    });
  }

  it('show hidden conversations only where their mark is asked for', async () => {
    const people = [conversation('a'), conversation('b', {hidden: true}), conversation('c', {marks: ['hide', 'star']})];
    const list = await mount({conversations: people});
    expect(idsInView(list)).to.deep.equal(['a']);
    list.mark = 'star';
    await settle();
    expect(idsInView(list)).to.deep.equal([]);
    list.mark = 'hide';
    await settle();
    expect(idsInView(list)).to.deep.equal(['b', 'c']);
  });

  it('that match nothing say so, and offer to show everything', async () => {
    const told: ImFilterChangeEvent[] = [];
    const list = await mount({
      conversations: conversations(3),
      attributes: {type: 'group', mark: 'star', group: 'x', unread: '', mentions: ''},
      before: (l) => l.addEventListener('im-filter-change', (event) => told.push(event)),
    });
    expect(inState(list, 'filtered')).to.equal(true);
    expect(textOf(part(list, 'empty'))).to.equal('No conversations match this filter Show all conversations');
    expect(told.length).to.equal(0);
    part(list, 'reset')?.click();
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    expect([list.type, list.mark, list.group, list.unread, list.mentions]).to.deep.equal(['', '', '', false, false]);
    expect(told.map(({filter, bubbles, composed}) => [filter, bubbles, composed])).to.deep.equal([
      [{hidden: false}, false, false],
    ]);
    expect(inState(list, 'filtered')).to.equal(false);
  });

  it('and an empty list are two different things', async () => {
    const list = await mount({conversations: []});
    expect([inState(list, 'empty'), inState(list, 'filtered')]).to.deep.equal([true, false]);
    expect(textOf(part(list, 'empty'))).to.equal('No conversations yet');
    expect(part(list, 'reset')).to.equal(undefined);
    list.unread = true;
    await settle();
    expect([inState(list, 'empty'), inState(list, 'filtered')]).to.deep.equal([true, true]);
  });

  it('raise nothing where the app sets them', async () => {
    let told = 0;
    const list = await mount({conversations: conversations(3)});
    list.addEventListener('im-filter-change', () => told++);
    list.addEventListener('im-conversations-change', () => told++);
    list.type = 'group';
    await settle();
    list.type = '';
    await settle();
    expect(told).to.equal(0);
  });

  it('switched while a page is on its way: it is aborted, and what it brings is of no effect', async () => {
    const source = new ManualSource({serverFilters: ['types', 'hidden']});
    const list = await mount({source, attributes: {type: 'group'}});
    const first = source.last;
    expect(first.filter).to.deep.equal({hidden: false, types: ['group']});
    list.type = 'direct';
    await settle();
    expect(first.signal?.aborted).to.equal(true);
    expect(source.last.filter).to.deep.equal({hidden: false, types: ['direct']});
    first.give(conversations(5, () => ({type: 'group'})), true);
    await settle();
    expect(inState(list, 'loading')).to.equal(true);
    source.last.give([conversation('d')], true);
    await settle();
    expect(idsInView(list)).to.deep.equal(['d']);
  });

  it('switched fast end with the last one', async () => {
    const source = new MemorySource({
      conversations: conversations(300, (i) => ({type: i % 2 === 0 ? 'group' : 'direct'})),
      latencyMs: () => 5,
    });
    const list = await mount({source});
    for (let i = 0; i < 20; i++) {
      list.type = i % 2 === 0 ? 'group' : 'direct';
      if (i % 4 === 0) await list.updateComplete;
    }
    await list.scrollToConversation('nobody');
    await settle();
    expect(list.snapshot?.rows.length).to.equal(150);
    expect(drawn(list).every(({index, id}) => id === `c${index * 2 + 1}`)).to.equal(true);
  });

  it('shown anew begin at the top', async () => {
    const source = new ArrayPages(conversations(600, (i) => ({marks: i >= 300 ? ['star'] : []})));
    const list = await mount({source, pageSize: 'all'});
    grid(list).scrollTop = 200 * 64;
    await settle();
    list.mark = 'star';
    await settle();
    expect(grid(list).scrollTop).to.equal(0);
    expect(idsInView(list)[0]).to.equal('c300');
    grid(list).scrollTop = 200 * 64;
    await settle();
    list.mark = '';
    await settle();
    expect(idsInView(list)[0]).to.equal('c0');
    expectWhole(list);
  });
});
