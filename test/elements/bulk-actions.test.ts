import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImBulkActionEvent} from '../../src/events/bulk-action-event.js';
import {SourceError} from '../../src/model/errors.js';
import type {OpName, OpOptions, OpResult} from '../../src/model/source.js';
import {PendingChanges} from '../../src/store/pending-changes.js';
import {conversations, ids} from './support/conversations.js';
import {buttons} from './support/hands.js';
import {mount, part, settle, textOf, until} from './support/list-page.js';
import {ArrayPages} from './support/manual-source.js';
import {idsInView} from './support/rows.js';

/** A source that notes its calls, and refuses some ids. */
class Bulk extends ArrayPages {
  readonly calls: string[] = [];
  refused = new Set<string>();
  broken = false;

  constructor(batch?: number, ops: readonly OpName[] = ['markRead', 'delete', 'pin']) {
    super(conversations(12, () => ({unreadCount: 1})), {ops: new Set(ops), ...(batch !== undefined && {limits: {batch}})});
  }

  async markRead(some: readonly string[] | 'all', _options?: OpOptions): Promise<readonly OpResult[]> {
    return this.#answer('read', some === 'all' ? [] : some);
  }

  async delete(some: readonly string[]): Promise<readonly OpResult[]> {
    return this.#answer('delete', some);
  }

  async setPinned(id: string): Promise<void> {
    const [result] = this.#answer('pin', [id]);
    if (result?.error !== undefined) throw result.error;
  }

  #answer(what: string, some: readonly string[]): OpResult[] {
    this.calls.push(`${what} ${some.join(' ')}`);
    if (this.broken) throw new SourceError('network', 'No route');
    return some.map((id) => (this.refused.has(id) ? {id, error: new SourceError('forbidden', 'Not yours')} : {id}));
  }
}

interface Started {
  readonly source: Bulk;
  readonly list: ImConversationList;
  readonly told: string[];
  readonly events: ImBulkActionEvent[];
}

async function start(batch?: number, ops?: readonly OpName[]): Promise<Started> {
  const source = new Bulk(batch, ops);
  const told: string[] = [];
  const events: ImBulkActionEvent[] = [];
  const list = await mount({
    source,
    attributes: {selection: 'multiple', lang: 'en'},
    before: (l) => {
      l.addEventListener('im-error', ({error, origin}) => told.push(`${origin} ${error.code}`));
      l.addEventListener('im-conversation-action', () => told.push('im-conversation-action'));
      l.addEventListener('im-bulk-result', ({results}) => told.push(results.map(({id, error}) => id + (error ? '!' : '')).join(' ')));
    },
  });
  list.parentElement?.addEventListener('im-bulk-action', (event) => events.push(event));
  return {source, list, told, events};
}

