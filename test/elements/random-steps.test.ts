import {expect, nextFrame} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {MemorySource} from '../../src/sources/memory.js';
import {repeats} from '../setup/engine.js';
import {conversation, message, seededRandom} from './support/conversations.js';
import {grid, mount, settle, setStyle} from './support/list-page.js';
import {drawn, expectWhole, inView} from './support/rows.js';

const STEPS = repeats(200);
const SEEDS = [1, 20240515];

/** Nothing is drawn twice, and what is drawn is a run of the list, with at most the focused row apart from it. */
function expectRun(list: ImConversationList, note: string): void {
  const rows = drawn(list);
  const {snapshot} = list;
  expect(new Set(rows.map(({id}) => id)).size, `twice ${note}`).to.equal(rows.length);
  for (const {id, index} of rows) expect(snapshot?.rows.at(index)?.id, `at ${index} ${note}`).to.equal(id);
  const gaps = rows.filter(({index}, i) => i > 0 && index !== (rows[i - 1]?.index ?? 0) + 1).length;
  expect(gaps, `gaps ${note}`).to.be.at.most(1);
  expect(list.shadowRoot?.querySelectorAll('[part~="row"]').length, `elements ${note}`).to.be.at.most(120);
  expectWhole(list, note);
}

/** Waits until what the store has told is drawn: what it tells meanwhile takes another frame. */
async function quiet(list: ImConversationList): Promise<void> {
  for (let before; before !== list.snapshot; ) {
    before = list.snapshot;
    await settle();
  }
}

describe(`${STEPS} random steps`, () => {
  for (const seed of SEEDS) {
    it(`leave the rows whole at each (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const pick = (n: number) => Math.floor(random() * n);
      let made = 0;
      const fresh = (): Conversation =>
        conversation(`n${made++}`, {
          type: random() < 0.5 ? 'group' : 'direct',
          orderKey: BigInt(pick(1e6)),
          unreadCount: pick(3),
          lastMessage: message('hello'),
        });
      const source = new MemorySource({conversations: Array.from({length: 300}, fresh)});
      const some = () => {
        const all = source.all();
        return all[pick(all.length)] ?? fresh();
      };
      const list = await mount({source, pageSize: 40});
      const scroller = grid(list);
      const home = list.parentElement as HTMLElement;
      const steps: Record<string, () => unknown> = {
        grow: () => source.upsert(Array.from({length: pick(60)}, fresh)),
        shrink: () => source.remove(Array.from({length: pick(60)}, () => some().id)),
        empty: () => random() < 0.1 && source.replaceAll([]),
        reorder: () => source.upsert(Array.from({length: 20}, () => ({...some(), orderKey: BigInt(pick(1e6))}))),
        shuffle: () => source.upsert(source.all().map((c) => ({...c, orderKey: BigInt(pick(1e6))}))),
        message: () => source.receiveMessage({conversationId: some().id, text: 'x', sentAt: 1e6 + made++}),
        filter: () => (list.type = ['', 'group', 'direct'][pick(3)] as string),
        unread: () => (list.unread = random() < 0.3),
        order: () => (list.order = random() < 0.5 ? 'order-key' : 'last-message'),
        density: () => (list.density = (['default', 'comfortable', 'compact'] as const)[pick(3)]!),
        resize: () => setStyle(home, {height: `${[512, 300, 140, 590, 64][pick(5)]}px`}),
        hide: () => setStyle(home, {display: random() < 0.3 ? 'none' : 'block'}),
        scroll: () => (scroller.scrollTop += pick(4000) - 2000),
        ends: () => (scroller.scrollTop = random() < 0.5 ? 0 : 1e9),
        jump: () => void list.scrollToConversation(some().id),
        focus: () => list.focus(),
        more: () => void list.loadMore(),
        refresh: () => void list.refresh(),
        move: () => home.append(list),
        away: () => {
          list.remove();
          setTimeout(() => home.append(list), 3);
        },
        sync: () => (random() < 0.5 ? source.syncStart() : source.syncFinish()),
        select: () => (list.selectedId = some().id),
        fail: () => source.failNextPage(),
      };
      const names = Object.keys(steps);
      for (let i = 0; i < STEPS; i++) {
        const done: string[] = [];
        for (let n = pick(3); n >= 0; n--) {
          const name = names[pick(names.length)] as string;
          done.push(name);
          steps[name]?.();
        }
        await quiet(list);
        if (!list.checkVisibility()) continue;
        expectRun(list, `after step ${i}: ${done.join(', ')} (seed ${seed})`);
      }
      setStyle(home, {display: 'block', height: '512px'});
      Object.assign(list, {type: '', unread: false, order: 'order-key'});
      await settle();
      await list.scrollToConversation('nobody');
      await list.scrollToConversation('nobody');
      await nextFrame();
      await settle();
      const wanted = source.all().map(({id}) => id);
      expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.deep.equal(wanted);
      expect(inView(list).length).to.be.at.least(Math.min(wanted.length, 7));
    });
  }
});
