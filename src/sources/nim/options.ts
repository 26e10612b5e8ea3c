import type {ConversationFilter} from '../../model/filter.js';
import {TYPES} from './convert.js';
import type {NimOption} from './types.js';

/** `undefined`: of all types; empty: of none, which the SDK would take for all. */
export function toTypes(types: ConversationFilter['types']): number[] | undefined {
  return types && [0, 1, 2, 3].filter((type) => types.includes(TYPES[type] ?? 'unknown'));
}

export function toOption({types, group, hasUnread}: ConversationFilter, local: boolean): NimOption {
  const conversationTypes = toTypes(types);
  return {
    ...(conversationTypes && {conversationTypes}),
    ...(hasUnread && {onlyUnread: true}),
    ...(group !== undefined && !local && {conversationGroupIds: group === null ? [] : [group]}),
  };
}
