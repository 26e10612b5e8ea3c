import {expect} from '@open-wc/testing';
import {resetMouse} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import type {OpName} from '../../src/model/source.js';
import {sendMouse} from '../setup/engine.js';
import {conversations, topKey} from './support/conversations.js';
import {at, buttons, press, pressButton} from './support/hands.js';
import {focused, grid, mount, settle, until, type MountOptions} from './support/list-page.js';
import {lasting, ManualSource} from './support/manual-source.js';
import {idsInView, rowOf} from './support/rows.js';

/** What 1280 × 1024 px are at 400 %: the least that WCAG 1.4.10 asks for. */
const SMALL = {width: 320, height: 256};

const ROWS = conversations(300, (i) => ({unreadCount: i % 4, title: `Somebody with quite a long name, number ${i}`}));

type Bring = (source: ManualSource, list: ImConversationList) => unknown;

/** Everything with a control in it, and the controls. */
const STATES: Readonly<Record<string, {readonly options?: MountOptions; readonly bring: Bring; readonly controls: readonly string[]}>> = {
  'pills on all sides': {
    bring: async (source, list) => {
      source.last.give(ROWS, true);
      await settle();
      grid(list).scrollTop = 6000;
      await settle();
      grid(list).dispatchEvent(new WheelEvent('wheel'));
      source.upsert({...(ROWS[200] as (typeof ROWS)[0]), orderKey: topKey()});
      await until(() => buttons(list).size === 4);
    },
    controls: ['updates', 'unread-above', 'unread-below', 'jump-to-top'],
  },
  'several selected': {
    options: {attributes: {selection: 'multiple', selecting: ''}},
    bring: async (source, list) => {
      source.last.give(ROWS.slice(0, 2), true);
      list.selectedIds = ['c0', 'c1'];
      await until(() => buttons(list).size === 4);
    },
    controls: ['mark-read', 'delete', 'select-all', 'clear-selection'],
  },
  'to be deleted': {
    options: {attributes: {selection: 'multiple'}},
    bring: async (source, list) => {
      source.last.give(ROWS.slice(0, 2), true);
      list.selectedIds = ['c0', 'c1'];
      await until(() => buttons(list).has('delete'));
      buttons(list).get('delete')?.click();
    },
    controls: ['confirm-delete', 'cancel'],
  },
  'a page failed': {
    options: {pageSize: 2},
    bring: async (source) => {
      source.last.give(ROWS.slice(0, 2));
      await settle();
      source.last.fail(lasting('There is no route to the server. '.repeat(5)));
    },
    controls: ['retry'],
  },
  'the first page failed': {
    bring: (source) => source.last.fail(lasting('There is no route to the server. '.repeat(5))),
    controls: ['retry'],
  },
  'nothing matches': {
    options: {attributes: {unread: ''}},
    bring: (source) => source.last.give([], true),
    controls: ['reset'],
  },
  'a sync failed': {
    bring: (source) => {
      source.last.give(ROWS.slice(0, 2), true);
      source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', 'There is no route to the server.')});
    },
    controls: ['retry'],
  },
};

/** What of the element a person can see and hit: how many of a few points on it are its own. */
function uncovered(element: Element): number {
  const {left, top, width, height} = element.getBoundingClientRect();
  const root = element.getRootNode() as ShadowRoot;
  let seen = 0;
  for (const x of [0.03, 0.25, 0.5, 0.75, 0.97]) {
    for (const y of [0.1, 0.5, 0.9]) {
      const hit = root.elementFromPoint(left + width * x, top + height * y);
      if (hit !== null && element.contains(hit)) seen++;
    }
  }
  return seen;
}

const sourceOf = () =>
  Object.assign(new ManualSource({ops: new Set<OpName>(['markRead', 'delete'])}), {markRead: async () => [], delete: async () => []});