describe('an action on several', () => {
  it('raises one event, which can be cancelled, and calls the source once', async () => {
    const {source, list, told, events} = await start();
    const results = await list.performActions(ids(0, 3), {name: 'mark-read'});
    expect(results).to.deep.equal([{id: 'c0'}, {id: 'c1'}, {id: 'c2'}]);
    expect(source.calls).to.deep.equal(['read c0 c1 c2']);
    expect(events.length).to.equal(1);
    expect(events[0]?.conversations.map(({id}) => id)).to.deep.equal(ids(0, 3));
    expect(events[0]?.action).to.deep.equal({name: 'mark-read'});
    expect(told).to.deep.equal(['c0 c1 c2']);
    list.addEventListener('im-bulk-action', (event) => event.preventDefault());
    expect(await list.performActions(ids(0, 3), {name: 'delete'})).to.deep.equal([]);
    expect(source.calls.length).to.equal(1);
  });

  it('asks for no more at a time than the source takes', async () => {
    const {source, list} = await start(5);
    const results = await list.performActions(ids(0, 12), {name: 'delete'});
    expect(source.calls).to.deep.equal(['delete c0 c1 c2 c3 c4', 'delete c5 c6 c7 c8 c9', 'delete c10 c11']);
    expect(results.length).to.equal(12);
  });

  for (const batch of [0, -1, NaN, Infinity, 'x' as never, null as never]) {
    it(`takes a limit of ${String(batch)} for none`, async () => {
      const {source, list} = await start(batch);
      await list.performActions(ids(0, 3), {name: 'mark-read'});
      expect(source.calls).to.deep.equal(['read c0 c1 c2']);
    });
  }

  it('calls for each where the source has no call for several', async () => {
    const {source, list} = await start();
    source.refused.add('c1');
    const results = await list.performActions(ids(0, 6), {name: 'pin', pinned: true});
    expect(source.calls).to.have.members(ids(0, 6).map((id) => `pin ${id}`));
    expect(results.map(({id, error}) => id + (error?.code ?? ''))).to.deep.equal(['c0', 'c1forbidden', 'c2', 'c3', 'c4', 'c5']);
  });

  it('tells what failed, one by one, and in the list; what failed stays selected and can be tried again', async () => {
    const {source, list, told} = await start();
    source.refused = new Set(['c1', 'c3']);
    list.selectedIds = ids(0, 5);
    await until(() => buttons(list).has('mark-read'));
    buttons(list).get('mark-read')?.click();
    await until(() => textOf(part(list, 'selection-text')) === '2 of 5 failed');
    expect(told).to.deep.equal(['c0 c1! c2 c3! c4', 'action forbidden']);
    expect(list.selectedIds).to.deep.equal(['c1', 'c3']);
    source.refused.clear();
    buttons(list).get('retry')?.click();
    await until(() => part(list, 'selection') === undefined);
    expect(source.calls.at(-1)).to.equal('read c1 c3');
    expect(list.selectedIds).to.deep.equal([]);
  });

  it('leaves alone what is selected while it is on its way', async () => {
    const {source, list} = await start();
    source.refused = new Set(['c1']);
    let answer = (): void => undefined;
    const {markRead} = Bulk.prototype;
    source.markRead = async function (this: Bulk, some) {
      await new Promise<void>((done) => (answer = done));
      return markRead.call(this, some);
    };
    list.selectedIds = ids(0, 3);
    await until(() => buttons(list).has('mark-read'));
    buttons(list).get('mark-read')?.click();
    list.selectedIds = [...ids(0, 3), 'c7'];
    answer();
    await until(() => buttons(list).has('retry'));
    expect(list.selectedIds).to.deep.equal(['c1', 'c7']);
    source.refused.clear();
    buttons(list).get('retry')?.click();
    await settle();
    answer();
    await until(() => list.selectedIds.length === 1);
    expect(list.selectedIds).to.deep.equal(['c7']);
    expect(buttons(list).has('mark-read'), 'the message has gone').to.equal(true);
  });

  for (const batch of [undefined, 2]) {
    it(`is shown as done at once, in calls for ${batch ?? 'all'}; what fails is as it was again`, async () => {
      const {source, list} = await start(batch);
      source.refused.add('c1');
      const answers: (() => void)[] = [];
      source.delete = async function (this: Bulk, some) {
        await new Promise<void>((done) => answers.push(done));
        return Bulk.prototype.delete.call(this, some);
      };
      const whole = ids(0, 12);
      const done = list.performActions(ids(0, 5), {name: 'delete'});
      await until(() => list.snapshot?.rows.length === 7);
      expect(idsInView(list)).to.deep.equal(ids(5, 12));
      while (source.calls.length < Math.ceil(5 / (batch ?? 5))) {
        answers.shift()?.();
        await settle();
      }
      await done;
      await until(() => list.snapshot?.rows.length === 8);
      expect(idsInView(list)).to.deep.equal(whole.filter((id) => id === 'c1' || !ids(0, 5).includes(id)));
    });
  }

  it('fails in the rows that have no answer in time, and tells the source', async () => {
    const {of} = PendingChanges;
    PendingChanges.of = (store) => Object.assign(of.call(PendingChanges, store), {timeoutMs: 50});
    try {
      const {source, list} = await start();
      const signals: (AbortSignal | undefined)[] = [];
      source.markRead = async (_some, options) => {
        signals.push(options?.signal);
        return new Promise(() => undefined);
      };
      const results = await list.performActions(ids(0, 2), {name: 'mark-read'});
      expect(results.map(({error}) => error?.code)).to.deep.equal(['timeout', 'timeout']);
      expect(signals.map((signal) => signal?.aborted)).to.deep.equal([true]);
      expect(list.snapshot?.rows.get('c0')?.unreadCount).to.equal(1);
    } finally {
      PendingChanges.of = of;
    }
  });

  it('that the app asks for shows what failed too, and lets it go', async () => {
    const {source, list} = await start();
    source.broken = true;
    list.selection = 'single';
    const results = await list.performActions(ids(0, 4), {name: 'delete'});
    expect(results.every(({error}) => error?.code === 'network')).to.equal(true);
    await settle();
    expect(textOf(part(list, 'selection-text'))).to.equal('4 of 4 failed');
    buttons(list).get('dismiss')?.click();
    await settle();
    expect(part(list, 'selection')).to.equal(undefined);
  });

  it('on what the list does not have fails for that alone', async () => {
    const {source, list} = await start();
    const results = await list.performActions(['c0', 'nobody', 'c0'], {name: 'mark-read'});
    expect(results.map(({id, error}) => id + (error?.code ?? ''))).to.deep.equal(['c0', 'nobodynot-found']);
    expect(source.calls).to.deep.equal(['read c0']);
  });

  it('that the source has no call for fails for each', async () => {
    const {list} = await start();
    for (const name of ['mark-unread', 'clear-history', 'nonsense'] as never[]) {
      const results = await list.performActions(['c0', 'c1'], {name});
      expect(results.map(({error}) => error?.code)).to.deep.equal(['unsupported', 'unsupported']);
    }
  });

  it('of the app’s own is told, and the source is not called', async () => {
    const {source, list, told, events} = await start();
    expect(await list.performActions(['c0', 'c1'], {name: 'app:archive'})).to.deep.equal([]);
    expect(events.map(({action}) => action.name)).to.deep.equal(['app:archive']);
    expect([source.calls, told]).to.deep.equal([[], []]);
  });

  for (const answer of [undefined, null, 7, 'x', [null], [{}], {then: 7}]) {
    it(`survives the answer ${JSON.stringify(answer)}`, async () => {
      const {source, list} = await start();
      source.markRead = (async () => answer) as never;
      const results = await list.performActions(['c0', 'c1'], {name: 'mark-read'});
      expect(results.map(({id}) => id)).to.deep.equal(['c0', 'c1']);
    });
  }

  it('does nothing in a list that is not connected', async () => {
    const {source, list} = await start();
    list.remove();
    expect(await list.performActions(['c0'], {name: 'delete'})).to.deep.equal([]);
    expect(source.calls).to.deep.equal([]);
  });

  it('offers only what the source can do', async () => {
    const {list} = await start(undefined, ['markRead', 'pin']);
    list.selectedIds = ['c0'];
    await until(() => buttons(list).has('select-all'));
    expect([...buttons(list).keys()]).to.deep.equal(['select-all', 'mark-read', 'pin', 'clear-selection']);
  });
});
