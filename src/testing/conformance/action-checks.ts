import {hasUnread, isHidden, isMarkedUnread, type Conversation} from '../../model/conversation.js';
import type {ConversationSource, OpName} from '../../model/source.js';
import {content, ensure, has, op, show, type Check, type Need} from './check.js';
import {idsIn, lacking, type Harness} from './harness.js';
import {ensureResults, ensureSourceError} from './shapes.js';
import {strangeIds} from './values.js';

/** An action on one conversation, and how to see that it was done. */
interface Action {
  readonly op: OpName;
  /** What becomes of the conversation, for the name of the check. */
  readonly effect: string;
  readonly needs?: readonly Need[];
  /** A conversation that the action changes. */
  readonly pick: (h: Harness) => Conversation | undefined;
  readonly act: (source: ConversationSource, c: Conversation) => Promise<unknown> | undefined;
  /** `undefined`: it is gone. */
  readonly done: (now: Conversation | undefined, before: Conversation) => boolean;
}

const UNREAD = content('something unread', hasUnread);
const unread = ({known}: Harness): Conversation | undefined => known.find(hasUnread);
const last = (h: Harness): Conversation => h.last;

const ACTIONS: readonly Action[] = [
  {
    op: 'pin',
    effect: 'pins',
    pick: last,
    act: (source, {id, pinned}) => source.setPinned?.(id, !pinned),
    done: (now, {pinned}) => now?.pinned === !pinned,
  },
  {
    op: 'notify',
    effect: 'sets how loud the conversation is',
    pick: last,
    act: (source, {id, notify}) => source.setNotify?.(id, notify === 'all' ? 'silent' : 'all'),
    done: (now, {notify}) => now !== undefined && (now.notify === 'all') !== (notify === 'all'),
  },
  {
    op: 'markRead',
    effect: 'leaves nothing unread',
    needs: [UNREAD],
    pick: unread,
    act: (source, {id}) => source.markRead?.([id]),
    done: (now) => now !== undefined && !hasUnread(now),
  },
  {
    op: 'markAllRead',
    effect: 'leaves nothing unread anywhere',
    needs: [UNREAD],
    pick: unread,
    act: (source) => source.markRead?.('all'),
    done: (now) => now !== undefined && !hasUnread(now),
  },
  {
    op: 'markUnread',
    effect: 'marks the conversation unread',
    needs: [content('one that is not marked unread', (c) => !isMarkedUnread(c))],
    pick: ({known}) => known.find((c) => !isMarkedUnread(c)),
    act: (source, {id}) => source.markUnread?.(id, true),
    done: (now) => now !== undefined && hasUnread(now),
  },
  {
    op: 'hide',
    effect: 'hides the conversation',
    needs: [content('one that is not hidden', (c) => !isHidden(c))],
    pick: ({known}) => known.find((c) => !isHidden(c)),
    act: (source, {id}) => source.setHidden?.(id, true),
    done: (now) => now === undefined || isHidden(now),
  },
  {
    op: 'delete',
    effect: 'removes the conversation',
    pick: last,
    act: (source, {id}) => source.delete?.([id]),
    done: (now) => now === undefined,
  },
  {
    op: 'clearHistory',
    effect: 'leaves the conversation without a last message',
    needs: [content('a last message', (c) => Boolean(c.lastMessage))],
    pick: ({known}) => known.find((c) => c.lastMessage),
    act: (source, {id}) => source.clearHistory?.(id),
    done: (now) => now !== undefined && !now.lastMessage,
  },
  {
    op: 'draft',
    effect: 'keeps a draft',
    pick: last,
    act: (source, {id}) => source.setDraft?.(id, 'A draft of the kit'),
    done: (now) => now?.draft?.text === 'A draft of the kit',
  },
  {
    op: 'mark',
    effect: 'sets a mark',
    needs: [content('one without a star', (c) => !c.marks.includes('star'))],
    pick: ({known}) => known.find((c) => !c.marks.includes('star')),
    act: (source, {id}) => source.setMark?.([id], 'star', true),
    done: (now) => now?.marks.includes('star') === true,
  },
  {
    op: 'customData',
    effect: 'keeps a string of the app',
    pick: last,
    act: (source, {id}) => source.setCustomData?.([id], 'kit'),
    done: (now) => now?.customData === 'kit',
  },
];

function actionCheck({op: name, effect, needs = [], pick, act, done}: Action): Check {
  return {
    name: `the action \`${name}\` ${effect}, and comes back as an event`,
    why: 'the list shows what the source tells, and changes no row by itself',
    needs: [op(name), ...needs],
    async run(h) {
      const c = pick(h);
      ensure(c, 'the content has nothing for it');
      const heard = h.listen();
      const results = await h.value(async () => act(h.source, c), name);
      if (name === 'delete' || name === 'markRead' || name === 'mark' || name === 'customData') {
        ensureResults(results, [c.id], name);
      }
      await h.until(() => {
        const news = heard.newest(c.id);
        return news !== undefined && done(news ?? undefined, c);
      }, `no event told what became of ${show(c.id)}`);
      ensure(done(await h.row(c.id), c), `the pages show ${show(c.id)} as it was before`);
    },
  };
}

