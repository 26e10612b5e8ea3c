import {emulateMedia} from '@web/test-runner-commands';
import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {SourceError} from '../../src/model/errors.js';
import {conversation, conversations, message} from './support/conversations.js';
import {grid, inState, mount, part, settle, textOf, until} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {drawn} from './support/rows.js';

const rich = conversations(30, (i) => ({
  type: i % 2 ? 'group' : 'direct',
  pinned: i < 2,
  unreadCount: i % 3 === 0 ? i * 40 : 0,
  notify: i % 4 === 3 ? 'silent' : 'all',
  ...(i % 5 === 2 && {mention: 'me' as const}),
  ...(i % 7 === 4 && {draft: {text: 'begun'}}),
  lastMessage: message(`text ${i}`, {senderName: 'Bo', state: i === 6 ? 'failed' : i === 7 ? 'recalled' : 'normal'}),
}));

interface Stage {
  readonly name: string;
  /** Custom states that hold. */
  readonly states: readonly string[];
  /** Part and text that are seen. */
  readonly shows?: readonly [part: string, text: string];
  readonly attributes?: Record<string, string>;
  bring(source: ManualSource): void;
}

const page = (source: ManualSource) => source.requests.at(-1);

const STAGES: readonly Stage[] = [
  {name: 'first load', states: ['loading'], bring: () => undefined},
  {name: 'rows', states: [], bring: (s) => page(s)?.give(rich, false, 1)},
  {name: 'the end', states: ['end'], bring: (s) => page(s)?.give(rich, true)},
  {name: 'empty', states: ['empty', 'end'], shows: ['empty', 'No conversations yet'], bring: (s) => page(s)?.give([], true)},
  {
    name: 'empty by the filter', states: ['empty', 'filtered', 'end'], attributes: {type: 'system'},
    shows: ['reset', 'Show all conversations'], bring: (s) => page(s)?.give([], true),
  },
  {
    name: 'failed first page', states: ['error'], shows: ['error', 'No network'],
    bring: (s) => page(s)?.fail(new SourceError('network', 'No network')),
  },
  {
    name: 'syncing', states: ['syncing', 'end'], shows: ['sync-text', 'Updating…'],
    bring: (s) => {
      page(s)?.give(rich, true);
      s.emit({type: 'sync', phase: 'start'});
      s.emit({type: 'sync', phase: 'progress', progress: 0.4});
    },
  },
  {
    name: 'failed sync', states: ['failed', 'end'], shows: ['sync-text', 'Could not update. Server asleep'],
    bring: (s) => {
      page(s)?.give(rich, true);
      s.emit({type: 'sync', phase: 'fail', error: new SourceError('server', 'Server asleep')});
    },
  },
  ...(['offline', 'connecting', 'kicked', 'expired'] as const).map((state): Stage => ({
    name: state, states: ['offline', 'end'],
    shows: ['sync-text', {offline: 'You are offline', connecting: 'Connecting…', kicked: 'Signed in on another device', expired: 'Your session has expired'}[state]],
    bring: (s) => {
      page(s)?.give(rich, true);
      s.emit({type: 'connection', state});
    },
  })),
];

async function show(stage: Stage): Promise<ImConversationList> {
  const source = new ManualSource();
  const list = await mount({source, attributes: {'selected-id': 'c3', ...stage.attributes}});
  stage.bring(source);
  await settle();
  return list;
}

describe('states', () => {
  for (const stage of STAGES) {
    it(`${stage.name}: is seen, has its custom state, and axe finds nothing`, async function () {
      this.timeout(20_000);
      const list = await show(stage);
      for (const state of ['loading', 'empty', 'filtered', 'error', 'page-failed', 'paused', 'end', 'syncing', 'failed', 'offline']) {
        expect(inState(list, state), state).to.equal(stage.states.includes(state));
      }
      if (stage.shows) expect(textOf(part(list, stage.shows[0]))).to.contain(stage.shows[1]);
      await expect(list).to.be.accessible();
      document.documentElement.dir = 'rtl';
      list.style.colorScheme = 'dark';
      try {
        await settle();
        await expect(list).to.be.accessible();
      } finally {
        document.documentElement.dir = '';
      }
    });
  }

  it('a later page that fails, and "load more", are seen at the end; axe finds nothing', async function () {
    this.timeout(20_000);
    const source = new ManualSource();
    const list = await mount({source, pageSize: 5});
    page(source)?.give(conversations(5), false, 'b');
    await until(() => source.requests.length === 2);
    page(source)?.fail(new SourceError('timeout', 'Too slow'));
    await until(() => inState(list, 'page-failed'));
    await expect(list).to.be.accessible();
    expect(part(list, 'retry')).not.to.equal(undefined);
  });

  it('axe finds nothing in forced colours', async function () {
    this.timeout(20_000);
    await emulateMedia({forcedColors: 'active'});
    try {
      const list = await show(STAGES[1] as Stage);
      await expect(list).to.be.accessible();
    } finally {
      await emulateMedia({forcedColors: 'none'});
    }
  });

  it('the skeleton goes with the first rows, and never comes back for them', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    expect(part(list, 'skeleton')).not.to.equal(undefined);
    page(source)?.give(rich, false, 1);
    await settle();
    expect(part(list, 'skeleton')).to.equal(undefined);
    void list.refresh();
    await settle();
    expect(part(list, 'skeleton')).to.equal(undefined);
    expect(drawn(list).length).to.be.greaterThan(0);
  });

  it('the strip below the rows moves none of them when it comes and goes', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    page(source)?.give(rich, true);
    await settle();
    grid(list).scrollTop = 333;
    await settle();
    const before = drawn(list).slice(0, 8).map(({id, top}) => [id, top]);
    source.emit({type: 'sync', phase: 'start'});
    await settle();
    expect(part(list, 'sync')).not.to.equal(undefined);
    expect(drawn(list).slice(0, 8).map(({id, top}) => [id, top])).to.deep.equal(before);
    source.emit({type: 'sync', phase: 'finish'});
    await settle();
    expect(part(list, 'sync')).to.equal(undefined);
    expect(drawn(list).slice(0, 8).map(({id, top}) => [id, top])).to.deep.equal(before);
  });

  it('a failed sync is tried again by its button', async () => {
    const source = new ManualSource();
    const list = await mount({source});
    page(source)?.give([conversation('a')], true);
    source.emit({type: 'sync', phase: 'fail'});
    await settle();
    const asked = source.requests.length;
    part(list, 'retry')?.click();
    await until(() => source.requests.length === asked + 1);
  });

  it('is named, by its label or in its own words', async () => {
    const list = await mount({conversations: rich});
    expect(grid(list).ariaLabel).to.equal('Conversations');
    list.label = 'Team chats';
    await settle();
    expect(grid(list).ariaLabel).to.equal('Team chats');
    expect(grid(list).getAttribute('aria-rowcount')).to.equal('30');
  });
});
