import type {ConversationSource, OpName, SourceCapabilities} from '../../model/source.js';
import {ensure, has, show, type Check} from './check.js';
import {copy, equal} from './values.js';

/** The method behind each action; `markAllRead` is `markRead('all')`. */
const METHODS: Readonly<Record<OpName, keyof ConversationSource>> = {
  pin: 'setPinned',
  notify: 'setNotify',
  markRead: 'markRead',
  markUnread: 'markUnread',
  markAllRead: 'markRead',
  hide: 'setHidden',
  delete: 'delete',
  clearHistory: 'clearHistory',
  draft: 'setDraft',
  mark: 'setMark',
  customData: 'setCustomData',
  groups: 'groups',
};
const OPS = Object.keys(METHODS) as OpName[];
const GROUP_METHODS = ['list', 'create', 'rename', 'delete', 'add', 'remove'] as const;
const PAGINGS: readonly unknown[] = ['cursor', 'offset', 'all', 'window'];
const FIELDS: readonly unknown[] = ['types', 'mark', 'group', 'hasUnread', 'hasMention', 'pinned', 'hidden', 'ids'];
const BOOLEANS = ['nativeOrder', 'deleteEvents', 'syncEvents', 'unreadTotal'] as const;

function isThere(source: ConversationSource, name: OpName): boolean {
  const part = (source as unknown as Readonly<Record<string, unknown>>)[METHODS[name]];
  return name === 'groups' ? typeof part === 'object' && part !== null : typeof part === 'function';
}

export const CAPABILITY_CHECKS: readonly Check[] = [
  {
    name: 'capabilities has every field, each of its type',
    why: 'the list plans its requests and offers actions by them',
    async run({source}) {
      const c = source.capabilities as SourceCapabilities | undefined;
      ensure(typeof c === 'object' && c !== null, `capabilities is ${show(c)}`);
      ensure(PAGINGS.includes(c.paging), `paging is ${show(c.paging)}`);
      ensure(Array.isArray(c.serverFilters), `serverFilters is ${show(c.serverFilters)} instead of an array`);
      for (const field of c.serverFilters) ensure(FIELDS.includes(field), `serverFilters names ${show(field)}`);
      for (const name of BOOLEANS) ensure(typeof c[name] === 'boolean', `${name} is ${show(c[name])}, no boolean`);
      const ops: ReadonlySet<OpName> | undefined = c.ops;
      ensure(ops instanceof Set, `ops is ${show(ops)} instead of a Set`);
      for (const name of c.ops) ensure(OPS.includes(name), `ops names ${show(name)}`);
    },
  },
  {
    name: 'maxPageSize and limits are whole numbers above 0',
    why: 'a page of 0 rows would never come to an end',
    async run({source: {capabilities}}) {
      const numbers = {maxPageSize: capabilities.maxPageSize, ...capabilities.limits};
      for (const [name, value] of Object.entries(numbers)) {
        ensure(value === undefined || (Number.isSafeInteger(value) && value > 0), `${name} is ${show(value)}`);
      }
    },
  },
  {
    name: 'capabilities stay the same for life',
    why: 'the list reads them when it needs them and is not told of a change',
    async run(h) {
      const before = copy(h.source.capabilities);
      const heard = h.listen();
      await h.walk();
      if (h.subject.change) await h.change(h.last.id, heard);
      heard.stop();
      const now = copy(h.source.capabilities);
      ensure(equal(before, now), `they were ${show(before)}, then ${show(now)}`);
    },
  },
  {
    name: 'each action in capabilities.ops has its method',
    why: 'the list offers what ops names and would call nothing',
    async run({source}) {
      for (const name of source.capabilities.ops) {
        ensure(isThere(source, name), `ops names ${show(name)}, but there is no ${METHODS[name]}`);
      }
      if (!has(source.capabilities.ops, 'groups')) return;
      for (const name of GROUP_METHODS) ensure(typeof source.groups?.[name] === 'function', `groups has no ${name}()`);
    },
  },
  {
    name: 'each action that is there is named in capabilities.ops',
    why: 'what ops does not name is never offered to the person',
    async run({source}) {
      for (const name of OPS) {
        if (!isThere(source, name)) continue;
        const named = METHODS[name] === 'markRead' ? ['markRead', 'markAllRead'] : [name];
        ensure(
          named.some((each) => has(source.capabilities.ops, each)),
          `there is ${METHODS[name]}, but ops does not name ${show(named.join(' or '))}`,
        );
      }
    },
  },
  {
    name: 'unreadTotal is true if there is getTotalUnread',
    why: 'a badge relies on unreadTotal to know that a total will come',
    async run({source}) {
      if (typeof source.getTotalUnread !== 'function') return;
      ensure(source.capabilities.unreadTotal === true, 'there is getTotalUnread(), but unreadTotal is not true');
    },
  },
  {
    name: 'search is true or false if it is given, and true only if there is search()',
    why: 'the list asks a source that can search, and offers to load more of one that cannot',
    async run({source}) {
      const {search} = source.capabilities;
      ensure([undefined, true, false].includes(search), `search is ${show(search)}, no boolean`);
      ensure(search !== true || typeof source.search === 'function', 'search is true, but there is no search()');
    },
  },
  {
    name: 'selfId is a string if it is given',
    why: 'own messages are told from others by it',
    async run({source: {selfId}}) {
      ensure(selfId === undefined || (typeof selfId === 'string' && selfId !== ''), `selfId is ${show(selfId)}`);
    },
  },
];