/** The actions on one conversation that mean nothing where there is none. */
const SINGLE = {
  pin: (s: ConversationSource, id: string) => s.setPinned?.(id, true),
  notify: (s: ConversationSource, id: string) => s.setNotify?.(id, 'silent'),
  markUnread: (s: ConversationSource, id: string) => s.markUnread?.(id, true),
  hide: (s: ConversationSource, id: string) => s.setHidden?.(id, true),
  clearHistory: (s: ConversationSource, id: string) => s.clearHistory?.(id),
  draft: (s: ConversationSource, id: string) => s.setDraft?.(id, 'x'),
} as const;

/** The actions on several, which answer for each. */
const SEVERAL = {
  markRead: (s: ConversationSource, ids: readonly string[]) => s.markRead?.(ids),
  mark: (s: ConversationSource, ids: readonly string[]) => s.setMark?.(ids, 'star', true),
  customData: (s: ConversationSource, ids: readonly string[]) => s.setCustomData?.(ids, 'x'),
  delete: (s: ConversationSource, ids: readonly string[]) => s.delete?.(ids),
} as const;

function anyOf(actions: object): Need {
  const names = Object.keys(actions);
  return {
    label: `one of the actions ${names.join(', ')}`,
    met: ({source}) => names.some((name) => has(source.capabilities?.ops, name)),
  };
}

function claimed<T extends object>({source}: Harness, actions: T): [string, T[keyof T]][] {
  return (Object.entries(actions) as [string, T[keyof T]][]).filter(([name]) => has(source.capabilities.ops, name));
}

export const ACTION_CHECKS: readonly Check[] = [
  ...ACTIONS.map(actionCheck),
  {
    name: 'the action `pin` takes pinning back',
    why: 'a conversation would stay on top for ever',
    needs: [op('pin')],
    async run(h) {
      const {id} = h.last;
      await h.value(async () => h.source.setPinned?.(id, true), 'setPinned()');
      await h.value(async () => h.source.setPinned?.(id, false), 'setPinned()');
      const row = await h.row(id);
      ensure(row?.pinned === false, `${show(id)} has pinned ${show(row?.pinned)}`);
      const pinned = h.known.find((c) => c.pinned && c.id !== id);
      ensure(!pinned || row.orderKey < pinned.orderKey, `${show(id)} still stands above ${show(pinned?.id)}, which is`);
    },
  },
  {
    name: 'the action `draft` takes a draft back',
    why: 'null removes a draft; the text `null` would stay for ever',
    needs: [op('draft')],
    async run(h) {
      const {id} = h.last;
      await h.value(async () => h.source.setDraft?.(id, 'A draft of the kit'), 'setDraft()');
      await h.value(async () => h.source.setDraft?.(id, null), 'setDraft()');
      const draft = (await h.row(id))?.draft;
      ensure(!draft, `the draft is ${show(draft)}`);
    },
  },
  {
    name: 'an action on a conversation that is not there rejects with a SourceError',
    why: 'the person would be told that it was done',
    needs: [anyOf(SINGLE)],
    async run(h) {
      for (const [name, act] of claimed(h, SINGLE)) {
        const outcome = await h.outcome(async () => act(h.source, 'no such conversation'), name);
        ensure('error' in outcome, `${name} resolved`);
        ensureSourceError(outcome.error, `the rejection of ${name}`);
      }
    },
  },
  {
    name: 'an action on several conversations answers for each',
    why: 'one of a hundred may be refused, and the person has to know which',
    needs: [anyOf(SEVERAL)],
    async run(h) {
      for (const [name, act] of claimed(h, SEVERAL)) {
        const ids = [h.first.id, 'no such conversation'];
        ensureResults(await h.value(async () => act(h.source, ids), name), ids, name);
      }
    },
  },
  {
    name: 'an action that is aborted settles',
    why: 'whoever waits for it would wait for ever',
    needs: [anyOf({...SINGLE, ...SEVERAL})],
    async run(h) {
      const {source, first: {id}} = h;
      const options = {signal: AbortSignal.abort()};
      const calls = {
        pin: async () => source.setPinned?.(id, true, options),
        notify: async () => source.setNotify?.(id, 'silent', options),
        markRead: async () => source.markRead?.([id], options),
        markUnread: async () => source.markUnread?.(id, true, options),
        mark: async () => source.setMark?.([id], 'star', true, options),
        delete: async () => source.delete?.([id], options),
      };
      for (const [name, call] of claimed(h, calls)) {
        const outcome = await h.outcome<unknown>(call, name);
        if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of ${name}`);
      }
    },
  },
  {
    name: 'strange ids in actions harm nothing',
    why: 'ids come from links and from storage, and may be anything',
    needs: [anyOf({...SINGLE, ...SEVERAL})],
    async run(h) {
      const prototype = Object.getOwnPropertyNames(Object.prototype).join();
      for (const id of strangeIds(h.known)) {
        for (const [name, act] of claimed(h, SINGLE)) {
          const outcome = await h.outcome(async () => act(h.source, id), name);
          if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of ${name} of ${show(id)}`);
        }
        for (const [name, act] of claimed(h, SEVERAL)) {
          const outcome = await h.outcome<unknown>(async () => act(h.source, [id]), name);
          if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of ${name} of ${show(id)}`);
          else ensureResults(outcome.value, [id], `${name} of ${show(id)}`);
        }
      }
      const added = lacking(Object.getOwnPropertyNames(Object.prototype), prototype.split(','));
      ensure(added.length === 0, `every object now has ${show(added)}`);
      const missing = lacking(idsIn(h.known), idsIn((await h.walk()).rows));
      ensure(missing.length === 0, `the pages lack ${show(missing)}`);
    },
  },
];
