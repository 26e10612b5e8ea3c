import type {ConversationGroup} from '../../model/conversation.js';
import type {GroupOps, OpOptions} from '../../model/source.js';
import {toNimError, toResults} from './errors.js';
import type {NimFailure, NimGroup, NimGroupService} from './types.js';

type Run = <T>(call: () => Promise<T>, options?: OpOptions) => Promise<T>;

const toGroup = ({groupId, name}: NimGroup): ConversationGroup => Object.freeze({id: groupId, name});

/** The SDK's conversation groups; `create` rejects when a conversation was refused, though the group is there by then. */
export function nimGroups(service: NimGroupService, run: Run): GroupOps {
  const members =
    (act: (groupId: string, ids: string[]) => Promise<readonly NimFailure[]>): GroupOps['add'] =>
    async (groupId, ids, options) => {
      const all = [...new Set(ids)];
      return toResults(all, all.length > 0 ? await run(() => act(groupId, all), options) : []);
    };
  return {
    list: async (options) => (await run(() => service.getConversationGroupList(), options)).map(toGroup),
    create: async (name, ids, options) => {
      const {group, failedList} = await run(() => service.createConversationGroup(name, '', [...ids]), options);
      const [failure] = failedList ?? [];
      if (failure) throw toNimError(failure.error);
      return toGroup(group);
    },
    rename: (groupId, name, options) => run(() => service.updateConversationGroup(groupId, name), options),
    delete: (groupId, options) => run(() => service.deleteConversationGroup(groupId), options),
    add: members((groupId, ids) => service.addConversationsToGroup(groupId, ids)),
    remove: members((groupId, ids) => service.removeConversationsFromGroup(groupId, ids)),
  };
}
