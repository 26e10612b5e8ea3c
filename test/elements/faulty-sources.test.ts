import {expect} from '@open-wc/testing';
import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationSource} from '../../src/model/source.js';
import type {ConversationStore} from '../../src/store/conversation-store.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversation, conversations} from './support/conversations.js';
import {box, inState, part, settle, until} from './support/list-page.js';
import {listen} from './support/listen.js';
import {ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView} from './support/rows.js';

/** A source out of parts of any kind. */
const broken = (parts: object): ConversationSource => Object.assign(new ManualSource(), parts);

describe('faulty sources', () => {
  describe('a page', () => {
    for (const [name, page] of Object.entries({
      undefined: undefined,
      null: null,
      'a string': 'page',
      'an array itself': conversations(3),
      'without conversations': {done: true},
      'with an object for an array': {conversations: {length: 1, 0: conversation('a')}, done: true},
    })) {
      it(`${name} is told as invalid data, and can be asked for again`, async () => {
        const source = new ManualSource();
        const {list, errors} = await listen(source);
        source.last.giveRaw(page);
        await settle();
        expect(errors).to.deep.equal(['page invalid-data']);
        expect(inState(list, 'error')).to.equal(true);
        part(list, 'retry')?.click();
        await settle();
        source.last.give(conversations(3), true);
        await settle();
        expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
      });
    }

    it('keeps its good conversations where others are none', async () => {
      const source = new ManualSource();
      const {list, errors} = await listen(source);
      const garbage = [null, undefined, 7, 'x', [], {}, {...conversation(''), id: ''}, {...conversation('x'), id: 5}];
      source.last.give([conversation('a'), ...garbage, conversation('b')] as Conversation[], true);
      await settle();
      expect(idsInView(list)).to.deep.equal(['a', 'b']);
      expect(errors.length).to.be.greaterThan(0);
      expect(new Set(errors)).to.deep.equal(new Set(['data invalid-data']));
      expectWhole(list);
    });

    it('that comes twice, or after an error, counts once', async () => {
      const source = new ManualSource();
      const {list, errors} = await listen(source);
      source.last.give(conversations(2), true);
      source.last.give(conversations(5), true);
      source.last.fail(new Error('late'));
      await settle();
      expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
      expect(errors).to.deep.equal([]);
    });

    it('that comes after the list has gone has no effect', async () => {
      const source = new ManualSource();
      const {list, errors} = await listen(source);
      list.remove();
      await settle();
      source.last.give(conversations(5), true);
      source.last.fail(new Error('late'));
      await settle();
      expect(list.snapshot?.rows.length).to.equal(0);
      expect(errors).to.deep.equal([]);
    });

    it('with a cursor that was there before ends in an error, not in a loop', async () => {
      for (const length of [1, 2, 5]) {
        const source = new ManualSource();
        const {list, errors} = await listen(source);
        for (let i = 0; i < 12 && errors.length === 0; i++) {
          source.last.give(conversations(1, () => ({})).map((c) => ({...c, id: `${c.id}-${i}`})), false, `at ${i % length}`);
          await settle();
        }
        expect(errors, `cycle of ${length}`).to.deep.equal(['page cursor-cycle']);
        expect(source.requests.length).to.equal(length + 1);
        expect(inState(list, 'page-failed')).to.equal(true);
        await settle();
        expect(source.requests.length).to.equal(length + 1);
        list.remove();
      }
    });
  });

  describe('a source', () => {
    const boom = () => {
      throw new Error('boom');
    };

    it('that throws in getPage at once is told, and can be asked again', async () => {
      const {list, errors} = await listen(broken({getPage: boom}));
      expect(errors).to.deep.equal(['page unknown']);
      expect(inState(list, 'error')).to.equal(true);
    });

    it('that throws in subscribe still gives its pages', async () => {
      const source = Object.assign(new ManualSource(), {subscribe: boom});
      const {list, errors} = await listen(source);
      expect(errors).to.deep.equal(['subscribe unknown']);
      source.last.give(conversations(2), true);
      await settle();
      expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
      list.remove();
      await settle();
    });

    it('that gives no function to unsubscribe is told', async () => {
      const {list, errors} = await listen(broken({subscribe: () => 'no function'}));
      expect(errors).to.deep.equal(['subscribe invalid-data']);
      list.remove();
      await settle();
    });

    it('that throws when it is left is reported, and the list goes on', async () => {
      const source = broken({subscribe: () => boom});
      const problems = await captureProblems(async () => {
        const {list} = await listen(source);
        list.source = new ManualSource();
        await settle();
        (list.source as ManualSource).last.give(conversations(2), true);
        await settle();
        expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
      });
      expect(problems.map(({message: text}) => text).join()).to.contain('boom');
      expect(problems.length).to.equal(1);
    });

    it('that is no source at all is told', async () => {
      for (const nonsense of [7, 'text', {}, [], () => 1]) {
        const {list, errors} = await listen(nonsense as never);
        expect(errors, typeof nonsense).to.include('subscribe unknown');
        expect(inState(list, 'error'), typeof nonsense).to.equal(true);
        list.remove();
        await settle();
      }
    });

    it('without capabilities gives its pages', async () => {
      const source = broken({capabilities: undefined}) as unknown as ManualSource;
      const {list} = await listen(source);
      source.last.give(conversations(2), true);
      await settle();
      expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    });

    it('whose unread total fails is told, and the list goes on', async () => {
      const source = broken({getTotalUnread: boom}) as unknown as ManualSource;
      const {list, errors} = await listen(source);
      source.last.give(conversations(2), true);
      await settle();
      expect(errors).to.deep.equal(['unread unknown']);
      expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    });

    it('that rejects with anything shows an error', async () => {
      for (const reason of [undefined, null, 0, '', Symbol('s'), {message: 5}, Object.create(null)]) {
        const source = new ManualSource();
        const {list, errors} = await listen(source);
        source.last.fail(reason);
        await settle();
        expect(errors).to.deep.equal(['page unknown']);
        expect(inState(list, 'error')).to.equal(true);
        list.remove();
      }
    });
  });

  it('a source that never answers is told as lost, and can be asked again', async () => {
    const source = new ManualSource();
    const errors: string[] = [];
    const provider = document.createElement('im-conversation-provider');
    const list = document.createElement('im-conversation-list');
    list.addEventListener('im-error', ({error, origin}) => errors.push(`${origin} ${error.code}`));
    provider.source = source;
    (provider.store as ConversationStore).pageTimeout = 60;
    provider.append(list);
    box().append(provider);
    await until(() => errors.length > 0);
    await settle();
    expect(errors).to.deep.equal(['page timeout']);
    expect(source.last.signal?.aborted).to.equal(true);
    expect(inState(list, 'error')).to.equal(true);
    source.last.give(conversations(9), true);
    await settle();
    expect(inState(list, 'error')).to.equal(true);
    // The answer to the next request is the test's to give, however long the frames until then take.
    (provider.store as ConversationStore).pageTimeout = 60_000;
    part(list, 'retry')?.click();
    await settle();
    source.last.give(conversations(2), true);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
  });

  it('events of unknown or broken kinds are told, and the list goes on', async () => {
    const source = new ManualSource();
    const {list, errors} = await listen(source);
    source.last.give(conversations(3), true);
    await settle();
    const events = [
      ...[null, undefined, 7, {}, {type: 'dance'}, {type: 'upsert'}, {type: 'upsert', conversations: [null]}, {type: 'remove'}],
      ...[{type: 'connection', state: 'odd'}, {type: 'unread', total: 'many'}, {type: 'groups'}, {type: 'snapshot'}],
    ];
    for (const event of events) {
      source.emit(event as never);
      await settle();
    }
    source.upsert(conversation('late', {orderKey: 1n}));
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2', 'late']);
    expect(errors.length).to.be.greaterThan(0);
    expect(new Set(errors)).to.deep.equal(new Set(['data invalid-data']));
    expect(['syncing', 'failed', 'offline'].filter((state) => inState(list, state))).to.deep.equal([]);
  });
});
