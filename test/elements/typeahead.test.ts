import {aTimeout, expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {ENGINE} from '../setup/engine.js';
import {conversation, conversations} from './support/conversations.js';
import {at, press, typeKey} from './support/hands.js';
import {mount, settle, until} from './support/list-page.js';
import {expectWhole, idsInView} from './support/rows.js';

const NAMES = ['Ben', 'Ana', 'Anton', 'Émile', 'Zoë', 'Дмитрий', 'Дарья', '王小明', 'محمد', 'Øyvind', '#general', '김철수', 'New York', 'ﾃｽﾄ'];

/** A list of these names, from the top, with focus on the first row; ids are the names. */
async function start(names: readonly string[] = NAMES): Promise<ImConversationList> {
  const rows = names.map((title, i) => conversation(title, {title, orderKey: BigInt(1000 - i)}));
  const list = await mount({source: new MemorySource({conversations: rows}), pageSize: 'all', attributes: {lang: 'en'}});
  list.focus();
  await settle();
  return list;
}

/** Longer than a word waits for its next letter: a person's pause, no wait for the page. */
const pause = async () => aTimeout(550);

describe('typeahead', () => {
  it('goes to the next row that begins with the letter, and by the same letter on to the next of them', async () => {
    await start();
    await press('a');
    await until(() => at() === 'Ana');
    await press('a');
    await until(() => at() === 'Anton');
    await press('a');
    await until(() => at() === 'Ana');
  });

  it('takes letters that follow each other as the beginning of one name', async () => {
    const list = await start();
    await sendKeys({type: 'ant'});
    await until(() => at() === 'Anton');
    await pause();
    await sendKeys({type: 'new y'});
    await until(() => at() === 'New York');
    expect(list.selectedId, 'the space belongs to the name').to.equal(undefined);
  });

  it('begins anew after half a second', async () => {
    await start();
    await press('z');
    await until(() => at() === 'Zoë');
    await pause();
    await press('b');
    await until(() => at() === 'Ben');
  });

  it('stays where no name begins so', async () => {
    await start();
    await press('q');
    await settle();
    expect(at()).to.equal('Ben');
  });

  for (const [letters, name] of [
    ['É', 'Émile'],
    ['e', 'Émile'],
    ['zoe', 'Zoë'],
    ['д', 'Дмитрий'],
    ['ДА', 'Дарья'],
    ['王', '王小明'],
    ['م', 'محمد'],
    ['o', 'Øyvind'],
    ['g', '#general'],
    ['#', '#general'],
    ['ㄱ', '김철수'],
    ['テ', 'ﾃｽﾄ'],
  ] as const) {
    it(`finds ${name} by ${letters}`, async () => {
      await start();
      for (const letter of letters) typeKey(letter);
      await until(() => at() === name);
    });
  }

  it('takes what AltGr makes, and leaves shortcuts to the app', async () => {
    await start(['Ben', '@home', 'Ana']);
    expect(typeKey('a', {ctrlKey: true}).defaultPrevented).to.equal(false);
    expect(typeKey('a', {altKey: true}).defaultPrevented).to.equal(false);
    expect(typeKey('a', {metaKey: true}).defaultPrevented).to.equal(false);
    // WebKit's made-up events tell of no AltGr.
    if (ENGINE === 'webkit') return;
    expect(typeKey('@', {ctrlKey: true, altKey: true, modifierAltGraph: true}).defaultPrevented).to.equal(true);
    await until(() => at() === '@home');
  });

  it('finds what is far out of view, and stays after it when rows move', async () => {
    const rows = conversations(3000, (i) => ({title: i === 2500 ? 'Quito' : `Name ${i}`}));
    const source = new MemorySource({conversations: rows});
    const list = await mount({source, pageSize: 'all', attributes: {'order-hold': 'off'}});
    await until(() => list.snapshot?.page.status === 'done');
    list.focus();
    await press('q');
    await until(() => at() === 'c2500');
    expect(idsInView(list)).to.include('c2500');
    source.remove(['c10']);
    await settle();
    expect(at()).to.equal('c2500');
    expectWhole(list);
  });

  it('looks through a million rows without holding up the page', async () => {
    const list = await mount({conversations: conversations(1_000_000, (i) => ({title: i === 999_990 ? 'Quito' : 'Name'}))});
    await until(() => list.snapshot?.page.status === 'done');
    list.focus();
    await settle();
    typeKey('q');
    // Other work comes in between: the search has not ended in one go.
    let between = 0;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      between++;
      channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
    await until(() => at() === 'c999990');
    channel.port1.close();
    expect(between).to.be.greaterThan(5);
  }).timeout(60_000);

  it('ends when the person goes elsewhere', async () => {
    const list = await mount({conversations: conversations(300_000, (i) => ({title: i === 299_990 ? 'Quito' : 'Name'}))});
    await until(() => list.snapshot?.page.status === 'done');
    list.focus();
    await settle();
    typeKey('q');
    const field = document.createElement('input');
    list.after(field);
    field.focus();
    for (let i = 0; i < 40; i++) await settle();
    expect(document.activeElement).to.equal(field);
    field.remove();
  }).timeout(60_000);
});
