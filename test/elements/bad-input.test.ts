import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ConversationSource, Page} from '../../src/model/source.js';
import {conversation, conversations} from './support/conversations.js';
import {inState, mount, settle, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {idsInView, rowOf} from './support/rows.js';

async function errors(source: unknown): Promise<{list: ImConversationList; told: string[]}> {
  const told: string[] = [];
  const list = await mount({
    source: source as ConversationSource,
    before: (element) => element.addEventListener('im-error', ({error, origin}) => told.push(`${origin} ${error.code}`)),
  });
  await settle();
  return {list, told};
}

const withPage = (page: unknown): ManualSource => {
  const source = new ManualSource();
  source.getPage = async () => page as Page;
  return source;
};

describe('bad input', () => {
  for (const page of [undefined, null, 7, 'page', {}, {conversations: 'none', done: true}, [], {conversations: {length: 3}, done: true}]) {
    it(`a page that is ${JSON.stringify(page) ?? 'undefined'} is told, and can be asked for again`, async () => {
      const {list, told} = await errors(withPage(page));
      expect(told).to.deep.equal(['page invalid-data']);
      expect(inState(list, 'error')).to.equal(true);
    });
  }

  it('conversations without an id are left out, and told; the others show', async () => {
    const bad = [null, 7, 'x', {}, {id: ''}, {id: 5}, {...conversation('x'), id: undefined}];
    const {list, told} = await errors(withPage({conversations: [...bad, ...conversations(2)], done: true}));
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    expect(told.length).to.be.greaterThan(0);
    for (const text of told) expect(text).to.equal('data invalid-data');
  });

  const FIELDS = [
    'type', 'title', 'orderKey', 'pinned', 'unreadCount', 'notify', 'marks', 'groups', 'targetId', 'avatarUrl', 'activeAt',
    'mention', 'presence', 'typing', 'draft', 'lastMessage', 'readUpTo', 'customData',
  ];
  const VALUES = [7.5, NaN, -1, 'wrong', true, Symbol('x'), 10n ** 30n, {}, [{}], () => 1, new Date(NaN), Object.create(null) as unknown];

  it('any wrong value in any field leaves every row standing', async () => {
    const people = FIELDS.flatMap((field) =>
      VALUES.map((value, i): unknown => ({...conversation(`${field}-${i}`), [field]: value})),
    );
    const {list, told} = await errors(withPage({conversations: people, done: true}));
    expect(list.snapshot?.rows.length).to.equal(people.length);
    expect(new Set(told)).to.deep.equal(new Set(['data invalid-data']));
    for (const id of [...(list.snapshot?.rows ?? [])].map((c) => c.id).slice(0, 200)) {
      await list.scrollToConversation(id);
      expect(rowOf(list, id).title).not.to.equal('');
    }
  });

  it('a cursor that repeats is told, not followed', async () => {
    const source = new ManualSource();
    let asked = 0;
    source.getPage = async () => ({conversations: conversations(2 + asked).slice(asked++), done: false, cursor: 'same'});
    const {list, told} = await errors(source);
    await until(() => told.length > 0);
    await settle();
    expect(told).to.deep.equal(['page cursor-cycle']);
    expect(asked).to.equal(2);
    expect(idsInView(list).length).to.be.greaterThan(0);
  });

  it('a source that throws at once is told', async () => {
    const source = new ManualSource();
    source.getPage = () => {
      throw new TypeError('not today');
    };
    const {list, told} = await errors(source);
    expect(told).to.deep.equal(['page unknown']);
    expect(inState(list, 'error')).to.equal(true);
    const deaf = new ManualSource();
    deaf.subscribe = () => {
      throw new TypeError('no ears');
    };
    const other = await errors(deaf);
    expect(other.told).to.deep.equal(['subscribe unknown']);
    deaf.last.give(conversations(2), true);
    await until(() => idsInView(other.list).length === 2);
  });

  it('events that are not what they say are told once, and the next good one counts', async () => {
    const source = new ManualSource();
    const {list, told} = await errors(source);
    source.last.give(conversations(1), true);
    await settle();
    for (const event of [null, 7, {type: 'nonsense'}, {type: 'upsert'}, {type: 'upsert', conversations: 3}, {type: 'remove', ids: null}]) {
      source.emit(event as never);
    }
    source.upsert(conversation('good', {orderKey: 99_999_999n}));
    await settle();
    expect(idsInView(list)).to.deep.equal(['good', 'c0']);
    expect(told.length).to.be.greaterThan(0);
    for (const text of told) expect(text).to.equal('data invalid-data');
  });

  it('sources and arrays that are none are told', async () => {
    for (const source of [7, 'x', {}, {getPage: 7}, {getPage: async () => ({conversations: [], done: true})}]) {
      const {told} = await errors(source);
      expect(told.length, JSON.stringify(source)).to.be.greaterThan(0);
    }
    const told: string[] = [];
    const list = await mount({before: (element) => element.addEventListener('im-error', ({error}) => told.push(error.code))});
    list.conversations = 'mine' as never;
    expect(told).to.deep.equal(['invalid-argument']);
  });

  it('a source that answers after it was replaced has no effect', async () => {
    const source = new ManualSource();
    const {list, told} = await errors(source);
    list.source = null;
    await settle();
    source.last.give(conversations(3), true);
    source.upsert(conversation('late'));
    await settle();
    expect(list.snapshot?.rows.length).to.equal(0);
    expect(told).to.deep.equal([]);
  });
});
