import {expect} from '@open-wc/testing';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, ids} from './support/conversations.js';
import {grid, inState, mount, settle} from './support/list-page.js';
import {expectWhole, idsInView, rowOf} from './support/rows.js';

describe('the conversations property', () => {
  it('shows the array, sorted, each conversation once', async () => {
    const people = conversations(5);
    const list = await mount({conversations: [...people.slice(2), ...people.slice(0, 3)]});
    expect(idsInView(list)).to.deep.equal(ids(0, 5));
    expect(list.conversations?.length).to.equal(6);
    expect(inState(list, 'end')).to.equal(true);
  });

  it('set anew shows what differs, and tells it', async () => {
    const people = conversations(5);
    const told: unknown[] = [];
    const list = await mount({conversations: people});
    list.addEventListener('im-conversations-change', ({added, changed, removed}) => told.push({added, changed, removed}));
    const [c0, , ...rest] = people;
    list.conversations = [{...c0!, title: 'New'}, ...rest, conversation('x', {orderKey: 1n})];
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c2', 'c3', 'c4', 'x']);
    expect(rowOf(list, 'c0').title).to.equal('New');
    expect(told).to.deep.equal([{added: ['x'], changed: ['c0'], removed: ['c1']}]);
  });

  it('keeps the place in the list', async () => {
    let people = conversations(300);
    const list = await mount({conversations: people});
    grid(list).scrollTop = 50 * 64 + 9;
    await settle();
    const {top} = rowOf(list, 'c52');
    for (let i = 0; i < 5; i++) {
      people = [conversation(`n${i}`, {orderKey: BigInt(30_000_000 + i)}), ...people];
      list.conversations = people;
      await settle();
      expect(rowOf(list, 'c52').top).to.equal(top);
    }
    expectWhole(list);
  });

  it('of equal copies tells and changes nothing', async () => {
    const people = conversations(50);
    const list = await mount({conversations: people});
    let told = 0;
    let writes = 0;
    list.addEventListener('im-conversations-change', () => told++);
    const observer = new MutationObserver((records) => (writes += records.length));
    observer.observe(list.shadowRoot as ShadowRoot, {subtree: true, childList: true, attributes: true, characterData: true});
    for (let i = 0; i < 3; i++) {
      list.conversations = structuredClone(people);
      await settle();
    }
    observer.disconnect();
    expect([told, writes]).to.deep.equal([0, 0]);
  });

  it('knows the unread total of its own', async () => {
    const totals: number[] = [];
    const list = await mount({
      conversations: conversations(3, () => ({unreadCount: 2})),
      before: (l) => l.addEventListener('im-unread-change', ({total}) => totals.push(total)),
    });
    list.conversations = conversations(2, () => ({unreadCount: 2}));
    await settle();
    expect(totals).to.deep.equal([6, 4]);
  });

  it('gives way to a source, and takes over from one', async () => {
    const source = new MemorySource({conversations: [conversation('of the source')]});
    const list = await mount({conversations: conversations(2)});
    list.source = source;
    await settle();
    expect(idsInView(list)).to.deep.equal(['of the source']);
    expect(source.listenerCount).to.equal(1);
    list.conversations = conversations(1);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0']);
    expect(source.listenerCount).to.equal(0);
    expect(list.source).to.equal(undefined);
  });

  it('and the source are each left alone by the other’s undefined, as frameworks set both', async () => {
    const list = await mount();
    Object.assign(list, {conversations: conversations(2), source: undefined});
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    Object.assign(list, {conversations: conversations(3), source: undefined});
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    const source = new MemorySource({conversations: [conversation('s')]});
    Object.assign(list, {source, conversations: undefined});
    await settle();
    expect(idsInView(list)).to.deep.equal(['s']);
    Object.assign(list, {conversations: undefined, source});
    await settle();
    expect(idsInView(list)).to.deep.equal(['s']);
    expect(list.source).to.equal(source);
  });

  it('set to undefined shows nothing any more', async () => {
    const list = await mount({conversations: conversations(2)});
    list.conversations = undefined;
    await settle();
    expect(idsInView(list)).to.deep.equal([]);
    list.conversations = conversations(3);
    await settle();
    expect(idsInView(list)).to.deep.equal(ids(0, 3));
  });

  it('that is no array is told, and what was shown stays', async () => {
    const errors: string[] = [];
    const list = await mount({conversations: conversations(2)});
    list.addEventListener('im-error', ({error, origin}: ImErrorEvent) => errors.push(`${origin} ${error.code}`));
    for (const wrong of [{length: 2}, 'abc', 7, new Set(conversations(1)), () => []]) {
      list.conversations = wrong as never;
      await settle();
    }
    expect(errors).to.deep.equal(Array.from({length: 5}, () => 'data invalid-argument'));
    expect(idsInView(list)).to.deep.equal(['c0', 'c1']);
    list.conversations = conversations(1);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0']);
  });

  it('that is null is none, as frameworks have it before their data', async () => {
    const errors: unknown[] = [];
    const list = await mount();
    list.addEventListener('im-error', (event) => errors.push(event));
    list.conversations = null as never;
    await settle();
    expect(errors).to.deep.equal([]);
    list.conversations = conversations(1);
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0']);
  });
});
