import {aTimeout, expect} from '@open-wc/testing';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations} from './support/conversations.js';
import {grid, inState, mount, settle} from './support/list-page.js';
import {ArrayPages, ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView} from './support/rows.js';

describe('a list given another source', () => {
  it('shows that one’s conversations only, and lets the first one go', async () => {
    const a = new ManualSource();
    const b = new ManualSource();
    const list = await mount({source: a});
    const first = a.last;
    list.source = b;
    expect([a.listenerCount, b.listenerCount]).to.deep.equal([0, 1]);
    await settle();
    expect(first.signal?.aborted).to.equal(true);
    first.give([conversation('of a')], true);
    b.last.give([conversation('of b')], true);
    await settle();
    expect(idsInView(list)).to.deep.equal(['of b']);
    list.source = a;
    await settle();
    expect(idsInView(list)).to.deep.equal([]);
    expect(inState(list, 'loading')).to.equal(true);
    a.last.give([conversation('of a again')], true);
    b.upsert(conversation('late'));
    await settle();
    expect(idsInView(list)).to.deep.equal(['of a again']);
    expect([a.listenerCount, b.listenerCount]).to.deep.equal([1, 0]);
  });

  it('begins at the top', async () => {
    const list = await mount({source: new ArrayPages(conversations(300))});
    grid(list).scrollTop = 1500;
    await settle();
    list.source = new ArrayPages(conversations(300).map((c) => ({...c, id: `b-${c.id}`})));
    await settle();
    expect(idsInView(list)[0]).to.equal('b-c0');
    expect(grid(list).scrollTop).to.equal(0);
    expectWhole(list);
  });

  it('back and forth 200 times shows the last one’s', async () => {
    const sources = ['a', 'b'].map(
      (name) => new MemorySource({conversations: [conversation(name)], latencyMs: () => (name === 'a' ? 3 : 0)}),
    );
    const list = await mount();
    for (let i = 0; i < 200; i++) {
      list.source = sources[i % 2];
      if (i % 7 === 0) await aTimeout(i % 5);
    }
    await settle();
    expect(idsInView(list)).to.deep.equal(['b']);
    expect(sources.map(({listenerCount}) => listenerCount)).to.deep.equal([0, 1]);
  });

  it('null midway empties the list and ends the request', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.last.give(conversations(50));
    await settle();
    void list.loadMore();
    await settle();
    list.source = null;
    await settle();
    expect(source.last.signal?.aborted).to.equal(true);
    expect(source.listenerCount).to.equal(0);
    expect(drawn(list)).to.deep.equal([]);
    expect(inState(list, 'empty')).to.equal(true);
    source.last.give(conversations(60), true);
    await settle();
    expect(drawn(list)).to.deep.equal([]);
  });
});
