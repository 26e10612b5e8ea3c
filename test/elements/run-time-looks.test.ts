import {aTimeout, expect, nextFrame} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {message, conversations} from './support/conversations.js';
import {grid, mount, setStyle, settle, until} from './support/list-page.js';
import {expectWhole, idsInView, inView, rowOf, rowPart} from './support/rows.js';

const root = document.documentElement;

/** A change of the page while it is being read, and what shows that it has arrived. */
interface Change {
  readonly name: string;
  readonly make: (list: ImConversationList) => unknown;
  readonly shows: (list: ImConversationList) => boolean;
}

const style = (list: ImConversationList, name: string, selector: string, property: string): string => {
  const found = rowOf(list, name).element.querySelector(selector) as Element;
  return getComputedStyle(found).getPropertyValue(property);
};

const first = (list: ImConversationList): string => idsInView(list)[0] as string;
const height = (list: ImConversationList): number => inView(list)[0]?.height ?? 0;

const CHANGES: readonly Change[] = [
  {name: 'the language', make: () => (root.lang = 'de'), shows: (list) => rowOf(list, first(list)).label.includes('ungelesen')},
  {
    name: 'the language of the list alone, to one that runs the other way',
    make: (list) => Object.assign(list, {lang: 'ar', dir: 'rtl'}),
    shows: (list) => !rowOf(list, first(list)).label.includes('unread'),
  },
  {
    name: 'the direction',
    make: () => (root.dir = 'rtl'),
    shows: (list) => {
      const row = rowOf(list, first(list));
      return (rowPart(row, 'avatar')?.getBoundingClientRect().left ?? 0) > (rowPart(row, 'time')?.getBoundingClientRect().left ?? 0);
    },
  },
  {
    name: 'the colour scheme',
    make: () => setStyle(root, {'color-scheme': 'dark'}),
    shows: (list) => style(list, first(list), '.title', 'color') !== 'rgb(0, 0, 0)',
  },
  {
    name: 'a theme',
    make: () => addTheme('ink'),
    shows: (list) => style(list, first(list), '.avatar', 'color') === 'rgb(42, 42, 42)',
  },
  {
    name: 'a custom property',
    make: (list) => setStyle(list, {'--im-conversation-list-title-color': 'rgb(1, 2, 3)'}),
    shows: (list) => style(list, first(list), '.title', 'color') === 'rgb(1, 2, 3)',
  },
  {name: 'a theme with other rows', make: () => addTheme('leaf'), shows: (list) => height(list) === 72},
  {name: 'the density', make: (list) => (list.density = 'compact'), shows: (list) => height(list) === 44},
  {name: 'the density, for more room', make: (list) => (list.density = 'comfortable'), shows: (list) => height(list) === 72},
];

/** It takes effect at the beginning of a frame: who looks between its arrival and a frame sees what is never drawn. */
function addTheme(name: string): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.media = 'not all';
  link.href = `/src/themes/${name}.css`;
  link.onload = () => requestAnimationFrame(() => (link.media = 'all'));
  document.head.append(link);
}

describe('a change at run time', () => {
  afterEach(() => {
    for (const link of document.head.querySelectorAll('link[href^="/src/themes/"]')) link.remove();
    root.lang = 'en';
    root.removeAttribute('dir');
    root.style.removeProperty('color-scheme');
  });

  for (const {name, make, shows} of CHANGES) {
    for (const top of [0, 100 * 64, 100 * 64 + 24, 250 * 64 + 1]) {
      it(`of ${name} is seen, and what is read stays where it is, at ${top} px`, async () => {
        const list = await mount({
          conversations: conversations(500, (i) => ({unreadCount: 1 + (i % 3), lastMessage: message(`Text ${i}`, {sentAt: 1e12})})),
        });
        grid(list).scrollTop = top;
        await settle();
        const anchor = inView(list)[0] as NonNullable<ReturnType<typeof rowOf>>;
        expect(shows(list)).to.equal(false);
        const shifts = new Set<number>();
        let watching = true;
        const watch = (async () => {
          while (watching) {
            // After the frame is on the screen.
            await nextFrame();
            await aTimeout(0);
            const now = rowOf(list, anchor.id);
            // As much of a row is out of sight as was; that of a higher row to the pixel to which engines round a scroll.
            const shift = now.top - (anchor.top * now.height) / anchor.height;
            shifts.add(now.height === anchor.height ? Math.round(shift * 100) / 100 : Math.trunc(shift / 1.01));
          }
        })();
        make(list);
        await until(() => shows(list), name);
        await settle();
        await settle();
        watching = false;
        await watch;
        expect([...shifts]).to.deep.equal([0]);
        expect(first(list)).to.equal(anchor.id);
        expectWhole(list);
      });
    }
  }
});
