import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {emulateLook} from '../setup/engine.js';
import {conversation, conversations, message} from './support/conversations.js';
import {grid, mount, settle, type MountOptions} from './support/list-page.js';
import {lasting, ManualSource} from './support/manual-source.js';

type Bring = (source: ManualSource, list: ImConversationList) => unknown;

/** Rows of every kind. */
const ROWS = [
  conversation('plain', {orderKey: 9n, lastMessage: message('Hello')}),
  conversation('unread', {orderKey: 8n, unreadCount: 120, mention: 'both', lastMessage: message('Hello', {isOwn: true})}),
  conversation('muted', {orderKey: 7n, unreadCount: 2, notify: 'silent', lastMessage: message('x', {state: 'failed'})}),
  conversation('pinned', {orderKey: 6n, pinned: true, draft: {text: 'I will'}}),
  conversation('arabic', {orderKey: 5n, title: 'محمد', lastMessage: message('مرحبا')}),
  conversation('recalled', {orderKey: 4n, type: 'group', lastMessage: message('x', {state: 'recalled'})}),
  conversation('blank', {orderKey: 3n, title: ''}),
  ...conversations(40, (i) => ({orderKey: BigInt(-i), title: `P${i}`})),
];

/** What few rows show, in more rows. */
const FULL_ROWS = [
  conversation('all', {
    orderKey: 9n,
    type: 'group',
    members: [{name: 'Ana'}, {name: 'Ben'}, {name: 'Cem'}, {name: '王小明'}],
    verified: true,
    tags: ['vip', 'north'],
    mention: 'all',
    unreadCount: 7,
    unreadIsLowerBound: true,
    lastMessage: message('Hello', {isOwn: true, deliveryState: 'read'}),
  }),
  ...(['online', 'away', 'busy', 'offline'] as const).map((presence, i) =>
    conversation(presence, {orderKey: BigInt(8 - i), presence, mention: 'me', members: [{name: 'Ana'}, {name: 'Ben'}], type: 'group'}),
  ),
  conversation('typing', {orderKey: 4n, type: 'group', typing: ['Ana', 'محمد']}),
  conversation('sent', {orderKey: 3n, lastMessage: message('Hi', {isOwn: true, deliveryState: 'sent'}), tags: ['new']}),
  conversation('picture', {
    orderKey: 2n,
    lastMessage: message('The lake', {type: 'image', thumbnailUrl: '/test/elements/support/avatar.svg'}),
  }),
  conversation('notice', {orderKey: 1n, marks: ['unread'], lastMessage: message('Ana joined', {type: 'system'})}),
];

const STATES: Readonly<Record<string, {readonly options?: MountOptions; readonly bring: Bring}>> = {
  loading: {bring: () => undefined},
  rows: {options: {selectedId: 'unread'}, bring: (source) => source.last.give(ROWS)},
  'full rows': {
    options: {selectedId: 'away', avatarPolicy: (url) => url, height: 720},
    bring: (source) => source.last.give(FULL_ROWS, true),
  },
  'full compact rows': {
    options: {density: 'compact', avatarPolicy: (url) => url},
    bring: (source) => source.last.give(FULL_ROWS, true),
  },
  'compact rows': {options: {density: 'compact', selectedId: 'muted'}, bring: (source) => source.last.give(ROWS, true)},
  'a rail': {options: {width: 80}, bring: (source) => source.last.give(ROWS, true)},
  'custom rows': {options: {renderRow: (c) => c.title}, bring: (source) => source.last.give(ROWS, true)},
  focus: {
    bring: async (source, list) => {
      source.last.give(ROWS, true);
      await settle();
      list.focus();
    },
  },
  end: {
    bring: async (source, list) => {
      source.last.give(ROWS, true);
      await settle();
      grid(list).scrollTop = 1e6;
    },
  },
  empty: {bring: (source) => source.last.give([], true)},
  filtered: {options: {attributes: {unread: ''}}, bring: (source) => source.last.give([], true)},
  'first page failed': {bring: (source) => source.last.fail(lasting('No route'))},
  'page failed': {
    options: {pageSize: 5},
    bring: async (source) => {
      source.last.give(ROWS.slice(0, 5));
      await settle();
      source.last.fail(lasting('No route'));
    },
  },
  paused: {
    options: {attributes: {mark: 'star'}},
    bring: async (source) => {
      for (let i = 0; i < 5; i++) {
        source.last.give(conversations(5, () => ({title: 'x'})).map((c) => ({...c, id: `${c.id}-${i}`})));
        await settle();
      }
    },
  },
  syncing: {
    bring: (source) => {
      source.last.give(ROWS, true);
      source.emit({type: 'sync', phase: 'progress', progress: 0.5});
    },
  },
  'sync failed': {
    bring: (source) => {
      source.last.give(ROWS, true);
      source.emit({type: 'sync', phase: 'fail', error: new SourceError('network', 'No route')});
    },
  },
  offline: {
    bring: (source) => {
      source.last.give(ROWS, true);
      source.emit({type: 'connection', state: 'offline'});
    },
  },
};

describe('accessibility', () => {
  after(async () => emulateLook({colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference'}));

  const looks = [
    ['light', 'ltr', 'none'],
    ['light', 'rtl', 'none'],
    ['dark', 'ltr', 'none'],
    ['dark', 'rtl', 'none'],
    ['light', 'ltr', 'active'],
  ] as const;
  for (const [colorScheme, direction, forcedColors] of looks) {
    describe(`${colorScheme}, ${direction}${forcedColors === 'active' ? ', forced colours' : ''}`, () => {
      before(async () => {
        await emulateLook({colorScheme, forcedColors, reducedMotion: 'reduce'});
        document.documentElement.style.setProperty('color-scheme', colorScheme);
        document.documentElement.dir = direction;
      });
      after(() => {
        document.documentElement.style.removeProperty('color-scheme');
        document.documentElement.removeAttribute('dir');
      });

      for (const [name, {options, bring}] of Object.entries(STATES)) {
        it(`has no fault: ${name}`, async () => {
          const source = new ManualSource();
          const list = await mount({source, ...options});
          await bring(source, list);
          await settle();
          // Shapes that fade are no text, and would make the audit depend on the moment.
          for (const animation of list.shadowRoot?.getAnimations() ?? []) animation.cancel();
          await expect(list).to.be.accessible();
        });
      }
    });
  }
});
