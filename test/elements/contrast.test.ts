import {expect} from '@open-wc/testing';
import {contrast, ground, luminance, ofText, over, SHAPE, TEXT, texts} from '../../docs/.vitepress/theme/theme-editor/contrast.js';
import {AVATAR_COLORS, avatarColor} from '../../src/format/avatar.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {sendMouse} from '../setup/engine.js';
import {conversation, message} from './support/conversations.js';
import {mount, seen, settle, until, type MountOptions} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {rowOf} from './support/rows.js';

/** Rows in which there is every kind of text. */
const LAST = message('Hello', {isOwn: true, deliveryState: 'read', sentAt: Date.now()});
const ROWS = [
  conversation('unread', {unreadCount: 7, mention: 'me', tags: ['vip'], verified: true, lastMessage: LAST}),
  conversation('all', {unreadCount: 120, mention: 'all', type: 'group', lastMessage: message('Hi', {senderName: 'Ana', sentAt: 0})}),
  conversation('draft', {draft: {text: 'I will'}, lastMessage: LAST}),
  conversation('typing', {typing: ['Ana'], lastMessage: LAST}),
  conversation('failed', {lastMessage: message('Hi', {state: 'failed', isOwn: true, sentAt: 0})}),
  conversation('muted', {unreadCount: 3, notify: 'silent', pinned: true, lastMessage: LAST}),
  conversation('sent', {pinned: true, lastMessage: message('Hi', {isOwn: true, deliveryState: 'sent', sentAt: 0})}),
].map((row, i) => ({...row, orderKey: BigInt(-i)}));

/** Shapes and what of them is to be seen. */
const SHAPES: readonly (readonly [selector: string, property: 'backgroundColor' | 'fill' | 'stroke'])[] = [
  ['.badge', 'backgroundColor'],
  ['.icon', 'fill'],
  ['.ticks', 'stroke'],
];

/** One id for each colour of an avatar. */
function idsByColor(): string[] {
  const ids: string[] = [];
  for (let i = 0; ids.filter(Boolean).length < AVATAR_COLORS; i++) ids[avatarColor(`id ${i}`)] ??= `id ${i}`;
  return ids;
}

/** What is too faint in these rows. */
function faint(root: Element, where: string): string[] {
  const words = texts(root).map((element) => ({what: element.className || element.localName, ratio: ofText(element), least: TEXT}));
  const shapes = SHAPES.flatMap(([selector, property]) =>
    [...root.querySelectorAll(selector)].filter(seen).map((element) => {
      const below = ground(element.parentElement);
      const what = String(element.getAttribute('class'));
      return {what, ratio: contrast(over(getComputedStyle(element)[property], below), below), least: SHAPE};
    }),
  );
  return [...words, ...shapes].filter(({ratio, least}) => ratio < least).map(({what, ratio}) => `${where}: ${what} ${ratio.toFixed(2)}`);
}

/** Loads one of the themes; the list's own look for `none`. Returns what takes it away. */
async function useTheme(name: string): Promise<() => void> {
  if (name === 'none') return () => undefined;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/src/themes/${name}.css`;
  const loaded = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = reject;
  });
  document.head.append(link);
  await loaded;
  return () => link.remove();
}

describe('contrast', () => {
  for (const theme of ['none', 'neutral', 'sky', 'ink', 'leaf']) {
    for (const scheme of ['light', 'dark']) {
      describe(`of theme ${theme}, ${scheme}`, () => {
        let unload: () => void;
        before(async () => {
          document.documentElement.style.setProperty('color-scheme', scheme);
          unload = await useTheme(theme);
        });
        after(() => {
          unload();
          document.documentElement.style.removeProperty('color-scheme');
        });

        const show = (options: MountOptions = {}) => mount({conversations: ROWS, height: 700, ...options});

        it('is the page’s scheme', async () => {
          const list = await show();
          expect(luminance(ground(list)) > 0.5).to.equal(scheme === 'light');
        });

        it('holds in every row: plain, open, under the pointer', async () => {
          const list = await show();
          const wrong: string[] = [];
          for (const {id} of ROWS) {
            wrong.push(...faint(rowOf(list, id).element, id));
            list.selectedId = id;
            await settle();
            wrong.push(...faint(rowOf(list, id).element, `${id}, open`));
            list.selectedId = undefined;
            if (matchMedia('(hover: hover)').matches) wrong.push(...(await underPointer(list, id)));
          }
          expect(wrong).to.deep.equal([]);
        });

        it('holds for initials on every colour of an avatar', async () => {
          const ids = idsByColor();
          const list = await show({conversations: ids.map((id) => conversation(id, {title: 'Ana Bell'}))});
          const ratios = ids.map((id) => ofText(rowOf(list, id).element.querySelector('.initials') as Element));
          expect(ratios.length).to.equal(AVATAR_COLORS);
          expect(ratios.filter((ratio) => ratio < TEXT)).to.deep.equal([]);
        });

        it('holds in every state of the list', async () => {
          const wrong: string[] = [];
          const look = async (what: string, bring: (source: ManualSource) => unknown, options: MountOptions = {}) => {
            const source = new ManualSource();
            const list = await mount({source, ...options});
            await bring(source);
            await settle();
            wrong.push(...faint(list.shadowRoot as unknown as Element, what));
          };
          await look('empty', (source) => source.last.give([], true));
          await look('filtered', (source) => source.last.give([], true), {attributes: {unread: ''}});
          await look('error', (source) => source.last.fail(new SourceError('forbidden', 'No')));
          await look('end', (source) => source.last.give(ROWS.slice(0, 2), true));
          await look('unread below', (source) => source.last.give(ROWS, true), {height: 130});
          for (const event of [{type: 'sync', phase: 'start'}, {type: 'connection', state: 'offline'}] as const) {
            await look(event.type, (source) => [source.last.give(ROWS, true), source.emit(event)]);
          }
          const error = new SourceError('network', 'No');
          await look('sync failed', (source) => [source.last.give(ROWS, true), source.emit({type: 'sync', phase: 'fail', error})]);
          await look('page failed', async (source) => {
            source.last.give(ROWS.slice(0, 2));
            await settle();
            source.last.fail(new SourceError('forbidden', 'No'));
          });
          expect(wrong).to.deep.equal([]);
        });
      });
    }
  }
});

async function underPointer(list: ImConversationList, id: string): Promise<string[]> {
  const {element} = rowOf(list, id);
  const {left, top} = element.getBoundingClientRect();
  await sendMouse({type: 'move', position: [Math.round(left + 20), Math.round(top + 20)]});
  await until(() => element.matches(':hover'), `the pointer is over ${id}`);
  return faint(element, `${id}, under the pointer`);
}
