import {aTimeout, expect, nextFrame} from '@open-wc/testing';
import {resetMouse} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ENGINE, sendMouse} from '../setup/engine.js';
import {conversation, conversations, seededRandom, topKey} from './support/conversations.js';
import {grid, mount, settle} from './support/list-page.js';
import {rightClick} from './support/menus.js';
import {idsInView, inView, rowOf} from './support/rows.js';

interface Pressed {
  readonly source: MemorySource;
  readonly list: ImConversationList;
  readonly opened: string[];
}

async function start(): Promise<Pressed> {
  const source = new MemorySource({conversations: conversations(300)});
  const opened: string[] = [];
  // Rows move under the pointer: what holds them has tests of its own.
  const list = await mount({source, pageSize: 'all', attributes: {'order-hold': 'off'}});
  list.addEventListener('im-conversation-select', (event) => opened.push(event.conversation.id));
  return {source, list, opened};
}

/** The middle of a row, as the mouse takes it. */
function middle(list: ImConversationList, id: string): [number, number] {
  const {left, top, width, height} = rowOf(list, id).element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

const down = async (position: [number, number]) => {
  await sendMouse({type: 'move', position});
  await sendMouse({type: 'down'});
};

describe('a press', () => {
  afterEach(async () => resetMouse());

  it('opens the row that is clicked', async () => {
    const {list, opened} = await start();
    await sendMouse({type: 'click', position: middle(list, 'c2')});
    expect(opened).to.deep.equal(['c2']);
  });

  it('opens the conversation that was pressed, though another has come under the pointer', async () => {
    const {source, list, opened} = await start();
    await down(middle(list, 'c2'));
    source.receiveMessage({conversationId: 'c8', text: 'x', sentAt: Date.now()});
    await settle();
    expect(idsInView(list)[3]).to.equal('c2');
    await sendMouse({type: 'up'});
    expect(opened).to.deep.equal(['c2']);
  });

  it('that is held long while rows move is not lost', async () => {
    const {source, list, opened} = await start();
    await down(middle(list, 'c3'));
    for (const id of ['c9', 'c7', 'c3', 'c200']) {
      source.receiveMessage({conversationId: id, text: 'x', sentAt: Date.now()});
      await aTimeout(200);
    }
    await sendMouse({type: 'up'});
    expect(opened).to.deep.equal(['c3']);
  });

  it('opens the pressed conversation in 100 random cases', async () => {
    const {source, list, opened} = await start();
    const seed = 20240515;
    const random = seededRandom(seed);
    const pick = (n: number) => Math.floor(random() * n);
    let at = 0;
    for (let trial = 0; trial < 100; trial++) {
      const rows = inView(list).slice(1, 7);
      const id = rows[pick(rows.length)]?.id as string;
      await down(middle(list, id));
      for (let i = pick(4); i >= 0; i--) {
        const kind = random();
        const other = `c${pick(300)}`;
        if (kind < 0.6) source.receiveMessage({conversationId: other, text: `${trial}`, sentAt: Date.now() + ++at});
        else if (kind < 0.8) source.upsert([conversation(`n${trial}-${i}`, {orderKey: topKey(trial)})]);
        else if (other !== id) source.remove([other]);
      }
      await nextFrame();
      await aTimeout(0);
      await sendMouse({type: 'up'});
      expect(opened.at(-1), `trial ${trial} of seed ${seed}`).to.equal(id);
      expect(opened.length, `trial ${trial} of seed ${seed}`).to.equal(trial + 1);
      if (trial % 10 === 9) {
        grid(list).scrollTop = pick(100) * 64;
        await settle();
      }
    }
  });

  it('on a conversation that is removed meanwhile opens nothing', async () => {
    const {source, list, opened} = await start();
    await down(middle(list, 'c2'));
    source.remove(['c2']);
    await settle();
    await sendMouse({type: 'up'});
    expect(opened).to.deep.equal([]);
    expect(list.selectedId).to.equal(undefined);
  });

  it('that is dragged off the row opens nothing', async () => {
    const {list, opened} = await start();
    await down(middle(list, 'c2'));
    await sendMouse({type: 'move', position: middle(list, 'c5')});
    await sendMouse({type: 'up'});
    expect(opened).to.deep.equal([]);
  });

  it('of another button opens nothing', async () => {
    const {list, opened} = await start();
    await rightClick(list, 'c2');
    // WebKit's driver brings no whole press after one of these.
    if (ENGINE !== 'webkit') await sendMouse({type: 'click', position: middle(list, 'c2'), button: 'middle'});
    expect(opened).to.deep.equal([]);
  });

  it('that a row’s own listener has dealt with opens nothing', async () => {
    const {list, opened} = await start();
    rowOf(list, 'c2').element.addEventListener('click', (event) => event.preventDefault());
    await sendMouse({type: 'click', position: middle(list, 'c2')});
    expect(opened).to.deep.equal([]);
  });

  it('on what is no row opens nothing', async () => {
    const list = await mount({conversations: conversations(2)});
    const opened: string[] = [];
    list.addEventListener('im-conversation-select', (event) => opened.push(event.conversation.id));
    await sendMouse({type: 'click', position: [100, 400]});
    await sendMouse({type: 'click', position: [100, 150]});
    expect(opened).to.deep.equal([]);
  });

  it('by a script or a screen reader, without a pointer, opens its row', async () => {
    const {list, opened} = await start();
    rowOf(list, 'c4').element.click();
    expect(opened).to.deep.equal(['c4']);
  });
});
