import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ConversationAction, ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import type {Conversation} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import type {ConversationSource} from '../../src/model/source.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, message} from './support/conversations.js';
import {mount, settle} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';

const A: Conversation = conversation('a', {orderKey: 5n, unreadCount: 3, mention: 'me', lastMessage: message('Hi')});

interface Told {
  readonly list: ImConversationList;
  readonly asked: ImConversationActionEvent[];
  readonly errors: string[];
}

async function start(source: ConversationSource): Promise<Told> {
  const asked: ImConversationActionEvent[] = [];
  const errors: string[] = [];
  const list = await mount({
    source,
    before: (l) => {
      l.addEventListener('im-conversation-action', (event) => asked.push(event));
      l.addEventListener('im-error', ({error, origin}) => errors.push(`${origin} ${error.code}`));
    },
  });
  return {list, asked, errors};
}

/** What each action does to conversation A in the source. */
const EFFECTS: readonly [action: ConversationAction, effect: (after: Conversation | undefined) => unknown, expected: unknown][] =
  [
    [{name: 'pin', pinned: true}, (c) => c?.pinned, true],
    [{name: 'notify', level: 'silent'}, (c) => c?.notify, 'silent'],
    [{name: 'mark-read'}, (c) => [c?.unreadCount, c?.mention], [0, undefined]],
    [{name: 'mark-unread', unread: true}, (c) => c?.marks, ['unread']],
    [{name: 'mark', mark: 'star', on: true}, (c) => c?.marks, ['star']],
    [{name: 'hide', hidden: true}, (c) => c?.hidden, true],
    [{name: 'draft', text: 'I will'}, (c) => c?.draft?.text, 'I will'],
    [{name: 'clear-history'}, (c) => c?.lastMessage, null],
    [{name: 'delete'}, (c) => c, undefined],
  ];

describe('actions', () => {
  for (const [action, effect, expected] of EFFECTS) {
    it(`${action.name} asks the app, then the source`, async () => {
      const source = new MemorySource({conversations: [A, conversation('b')]});
      const {list, asked, errors} = await start(source);
      expect(await list.performAction('a', action)).to.equal(true);
      expect(asked.length).to.equal(1);
      const [event] = asked as [ImConversationActionEvent];
      expect(event.action).to.deep.equal(action);
      expect(event.conversation.id).to.equal('a');
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
      expect(effect(source.get('a'))).to.deep.equal(expected);
      await settle();
      const shown = list.snapshot?.rows.get('a');
      if (action.name === 'hide') expect(shown).to.equal(undefined);
      else expect(effect(shown)).to.deep.equal(expected);
      expect(errors).to.deep.equal([]);
    });

    it(`${action.name} is not done where the app cancels it`, async () => {
      const source = new MemorySource({conversations: [A]});
      const {list, errors} = await start(source);
      list.addEventListener('im-conversation-action', (event) => event.preventDefault());
      expect(await list.performAction('a', action)).to.equal(false);
      expect(source.get('a')).to.deep.equal(A);
      expect(errors).to.deep.equal([]);
    });

    it(`${action.name} is told as unsupported where the source has no such thing`, async () => {
      const source = new ManualSource();
      const {list, errors} = await start(source);
      source.upsert(A);
      await settle();
      expect(await list.performAction('a', action)).to.equal(false);
      await settle();
      expect(errors).to.deep.equal(['action unsupported']);
    });
  }

  it('that the source rejects are told with its error', async () => {
    for (const [thrown, code] of [
      [new SourceError('limit-exceeded', 'too many pins'), 'limit-exceeded'],
      [new Error('boom'), 'unknown'],
      ['text', 'unknown'],
      [undefined, 'unknown'],
    ] as const) {
      const source = Object.assign(new MemorySource({conversations: [A]}), {
        setPinned: async () => Promise.reject(thrown as Error),
      });
      const {list, errors} = await start(source);
      expect(await list.performAction('a', {name: 'pin', pinned: true})).to.equal(false);
      await settle();
      expect(errors).to.deep.equal([`action ${code}`]);
    }
  });

  it('that the source throws at once are told all the same', async () => {
    const source = Object.assign(new MemorySource({conversations: [A]}), {
      clearHistory: () => {
        throw new SourceError('forbidden', 'no');
      },
    });
    const {list, errors} = await start(source);
    expect(await list.performAction('a', {name: 'clear-history'})).to.equal(false);
    await settle();
    expect(errors).to.deep.equal(['action forbidden']);
  });

  it('that fail for the conversation in a call about several are told', async () => {
    const error = new SourceError('not-found', 'gone');
    const source = Object.assign(new MemorySource({conversations: [A]}), {
      markRead: async () => [{id: 'a', error}],
      delete: async () => [{id: 'a', error}],
    });
    const {list, errors} = await start(source);
    expect(await list.performAction('a', {name: 'mark-read'})).to.equal(false);
    expect(await list.performAction('a', {name: 'delete'})).to.equal(false);
    await settle();
    expect(errors).to.deep.equal(['action not-found', 'action not-found']);
    expect(list.snapshot?.rows.length).to.equal(1);
  });

  it('of an unknown name are told as unsupported', async () => {
    const {list, errors} = await start(new MemorySource({conversations: [A]}));
    expect(await list.performAction('a', {name: 'explode'} as never)).to.equal(false);
    await settle();
    expect(errors).to.deep.equal(['action unsupported']);
  });

  it('on a conversation that is not in the list, or without a source, do nothing', async () => {
    const {list, asked, errors} = await start(new MemorySource({conversations: [A]}));
    expect(await list.performAction('nobody', {name: 'delete'})).to.equal(false);
    list.source = null;
    await settle();
    expect(await list.performAction('a', {name: 'delete'})).to.equal(false);
    expect(asked.length).to.equal(0);
    expect(errors).to.deep.equal([]);
  });

  it('are unsupported on an app’s own array: the app listens and changes its array', async () => {
    let people = [A];
    const list = await mount({conversations: people});
    list.addEventListener('im-conversation-action', (event) => {
      event.preventDefault();
      people = people.map((c) => (c.id === event.conversation.id ? {...c, pinned: true} : c));
      list.conversations = people;
    });
    await list.performAction('a', {name: 'pin', pinned: true});
    await settle();
    expect(list.snapshot?.rows.get('a')?.pinned).to.equal(true);
  });
});
