import type {ConversationGroup} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {GroupOps, OpOptions, OpResult} from '../../model/source.js';
import {patched, toggle} from '../memory-changes.js';
import {GROUP} from './keys.js';
import type {Writer} from './writer.js';

/** The kept groups. */
export async function groupsOf(writer: Pick<Writer, 'meta'>): Promise<readonly ConversationGroup[]> {
  const kept = await writer.meta('groups');
  return Array.isArray(kept) ? (kept as readonly ConversationGroup[]) : [];
}

/** A group that a conversation names and that is not there comes into being. */
export async function nameGroups(writer: Writer): Promise<void> {
  const named = new Set([...writer.changed.values()].flatMap((c) => c.groups));
  if (named.size === 0) return;
  const groups = await groupsOf(writer);
  for (const {id} of groups) named.delete(id);
  if (named.size > 0) setGroups(writer, [...groups, ...Array.from(named, (id) => ({id, name: id}))]);
}

function setGroups(writer: Writer, groups: readonly ConversationGroup[]): void {
  writer.groups = groups;
  writer.setMeta('groups', groups);
}

async function put(writer: Writer, groupId: string, ids: readonly string[], on: boolean): Promise<OpResult[]> {
  const change = toggle('groups', groupId, on);
  const known = await writer.get(ids);
  return ids.map((id, i) => {
    const before = known[i];
    if (!before) return {id, error: new SourceError('not-found', `No conversation ${id}`)};
    const after = patched(before.c, change(before.c));
    if (after !== before.c) writer.set(after, before);
    return {id};
  });
}

/** The group (folder) actions of a `LocalSource`. A group keeps its id when it is renamed. */
export function localGroups(
  write: <T>(work: (writer: Writer) => Promise<T>, options: OpOptions | undefined) => Promise<T>,
): GroupOps {
  const change = <T>(
    groupId: string,
    options: OpOptions | undefined,
    work: (writer: Writer, groups: readonly ConversationGroup[]) => Promise<T>,
  ): Promise<T> =>
    write(async (writer) => {
      const groups = await groupsOf(writer);
      if (!groups.some(({id}) => id === groupId)) throw new SourceError('not-found', `No group ${groupId}`);
      return work(writer, groups);
    }, options);

  return {
    list: (options) => write(groupsOf, options),
    // Conversations that are not there are left out: the answer has no place for them.
    create: (name, ids, options) =>
      write(async (writer) => {
        const groups = await groupsOf(writer);
        let id = name;
        while (groups.some((group) => group.id === id)) id += '+';
        setGroups(writer, [...groups, {id, name}]);
        await put(writer, id, [...new Set(ids)], true);
        return {id, name};
      }, options),
    rename: (groupId, name, options) =>
      change(groupId, options, async (writer, groups) =>
        setGroups(writer, groups.map((group) => (group.id === groupId ? {...group, name} : group))),
      ),
    delete: (groupId, options) =>
      change(groupId, options, async (writer, groups) => {
        await put(writer, groupId, await writer.idsOf(GROUP + groupId), false);
        setGroups(writer, groups.filter(({id}) => id !== groupId));
      }),
    add: (groupId, ids, options) => change(groupId, options, (writer) => put(writer, groupId, [...new Set(ids)], true)),
    remove: (groupId, ids, options) => change(groupId, options, (writer) => put(writer, groupId, [...new Set(ids)], false)),
  };
}
