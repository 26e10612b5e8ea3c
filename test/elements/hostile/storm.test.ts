import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import type {ImConversationsChangeEvent} from '../../../src/events/conversations-change-event.js';
import {conversation, conversations, seededRandom} from '../support/conversations.js';
import {mount, settle} from '../support/list-page.js';
import {ManualSource} from '../support/manual-source.js';
import {drawn, expectWhole} from '../support/rows.js';

const EVENTS = 10_000;
const ROWS = 1000;

/** What a list did while something happened. */
interface Work {
  readonly renders: number;
  readonly notifications: number;
  /** How often the row that was written most was given a new label. */
  readonly writes: number;
}

async function watch(list: ImConversationList, happen: () => void): Promise<Work> {
  const spied = list as unknown as {performUpdate(): void};
  const {performUpdate} = spied;
  let renders = 0;
  let notifications = 0;
  spied.performUpdate = function () {
    renders++;
    performUpdate.call(this);
  };
  const note = () => notifications++;
  list.addEventListener('im-conversations-change', note);
  const written = new Map<Node, number>();
  const labels = new MutationObserver((records) => {
    for (const {target} of records) written.set(target, (written.get(target) ?? 0) + 1);
  });
  labels.observe(list.shadowRoot as ShadowRoot, {subtree: true, attributeFilter: ['aria-label']});
  happen();
  expect(renders + notifications, 'nothing within the tick').to.equal(0);
  await settle();
  list.removeEventListener('im-conversations-change', note);
  labels.disconnect();
  spied.performUpdate = performUpdate;
  return {renders, notifications, writes: Math.max(0, ...written.values())};
}

describe(`${EVENTS} events in one tick`, () => {
  const random = seededRandom(11);
  const some = () => `c${Math.floor(random() * ROWS)}`;
  const changed = (id: string, n: number) =>
    conversation(id, {orderKey: BigInt(20_000_000 + Math.floor(random() * 1e6)), title: `After ${n}`});
  const storms: Record<string, (source: ManualSource) => void> = {
    'of one conversation each': (source) => {
      for (let i = 0; i < EVENTS; i++) source.upsert(changed(some(), i));
    },
    'of the same conversation': (source) => {
      for (let i = 0; i < EVENTS; i++) source.upsert(changed('c3', i));
    },
    'in one batch': (source) => source.upsert(...Array.from({length: EVENTS}, (_, i) => changed(some(), i))),
    'of every kind': (source) => {
      for (let i = 0; i < EVENTS; i++) {
        const kind = i % 7;
        if (kind < 3) source.upsert(changed(some(), i));
        else if (kind === 3) source.remove(some());
        else if (kind === 4) source.emit({type: 'sync', phase: i % 2 === 0 ? 'progress' : 'start', progress: (i % 100) / 100});
        else if (kind === 5) source.emit({type: 'unread', total: i});
        else source.emit({type: 'connection', state: i % 2 === 0 ? 'offline' : 'online'});
      }
    },
    'that nobody can read': (source) => {
      source.upsert(changed('c1', 1));
      for (let i = 0; i < EVENTS; i++) source.emit({type: `odd${i}`, conversations: [null]} as never);
    },
  };
  for (const [name, storm] of Object.entries(storms)) {
    it(`${name}: one notification, one render, each row written once`, async () => {
      const source = new ManualSource();
      const list = await mount({source, attributes: {'order-hold': 'off'}});
      source.last.give(conversations(ROWS), true);
      await settle();
      const changes: ImConversationsChangeEvent[] = [];
      list.addEventListener('im-conversations-change', (event) => changes.push(event));
      const {renders, notifications, writes} = await watch(list, () => storm(source));
      expect([renders, notifications]).to.deep.equal([1, 1]);
      expect(writes).to.equal(1);
      expect(changes.length).to.equal(1);
      expectWhole(list);
      expect(drawn(list)[0]?.title).to.match(/^After /);
    });
  }
});
