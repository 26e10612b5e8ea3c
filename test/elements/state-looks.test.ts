import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {conversations} from './support/conversations.js';
import {grid, inState, mount, part, settle, textOf} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {expectWhole, idsInView, inView} from './support/rows.js';

const STATES = [
  ...['loading', 'empty', 'filtered', 'error', 'page-failed', 'paused', 'end', 'syncing', 'failed', 'offline'],
] as const;

const statesOf = (list: ImConversationList) => STATES.filter((state) => inState(list, state));

/** A list with 30 rows and no more to come. */
async function full(): Promise<{source: ManualSource; list: ImConversationList}> {
  const source = new ManualSource();
  const list = await mount({source});
  source.last.give(conversations(30), true);
  await settle();
  return {source, list};
}

describe('states', () => {
  it('before the first page: a skeleton, and no empty panel', async () => {
    const list = await mount({source: new ManualSource()});
    expect(statesOf(list)).to.deep.equal(['loading']);
    const ghosts = [...(list.shadowRoot?.querySelectorAll('[part="ghost"]') ?? [])];
    expect(ghosts.length).to.be.greaterThan(5);
    const box = (ghosts[0] as Element).getBoundingClientRect();
    expect(box.height).to.equal(64);
    expect(part(list, 'skeleton')?.getAttribute('aria-label')).to.equal('Loading conversations');
    expect(grid(list).getAttribute('aria-busy')).to.equal('true');
  });

  it('before the first page only: the skeleton never comes back for rows', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.last.give(conversations(50));
    await settle();
    void list.refresh();
    await settle();
    expect(source.requests.length).to.equal(2);
    expect(part(list, 'skeleton')).to.equal(undefined);
    expect(idsInView(list)[0]).to.equal('c0');
  });

  it('without a source: a skeleton; with none on purpose: empty', async () => {
    const list = await mount();
    expect(statesOf(list)).to.deep.equal(['loading']);
    list.source = null;
    await settle();
    expect(statesOf(list)).to.deep.equal(['empty']);
    expect(textOf(part(list, 'empty'))).to.equal('No conversations yet');
  });

  it('with rows: none but what the rows say', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.last.give(conversations(50));
    await settle();
    expect(statesOf(list)).to.deep.equal([]);
    expect(part(list, 'skeleton')).to.equal(undefined);
    expect(grid(list).getAttribute('aria-busy')).to.equal('false');
  });

  it('empty', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    source.last.give([], true);
    await settle();
    expect(statesOf(list)).to.deep.equal(['empty', 'end']);
    expect(textOf(part(list, 'empty'))).to.equal('No conversations yet');
    expect(grid(list).hasAttribute('role')).to.equal(false);
    source.upsert(...conversations(1));
    await settle();
    expect(statesOf(list)).to.deep.equal(['end']);
    source.remove('c0');
    await settle();
    expect(statesOf(list)).to.deep.equal(['empty', 'end']);
  });

  it('empty or failed with the app’s own words, in slots', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    for (const slot of ['empty', 'error', 'header', 'footer']) {
      const words = document.createElement('p');
      words.slot = slot;
      words.textContent = `my ${slot}`;
      list.append(words);
    }
    source.last.fail(new Error('x'));
    await settle();
    const visible = () => [...list.children].filter((child) => child.checkVisibility()).map(({slot}) => slot);
    expect(visible()).to.deep.equal(['error', 'header', 'footer']);
    part(list, 'retry')?.click();
    await settle();
    source.last.give([], true);
    await settle();
    expect(visible()).to.deep.equal(['empty', 'header', 'footer']);
    source.upsert(...conversations(20));
    await settle();
    expect(visible()).to.deep.equal(['header', 'footer']);
    const [, , header, footer] = list.children as unknown as [Element, Element, Element, Element];
    const frame = grid(list).getBoundingClientRect();
    expect(header.getBoundingClientRect().bottom).to.be.at.most(frame.top + 0.5);
    expect(footer.getBoundingClientRect().top).to.be.at.least(frame.bottom - 0.5);
    expectWhole(list);
  });

  describe('of syncing', () => {
    it('shows a strip while it lasts, with its progress where the source tells', async () => {
      const {source, list} = await full();
      expect(part(list, 'sync')).to.equal(undefined);
      source.emit({type: 'sync', phase: 'start'});
      await settle();
      expect(statesOf(list)).to.deep.equal(['end', 'syncing']);
      expect(textOf(part(list, 'sync-text'))).to.equal('Updating…');
      const bar = () => part(list, 'progress') as HTMLProgressElement;
      expect(bar().position).to.equal(-1);
      source.emit({type: 'sync', phase: 'progress', progress: 0.4});
      await settle();
      expect(bar().position).to.be.closeTo(0.4, 1e-6);
      source.emit({type: 'sync', phase: 'progress'});
      await settle();
      expect(bar().position).to.equal(-1);
      source.emit({type: 'sync', phase: 'finish'});
      await settle();
      expect(statesOf(list)).to.deep.equal(['end']);
      expect(part(list, 'sync')).to.equal(undefined);
    });

    it('that failed says why, and can be tried again', async () => {
      const {source, list} = await full();
      source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', 'No route\nto host')});
      await settle();
      expect(statesOf(list)).to.deep.equal(['end', 'failed']);
      expect(textOf(part(list, 'sync-text'))).to.equal('Could not update. No route to host');
      part(list, 'retry')?.click();
      await settle();
      expect(source.requests.length).to.equal(2);
      expect('cursor' in source.last).to.equal(false);
      source.emit({type: 'sync', phase: 'start'});
      await settle();
      expect(statesOf(list)).to.deep.equal(['syncing']);
    });

    it('moves no row, at any scroll position', async () => {
      const {source, list} = await full();
      for (const top of [0, 333, 1e6]) {
        grid(list).scrollTop = top;
        await settle();
        const before = inView(list).map(({id, element}) => [id, element.getBoundingClientRect().top] as const);
        for (const phase of ['start', 'fail', 'finish'] as const) {
          source.emit({type: 'sync', phase});
          await settle();
          const now = new Map(inView(list).map(({id, element}) => [id, element.getBoundingClientRect().top]));
          // Those at the lower edge may be covered by the strip.
          for (const [id, y] of before.slice(0, 5)) expect(now.get(id), `${id} at ${top} ${phase}`).to.equal(y);
        }
      }
    });

    it('is polite: the strip is a status that stays in the page', async () => {
      const {list} = await full();
      const strip = list.shadowRoot?.querySelector('[part="sync"]');
      expect(strip?.getAttribute('role')).to.equal('status');
    });
  });

  describe('of the connection', () => {
    const words = {
      connecting: 'Connecting…',
      offline: 'You are offline',
      kicked: 'Signed in on another device',
      expired: 'Your session has expired',
    } as const;
    for (const [state, text] of Object.entries(words)) {
      it(`${state} is told until it is over`, async () => {
        const {source, list} = await full();
        source.emit({type: 'connection', state: state as keyof typeof words});
        await settle();
        expect(statesOf(list)).to.deep.equal(['end', 'offline']);
        expect(textOf(part(list, 'sync-text'))).to.equal(text);
        expect(idsInView(list)[0]).to.equal('c0');
        source.emit({type: 'connection', state: 'online'});
        await settle();
        expect(statesOf(list)).to.deep.equal(['end']);
        expect(part(list, 'sync')).to.equal(undefined);
      });
    }
  });

  it('that are left leave nothing behind', async () => {
    const {source, list} = await full();
    source.emit({type: 'sync', phase: 'fail'});
    source.emit({type: 'connection', state: 'offline'});
    await settle();
    list.source = new ManualSource();
    await settle();
    expect(statesOf(list)).to.deep.equal(['loading']);
    expect(part(list, 'sync')).to.equal(undefined);
  });
});
