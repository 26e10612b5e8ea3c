import type {ConversationGroup} from '../../model/conversation.js';
import type {GroupOps, OpOptions, OpResult} from '../../model/source.js';
import {ensureSome} from '../shared/results.js';
import type {HttpActions} from './actions.js';
import {readGroup, readGroups} from './read.js';

/** The actions on groups. A group stands in the query, where it may be any string. */
export function httpGroups(actions: HttpActions): GroupOps {
  const nothing = (): void => undefined;
  const move = (to: 'add' | 'remove') => async (groupId: string, ids: readonly string[], options?: OpOptions): Promise<readonly OpResult[]> =>
    ensureSome(await actions.several(`groups/${to}`, ids, {}, options, {query: [['id', groupId]]}));
  return {
    list: ({signal} = {}) => actions.ask('groups', {signal}, readGroups),
    create: (name, ids, {signal} = {}): Promise<ConversationGroup> =>
      actions.ask('groups', {method: 'POST', body: {name, ids}, signal}, readGroup),
    rename: (groupId, name, {signal} = {}) =>
      actions.ask('groups', {method: 'PATCH', query: [['id', groupId]], body: {name}, signal}, nothing),
    delete: (groupId, {signal} = {}) => actions.ask('groups', {method: 'DELETE', query: [['id', groupId]], signal}, nothing),
    add: move('add'),
    remove: move('remove'),
  };
}
