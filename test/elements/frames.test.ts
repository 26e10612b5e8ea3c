import {aTimeout, expect, nextFrame} from '@open-wc/testing';
import type {ImConversationsChangeEvent} from '../../src/events/conversations-change-event.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {conversations} from './support/conversations.js';
import {mount, settle, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {idsInView} from './support/rows.js';

/** A list of 20 conversations whose source tells what the test wants. */
async function listen(): Promise<{list: ImConversationList; source: ManualSource; told: string[][]}> {
  const source = new ManualSource();
  const list = await mount({source});
  source.last.give(conversations(20), true);
  await until(() => idsInView(list).length > 0);
  const told: string[][] = [];
  list.addEventListener('im-conversations-change', ({changed}: ImConversationsChangeEvent) => told.push([...changed]));
  await settle();
  return {list, source, told};
}

/** Changes a row's title, in a task of its own. */
async function change(source: ManualSource, i: number): Promise<void> {
  const {port1, port2} = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  port1.close();
  const [row] = conversations(20).slice(i, i + 1).map((old) => ({...old, title: `changed ${i}`}));
  if (row !== undefined) source.emit({type: 'upsert', conversations: [row], isNew: false});
}

describe('changes between two frames (rule 14)', () => {
  it('are told one by one at first, then together, and drawn in the frame in which they are told', async () => {
    const {list, source, told} = await listen();
    const start = performance.now();
    let frames = 0;
    let counting = true;
    const count = () => {
      frames++;
      if (counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    for (let round = 0; round < 5; round++) {
      await nextFrame();
      for (let i = 0; i < 10; i++) await change(source, i);
    }
    await settle();
    counting = false;
    expect(told.flat().length).to.be.at.most(50);
    expect(new Set(told.flat()).size).to.equal(10);
    // One a frame, and the very first; a machine that draws none for 200 ms is told without.
    expect(told.length).to.be.at.most(frames + 1 + Math.floor((performance.now() - start) / 200));
    expect(told.some((ids) => ids.length > 1)).to.equal(true);
    for (let i = 0; i < 10; i++) expect(list.snapshot?.rows.get(`c${i}`)?.title).to.equal(`changed ${i}`);
  });

  it('are told all the same where a page is hidden and draws no frame', async () => {
    const {source, told} = await listen();
    const original = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = () => 0;
    try {
      await change(source, 1);
      await change(source, 2);
      expect(told.flat()).to.deep.equal(['c1']);
      await aTimeout(300);
      expect(told.flat()).to.deep.equal(['c1', 'c2']);
    } finally {
      globalThis.requestAnimationFrame = original;
    }
  });

  it('are kept where the connection ends before the frame', async () => {
    const {list, source} = await listen();
    await change(source, 1);
    source.emit({type: 'upsert', conversations: conversations(3).map((c) => ({...c, title: 'last'})), isNew: false});
    list.remove();
    await settle();
    expect(source.listenerCount).to.equal(0);
    expect(list.snapshot?.rows.get('c2')?.title).to.equal('last');
  });
});
