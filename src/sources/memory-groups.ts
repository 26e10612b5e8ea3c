import {SourceError} from '../model/errors.js';
import type {GroupOps, OpOptions, OpResult} from '../model/source.js';
import {toggle} from './memory-changes.js';
import type {MemoryCore} from './memory-core.js';

/**
 * The group (folder) actions of a `MemorySource`.
 *
 * A group keeps its id when it is renamed. An unknown group rejects with `not-found`.
 */
export function memoryGroups(core: MemoryCore): GroupOps {
  const {groups} = core;

  const put = async (
    groupId: string,
    ids: Iterable<string>,
    on: boolean,
    options: OpOptions | undefined,
  ): Promise<readonly OpResult[]> => {
    await core.later(options);
    if (!groups.has(groupId)) throw new SourceError('not-found', `No group ${groupId}`);
    return core.edit(ids, toggle('groups', groupId, on));
  };

  return {
    async list(options) {
      await core.later(options);
      return core.groupsEvent().groups;
    },
    // Conversations that are not there are left out: the answer has no place for them.
    async create(name, ids, options) {
      await core.later(options);
      let id = name;
      while (groups.has(id)) id += '+';
      groups.set(id, name);
      core.emit(core.groupsEvent());
      core.edit(ids, toggle('groups', id, true));
      return {id, name};
    },
    async rename(groupId, name, options) {
      await put(groupId, [], true, options);
      groups.set(groupId, name);
      core.emit(core.groupsEvent());
    },
    async delete(groupId, options) {
      await put(groupId, core.keys(), false, options);
      groups.delete(groupId);
      core.emit(core.groupsEvent());
    },
    add: (groupId, ids, options) => put(groupId, ids, true, options),
    remove: (groupId, ids, options) => put(groupId, ids, false, options),
  };
}
