import type {GroupOps, OpOptions} from '../../../src/model/index.js';
import {CONFORMANCE_RULES} from '../../../src/testing/source-conformance.js';
import type {Broken} from './break.js';

const never = <T>(): Promise<T> => new Promise(() => undefined);
const answered = async (ids: readonly string[]): Promise<unknown> => Array.from(ids, (id) => ({id}));

/** Each action by its method, doing nothing and saying that it did. */
const IDLE: Readonly<Record<string, object>> = {
  pin: {setPinned: async () => undefined},
  notify: {setNotify: async () => undefined},
  markRead: {markRead: answered},
  markAllRead: {markRead: async () => []},
  markUnread: {markUnread: async () => undefined},
  hide: {setHidden: async () => undefined},
  delete: {delete: answered},
  clearHistory: {clearHistory: async () => undefined},
  draft: {setDraft: async () => undefined},
  mark: {setMark: answered},
  customData: {setCustomData: answered},
};

function effectOf(op: string): string {
  const start = `the action \`${op}\``;
  return CONFORMANCE_RULES.find(({name}) => name.startsWith(start) && name.endsWith('as an event'))?.name ?? start;
}

function groups(change: (good: GroupOps) => Partial<GroupOps>): Broken['source'] {
  return (good) => ({groups: {...good.groups, ...change(good.groups)}});
}

const LIFE_OF_GROUPS = 'groups are made, renamed and deleted, and told of';
const MEMBERS = 'conversations are put into a group and taken out, and told of';

export const BROKEN_ACTIONS: readonly Broken[] = [
  ...Object.entries(IDLE).map(([op, source]) => ({how: `does nothing: ${op}`, check: effectOf(op), source: () => source})),
  {
    how: 'an action that is done and not told',
    check: effectOf('pin'),
    source: (good) => {
      let quiet = false;
      return {
        subscribe: (listener: (event: never) => void) => good.subscribe((event) => (quiet ? undefined : listener(event as never))),
        setPinned: async (id: string, pinned: boolean) => {
          quiet = true;
          await good.setPinned(id, pinned);
          quiet = false;
        },
      };
    },
  },
  {
    how: 'pinned for ever',
    check: 'the action `pin` takes pinning back',
    source: (good) => ({setPinned: (id: string) => good.setPinned(id, true)}),
  },
  {
    how: 'a key that stays up when it is unpinned',
    check: 'the action `pin` takes pinning back',
    source: (good) => ({
      setPinned: async (id: string, pinned: boolean) => {
        const c = good.get(id);
        if (c) good.upsert([{...c, pinned, orderKey: c.orderKey | (1n << 63n)}]);
      },
    }),
  },
  {
    how: 'null for a draft\'s text',
    check: 'the action `draft` takes a draft back',
    source: (good) => ({setDraft: (id: string, text: string | null) => good.setDraft(id, String(text))}),
  },
  {
    how: 'done with what is not there',
    check: 'an action on a conversation that is not there rejects with a SourceError',
    source: (good) => ({setNotify: (id: string) => good.setNotify(id, 'silent').catch(() => undefined)}),
  },
  {
    how: 'an Error for what is not there',
    check: 'an action on a conversation that is not there rejects with a SourceError',
    source: () => ({clearHistory: async () => Promise.reject(new Error('Not found'))}),
  },
  {
    how: 'no answer for each',
    check: 'an action on several conversations answers for each',
    source: () => ({setMark: async () => undefined}),
  },
  {
    how: 'answers only for what was refused',
    check: 'an action on several conversations answers for each',
    source: (good) => ({delete: async (ids: readonly string[]) => (await good.delete(ids)).filter(({error}) => error)}),
  },
  {
    how: 'no end of an aborted action',
    check: 'an action that is aborted settles',
    source: (good) => ({setPinned: (id: string, pinned: boolean, options?: OpOptions) => (options?.signal?.aborted ? never() : good.setPinned(id, pinned))}),
  },
  {
    how: 'ids put into an address',
    check: 'strange ids in actions harm nothing',
    source: (good) => ({setDraft: async (id: string, text: string) => good.setDraft(decodeURIComponent(encodeURIComponent(id)), text)}),
  },
  {
    how: 'an id as a pattern',
    check: 'strange ids in actions harm nothing',
    source: (good) => ({
      delete: async (ids: readonly string[]) => {
        good.remove(good.all().flatMap(({id}) => (ids.some((part) => id.includes(part)) ? [id] : [])));
        return ids.map((id) => ({id}));
      },
    }),
  },
  {
    how: 'a new group that is not told',
    check: LIFE_OF_GROUPS,
    source: (good) => ({subscribe: (listener: (event: never) => void) => good.subscribe((event) => event.type !== 'groups' && listener(event as never))}),
  },
  {how: 'a name that stays', check: LIFE_OF_GROUPS, source: groups(() => ({rename: async () => undefined}))},
  {how: 'a group that stays', check: LIFE_OF_GROUPS, source: groups(() => ({delete: async () => undefined}))},
  {
    how: 'an id for a group',
    check: LIFE_OF_GROUPS,
    source: groups((good) => ({create: async (name, ids) => (await good.create(name, ids)).id as never})),
  },
  {
    how: 'a group without its members',
    check: MEMBERS,
    source: groups((good) => ({create: (name) => good.create(name, [])})),
  },
  {how: 'members that stay', check: MEMBERS, source: groups(() => ({remove: answered as never}))},
  {how: 'nobody put in', check: MEMBERS, source: groups(() => ({add: answered as never}))},
  {
    how: 'done with a group that is not there',
    check: 'an action on a group that is not there rejects with a SourceError',
    source: groups((good) => ({rename: (id, name) => good.rename(id, name).catch(() => undefined)})),
  },
];
