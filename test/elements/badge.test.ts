import {expect} from '@open-wc/testing';
import '../../src/define.js';
import type {ImUnreadBadge} from '../../src/elements/im-unread-badge.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations} from './support/conversations.js';
import {box, inState, settle} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';

async function mountBadge(set: Partial<ImUnreadBadge> = {}): Promise<ImUnreadBadge> {
  const badge = Object.assign(document.createElement('im-unread-badge'), set);
  box().append(badge);
  await settle();
  return badge;
}

const shown = (badge: ImUnreadBadge) => badge.shadowRoot?.querySelector<HTMLElement>('[part="badge"]')?.innerText ?? '';

describe('the unread badge', () => {
  it('shows the source’s total, and nothing at zero or while it is not known', async () => {
    const source = new ManualSource();
    const badge = await mountBadge({source});
    expect([shown(badge), badge.total, inState(badge, 'zero')]).to.deep.equal(['', undefined, true]);
    for (const [total, text] of [
      [3, '3'],
      [99, '99'],
      [100, '99+'],
      [0, ''],
    ] as const) {
      source.emit({type: 'unread', total});
      await settle();
      expect([shown(badge), badge.total, inState(badge, 'zero')]).to.deep.equal([text, total, total === 0]);
    }
  });

  it('never adds rows up', async () => {
    const source = new ManualSource();
    const badge = await mountBadge({source});
    source.upsert(...conversations(3, () => ({unreadCount: 3})));
    await settle();
    expect(shown(badge)).to.equal('');
  });

  it('loads no page: it shows no rows', async () => {
    const source = new ManualSource();
    await mountBadge({source});
    expect(source.requests.length).to.equal(0);
  });

  it('has a cap of its own, and survives one that is none', async () => {
    const badge = await mountBadge({source: new MemorySource({conversations: conversations(1, () => ({unreadCount: 500}))})});
    badge.setAttribute('max', '999');
    await settle();
    expect(shown(badge)).to.equal('500');
    for (const garbage of ['', 'x', '-5', '0']) {
      badge.setAttribute('max', garbage);
      await settle();
      expect(shown(badge), garbage).to.equal('99+');
    }
  });

  it('is spoken in full, in the app’s words too, and has no fault', async () => {
    const badge = await mountBadge({source: new MemorySource({conversations: conversations(1, () => ({unreadCount: 500}))})});
    const spoken = () => badge.shadowRoot?.querySelector('[part="badge"]')?.getAttribute('aria-label');
    expect(spoken()).to.equal('500 unread messages in all');
    badge.strings = {totalUnread: (n) => `${n} neu`};
    await settle();
    expect(spoken()).to.equal('500 neu');
    await expect(badge).to.be.accessible();
  });

  it('tells a change of the total, once each', async () => {
    const source = new ManualSource();
    const totals: number[] = [];
    const badge = await mountBadge();
    badge.addEventListener('im-unread-change', ({total}) => totals.push(total));
    badge.source = source;
    for (const total of [5, 5, 6]) source.emit({type: 'unread', total});
    await settle();
    source.emit({type: 'unread', total: 0});
    await settle();
    expect(totals).to.deep.equal([6, 0]);
  });

  it('lets its source go', async () => {
    const source = new MemorySource();
    const badge = await mountBadge({source});
    expect(source.listenerCount).to.equal(1);
    badge.remove();
    await settle();
    expect(source.listenerCount).to.equal(0);
  });
});
