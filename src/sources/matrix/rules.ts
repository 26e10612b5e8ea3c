import type {NotifyLevel} from '../../model/conversation.js';
import type {Json} from './types.js';

/** A request that changes a push rule: its path, and its body where it is set rather than taken away. */
export interface RuleChange {
  readonly path: string;
  readonly body?: object;
}

/** How loud each room is, by the account data `m.push_rules`; a room without a rule of its own is `all`. */
export function roomLevels(content: unknown): ReadonlyMap<string, NotifyLevel> {
  const {override, room} = Object((Object(content) as Json)['global']) as Json;
  const levels = new Map<string, NotifyLevel>();
  for (const {id, quiet} of rules(room)) levels.set(id, quiet ? 'mentions' : 'all');
  // Above the rules for mentions, an override rule silences these too.
  for (const {quiet, rooms} of rules(override)) if (quiet) for (const id of rooms) levels.set(id, 'silent');
  return levels;
}

/** What makes a room that loud, from the account data as it stands; `undefined` for a level that Matrix does not have. */
export function levelChanges(content: unknown, roomId: string, level: NotifyLevel): readonly RuleChange[] | undefined {
  const {override, room} = Object((Object(content) as Json)['global']) as Json;
  const silent = rules(override).filter(({quiet, rooms}) => quiet && rooms.includes(roomId));
  const own = rules(room).filter(({id}) => id === roomId);
  const path = (kind: string, id: string): string => `/pushrules/global/${kind}/${encodeURIComponent(id)}`;
  const quiet = {actions: []};
  const loud = silent.map(({id}): RuleChange => ({path: path('override', id)}));
  if (level === 'all') return [...loud, ...own.map(({id}): RuleChange => ({path: path('room', id)}))];
  if (level === 'mentions') return [...loud, {path: path('room', roomId), body: quiet}];
  if (level === 'silent') {
    const conditions = [{kind: 'event_match', key: 'room_id', pattern: roomId}];
    return [{path: path('override', roomId), body: {...quiet, conditions}}];
  }
  return undefined;
}

interface Rule {
  readonly id: string;
  /** Says nothing at all: with no actions, or with `dont_notify` as before Matrix 1.7. */
  readonly quiet: boolean;
  /** The rooms it is about, if it is about nothing else. */
  readonly rooms: readonly string[];
}

function rules(list: unknown): readonly Rule[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((value): Rule[] => {
    const {rule_id: id, actions, conditions, enabled} = Object(value) as Json;
    if (typeof id !== 'string' || enabled === false || !Array.isArray(actions)) return [];
    const [condition, ...more] = Array.isArray(conditions) ? (conditions as unknown[]) : [];
    const {kind, key, pattern} = Object(condition) as Json;
    const one = more.length === 0 && kind === 'event_match' && key === 'room_id' && typeof pattern === 'string';
    return [{id, quiet: !actions.some((action) => action !== 'dont_notify'), rooms: one ? [pattern] : []}];
  });
}