describe('reach', () => {
  afterEach(async () => resetMouse());

  for (const [dir, lang] of [
    ['ltr', 'en'],
    ['rtl', 'ar'],
    ['ltr', 'de'],
    ['ltr', 'ru'],
  ] as const) {
    describe(`at 320 × 256 px, ${lang}`, () => {
      for (const [name, {options, bring, controls}] of Object.entries(STATES)) {
        it(`every control can be seen, hit and focused: ${name}`, async () => {
          const source = sourceOf();
          const list = await mount({source, ...SMALL, ...options, attributes: {...options?.attributes, lang, dir}});
          await bring(source, list);
          await settle();
          // They come armed a moment later, so that no click meets them that was meant for a row.
          for (const animation of list.shadowRoot?.getAnimations() ?? []) animation.finish();
          const found = buttons(list);
          expect([...found.keys()]).to.have.members([...controls]);
          const box = list.getBoundingClientRect();
          for (const [purpose, button] of found) {
            button.scrollIntoView({block: 'nearest'});
            const {left, right, top, bottom, width, height} = button.getBoundingClientRect();
            expect(Math.min(width, height), `${purpose}: its size`).to.be.at.least(24);
            expect(left, `${purpose}: its start`).to.be.at.least(box.left);
            expect(right, `${purpose}: its end`).to.be.at.most(box.right);
            expect(top, `${purpose}: its top`).to.be.at.least(box.top);
            expect(bottom, `${purpose}: its bottom`).to.be.at.most(box.bottom);
            button.focus();
            expect(focused(), purpose).to.equal(button);
            expect(uncovered(button), `${purpose}: is covered`).to.be.at.least(9);
          }
          for (const element of [list, ...(list.shadowRoot as ShadowRoot).querySelectorAll('.viewport, .panel, .strip, .bar')]) {
            expect(element.scrollWidth, `${element.className} scrolls to the side`).to.be.at.most(element.clientWidth);
          }
          // Some of the rows are left to read.
          if (list.snapshot?.rows.length) expect(grid(list).clientHeight).to.be.at.least(64);
        });
      }
    });
  }

  it('every control that has focus by the keyboard shows it', async () => {
    const source = sourceOf();
    const list = await mount({source, ...SMALL, attributes: {selection: 'multiple', selecting: '', lang: 'en'}});
    source.last.give(ROWS, true);
    list.selectedIds = ['c1'];
    await settle();
    grid(list).scrollTop = 6000;
    await until(() => buttons(list).size === 7);
    const [before, behind] = [document.createElement('button'), document.createElement('button')];
    list.before(before);
    // Else Firefox's own bars get the focus, and keep it from the next test file.
    list.after(behind);
    before.focus();
    const shown = new Set<string>();
    for (let i = 0; i < 12; i++) {
      // The toolbar is one Tab stop.
      await press(focused()?.closest('[role="toolbar"]') && !shown.has('clear-selection') ? 'ArrowRight' : 'Tab');
      const element = focused();
      if (!(element instanceof HTMLElement) || !list.shadowRoot?.contains(element)) break;
      const {outlineStyle, outlineWidth} = getComputedStyle(element.matches('.row') ? (element.querySelector('.cell') as Element) : element);
      expect(outlineStyle, element.part.value).to.equal('solid');
      expect(parseFloat(outlineWidth), element.part.value).to.be.at.least(2);
      shown.add(element.matches('.row') ? 'row' : (element.part[1] ?? element.part.value));
    }
    expect([...shown]).to.have.members([
      ...['unread-above', 'row', 'action', 'more', 'unread-below', 'jump-to-top', 'select-all', 'mark-read', 'delete', 'clear-selection'],
    ]);
  });

  it('a focused row is never covered, wherever the keys take it', async () => {
    const source = sourceOf();
    const list = await mount({source, ...SMALL, attributes: {selection: 'multiple', selecting: '', lang: 'en'}});
    source.last.give(ROWS, true);
    await settle();
    list.focus();
    for (const key of ['End', 'ArrowUp', 'PageUp', 'PageUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp', 'Home']) {
      await press(key);
      expect(uncovered(rowOf(list, at()).element), `${at()} after ${key}`).to.be.at.least(5);
    }
  });

  for (const width of [320, 80]) {
    it(`rows can be hit at ${width} px`, async () => {
      const source = sourceOf();
      for (const density of ['default', 'comfortable', 'compact'] as const) {
        const list = await mount({source: sourceOf(), width, density, attributes: {selection: 'multiple', selecting: ''}});
        ((list.source ?? source) as ManualSource).last.give(ROWS, true);
        await settle();
        const {width: across, height} = rowOf(list, 'c0').element.getBoundingClientRect();
        expect(Math.min(across, height), density).to.be.at.least(24);
        list.remove();
      }
    });
  }
});

describe('the way to the top', () => {
  afterEach(async () => resetMouse());

  it('is offered more than two viewports down, and only there', async () => {
    const list = await mount({conversations: conversations(300), height: 512});
    expect(buttons(list).has('jump-to-top')).to.equal(false);
    grid(list).scrollTop = 2 * 512;
    await settle();
    expect(buttons(list).has('jump-to-top')).to.equal(false);
    grid(list).scrollTop = 2 * 512 + 64;
    await until(() => buttons(list).has('jump-to-top'));
    grid(list).scrollTop = 100;
    await until(() => !buttons(list).has('jump-to-top'));
  });

  it('leads there by the mouse', async () => {
    const list = await mount({conversations: conversations(300), attributes: {'order-hold': 'off'}});
    grid(list).scrollTop = 8000;
    await until(() => buttons(list).has('jump-to-top'));
    for (const animation of list.shadowRoot?.getAnimations() ?? []) animation.finish();
    const {left, top, width, height} = (buttons(list).get('jump-to-top') as HTMLElement).getBoundingClientRect();
    await sendMouse({type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)]});
    await until(() => idsInView(list)[0] === 'c0');
    expect(grid(list).scrollTop).to.equal(0);
    expect(list.selectedId, 'the row under it was not meant').to.equal(undefined);
  });

  it('leads there by the keyboard, and hands the focus on', async () => {
    const list = await mount({conversations: conversations(300)});
    grid(list).scrollTop = 8000;
    await until(() => buttons(list).has('jump-to-top'));
    list.focus();
    await press('Tab');
    expect(focused()).to.equal(buttons(list).get('jump-to-top'));
    await pressButton(buttons(list).get('jump-to-top'));
    await until(() => at() === 'c0');
    expect(grid(list).scrollTop).to.equal(0);
    expect(list.selectedId).to.equal(undefined);
  });
});
