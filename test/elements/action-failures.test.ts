import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {MemorySource} from '../../src/sources/memory.js';
import {PendingChanges} from '../../src/store/pending-changes.js';
import {conversations, topKey} from './support/conversations.js';
import {focused, mount, part, settle, textOf, until} from './support/list-page.js';
import {itemsOf} from './support/menus.js';
import {drawn, expectWhole, idsInView, rowOf} from './support/rows.js';

interface Held {
  readonly list: ImConversationList;
  readonly source: MemorySource;
  readonly errors: string[];
  readonly calls: string[];
  /** Answers the oldest call. */
  succeed(): Promise<void>;
  fail(message?: string): Promise<void>;
}

/** A source whose actions are answered by the test, and whose answers change nothing by themselves. */
async function held(attributes: Readonly<Record<string, string>> = {}): Promise<Held> {
  const source = new MemorySource({conversations: conversations(20, () => ({unreadCount: 2}))});
  const waiting: {resolve: () => void; reject: (error: unknown) => void}[] = [];
  const calls: string[] = [];
  const errors: string[] = [];
  const call = (name: string) => (id: string) => {
    calls.push(`${name} ${String(id)}`);
    return new Promise<void>((resolve, reject) => waiting.push({resolve, reject}));
  };
  Object.assign(source, {setPinned: call('pin'), delete: call('delete'), setHidden: call('hide'), markRead: call('read')});
  const list = await mount({source, attributes, before: (l) => l.addEventListener('im-error', ({error, origin}) => errors.push(`${origin} ${error.code}`))});
  const succeed = async () => (waiting.shift()?.resolve(), settle());
  const fail = async (message = 'no') => (waiting.shift()?.reject(new SourceError('server', message)), settle());
  return {list, source, errors, calls, succeed, fail};
}

const notice = (list: ImConversationList) => textOf(part(list, 'notice'));

describe('an action', () => {
  it('shows at once, and stays when the source has done it', async () => {
    const {list, calls, succeed, errors} = await held();
    const done = list.performAction('c3', {name: 'pin', pinned: true});
    await until(() => rowOf(list, 'c3').states.includes('pinned'));
    expect(idsInView(list)[3]).to.equal('c3');
    await succeed();
    expect(await done).to.equal(true);
    expect(rowOf(list, 'c3').states).to.include('pinned');
    expect([calls, errors, notice(list)]).to.deep.equal([['pin c3'], [], '']);
  });

  it('that fails is put back, told in the list, and tried again or dismissed', async () => {
    const {list, calls, fail, succeed, errors} = await held();
    const done = list.performAction('c3', {name: 'pin', pinned: true});
    await until(() => rowOf(list, 'c3').states.includes('pinned'));
    await fail('Too many\u202e pins');
    expect(await done).to.equal(false);
    await until(() => !rowOf(list, 'c3').states.includes('pinned'));
    expect(notice(list)).to.equal('Name of c3 “Pin” failed Too many pins Try again');
    expect(part(list, 'notices')?.getAttribute('role')).to.equal('alert');
    expect(errors).to.deep.equal(['action server']);
    await expect(list).to.be.accessible();
    part(list, 'retry')?.click();
    await until(() => rowOf(list, 'c3').states.includes('pinned'));
    expect([calls, notice(list)]).to.deep.equal([['pin c3', 'pin c3'], '']);
    await fail();
    await until(() => notice(list) !== '');
    part(list, 'dismiss')?.click();
    await until(() => notice(list) === '');
    await succeed();
    expect(rowOf(list, 'c3').states).not.to.include('pinned');
  });

  for (const action of [{name: 'delete'}, {name: 'hide', hidden: true}] as const) {
    it(`${action.name} takes the row away at once, under a pointer too, and puts it back after a failure`, async () => {
      const {list, fail} = await held();
      list.focus();
      await sendKeys({press: 'ArrowDown'});
      const done = list.performAction('c1', action);
      await until(() => !drawn(list).some(({id}) => id === 'c1'));
      expectWhole(list);
      await until(() => focused() === rowOf(list, 'c2').element);
      await fail();
      await done;
      await until(() => idsInView(list)[1] === 'c1');
      expectWhole(list);
      expect(notice(list)).to.contain('failed');
    });
  }

  it('leaves a filter at once, and comes back into it after a failure', async () => {
    const {list, fail} = await held({unread: ''});
    void list.performAction('c2', {name: 'mark-read'});
    await until(() => !idsInView(list).includes('c2'));
    await fail();
    await until(() => idsInView(list)[2] === 'c2');
  });

  it('is overruled by what the source tells meanwhile', async () => {
    const {list, source, fail} = await held();
    void list.performAction('c2', {name: 'mark-read'});
    await until(() => rowOf(list, 'c2').badge === '');
    source.upsert([{...source.get('c2'), unreadCount: 5, orderKey: topKey()} as never]);
    await until(() => rowOf(list, 'c2').badge === '5');
    await fail();
    await until(() => idsInView(list)[0] === 'c2');
    expect(rowOf(list, 'c2').badge).to.equal('5');
  });

  it('that is never answered is given up after its time, and the row put back', async () => {
    const {of} = PendingChanges;
    PendingChanges.of = (store) => Object.assign(of.call(PendingChanges, store), {timeoutMs: 50});
    try {
      const {list, errors} = await held();
      expect(await list.performAction('c1', {name: 'delete'})).to.equal(false);
      await until(() => idsInView(list)[1] === 'c1');
      expect(errors).to.deep.equal(['action timeout']);
    } finally {
      PendingChanges.of = of;
    }
  });

  it('that ends when the list has gone tells nobody, and throws nothing', async () => {
    const {list, fail, errors} = await held();
    const done = list.performAction('c1', {name: 'delete'});
    await until(() => !idsInView(list).includes('c1'));
    list.remove();
    await settle();
    await fail();
    expect(await done).to.equal(false);
    expect(errors).to.deep.equal([]);
    expect(await list.performAction('c1', {name: 'delete'})).to.equal(false);
  });

  it('twice over ends as it was asked last', async () => {
    const {list, succeed, calls} = await held();
    void list.performAction('c1', {name: 'pin', pinned: true});
    void list.performAction('c1', {name: 'pin', pinned: false});
    await settle();
    await succeed();
    await succeed();
    expect(calls).to.deep.equal(['pin c1', 'pin c1']);
    expect(rowOf(list, 'c1').states).not.to.include('pinned');
  });

  it('of the menu does nothing where the app cancels it', async () => {
    const {list, calls} = await held();
    list.addEventListener('im-conversation-action', (event) => event.preventDefault());
    list.focus();
    await sendKeys({press: 'Shift+F10'});
    await until(() => itemsOf(list).length > 0);
    await sendKeys({press: 'Enter'});
    await settle();
    expect(calls).to.deep.equal([]);
    expect(rowOf(list, 'c0').states).not.to.include('pinned');
  });
});
