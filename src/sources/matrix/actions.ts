import type {ConversationGroup, NotifyLevel} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import type {ConversationSource, GroupOps, OpName, OpOptions, OpResult} from '../../model/source.js';
import {each} from '../shared/results.js';
import type {MatrixCore} from './core.js';
import {toMatrixError} from './errors.js';
import {FAVOURITE, groupsOf, MARK_TAGS, type RoomFacts} from './rooms.js';
import {levelChanges} from './rules.js';

/** The methods of a source that are actions. */
export type Actions = Pick<
  Required<ConversationSource>,
  'setPinned' | 'setNotify' | 'markRead' | 'markUnread' | 'setMark' | 'delete' | 'groups'
>;

export const OPS: ReadonlySet<OpName> = new Set<OpName>([
  'pin', 'notify', 'markRead', 'markAllRead', 'markUnread', 'mark', 'delete', 'groups',
]);

/** Requests that a server gets at once when all is marked read: more would be held up by its limits. */
const AT_ONCE = 8;

const encode = encodeURIComponent;

export function matrixActions(core: MatrixCore): Actions {
  const {service} = core;
  /** Groups that nothing is in: servers keep none. */
  const empty = new Set<string>();

  const known = async (id: string, signal: AbortSignal): Promise<RoomFacts> => {
    if (!core.facts(id)) await service.find([id], signal);
    const facts = core.facts(id);
    if (!facts) throw new SourceError('not-found', `No room ${id}`);
    return facts;
  };
  /** A room's path in the person's own data. */
  const own = (id: string): string => `/user/${encode(service.self ?? '')}/rooms/${encode(id)}`;

  const act = (
    id: string,
    {signal}: OpOptions = {},
    call: (facts: RoomFacts, signal: AbortSignal) => Promise<Partial<RoomFacts> | undefined>,
  ): Promise<void> =>
    core.run(async (ends) => {
      const done = await call(await known(id, ends), ends);
      if (done) core.echo(id, done);
    }, signal);

  const tag = (id: string, name: string, on: boolean, options?: OpOptions): Promise<void> =>
    act(id, options, async (_, ends) => {
      await service.request(on ? 'PUT' : 'DELETE', `${own(id)}/tags/${encode(name)}`, on ? {} : undefined, ends);
      const tags = core.facts(id)?.tags ?? [];
      return {tags: [...tags.filter((one) => one !== name), ...(on ? [name] : [])]};
    });

  const setUnread = async (id: string, unread: boolean, ends: AbortSignal): Promise<void> => {
    await service.request('PUT', `${own(id)}/account_data/m.marked_unread`, {unread}, ends);
  };

  const markUnread = (id: string, unread: boolean, options?: OpOptions): Promise<void> =>
    act(id, options, async (_, ends) => {
      await setUnread(id, unread, ends);
      return {marked: unread};
    });

  const read = (id: string, options?: OpOptions): Promise<void> =>
    act(id, options, async ({marked, invited}, ends) => {
      if (invited) throw new SourceError('unsupported', 'An invitation is answered, not read');
      const event = service.newest(id);
      if (event !== undefined) {
        const markers = {'m.fully_read': event, 'm.read': event};
        await service.request('POST', `/rooms/${encode(id)}/read_markers`, markers, ends);
      }
      if (marked) await setUnread(id, false, ends);
      return {unread: 0, highlights: 0, marked: false};
    });

  const several = (
    ids: Iterable<string>,
    one: (id: string) => Promise<void>,
  ): Promise<readonly OpResult[]> => each(ids, toMatrixError, one);

  const groupNames = (): Set<string> => {
    const names = new Set(empty);
    for (const {tags} of service.counts()) for (const name of groupsOf(tags)) names.add(name);
    for (const id of service.ids()) for (const name of groupsOf(core.facts(id)?.tags ?? [])) names.add(name);
    return names;
  };
  const list = async ({signal}: OpOptions = {}): Promise<readonly ConversationGroup[]> => {
    await core.run((ends) => service.counted(ends), signal);
    return Array.from(groupNames(), (name) => Object.freeze({id: name, name}));
  };
  const tellGroups = async (): Promise<void> => core.emit({type: 'groups', groups: await list()});
  const inGroup = async (group: string, {signal}: OpOptions = {}): Promise<readonly string[]> => {
    await core.run((ends) => service.counted(ends), signal);
    if (!groupNames().has(group)) throw new SourceError('not-found', `No group ${group}`);
    const ids = new Set([...service.ids(), ...Array.from(service.counts(), ({id}) => id)]);
    const tagsOf = new Map(Array.from(service.counts(), ({id, tags}) => [id, tags]));
    return [...ids].filter((id) => groupsOf(core.facts(id)?.tags ?? tagsOf.get(id) ?? []).includes(group));
  };
  const put = async (group: string, ids: readonly string[], on: boolean, options?: OpOptions): Promise<readonly OpResult[]> => {
    const results = await several(ids, (id) => tag(id, `u.${group}`, on, options));
    // What is left empty goes on the server, and here when the list is made anew.
    empty.add(group);
    return results;
  };
  const firstError = (results: readonly OpResult[]): void => {
    const failed = results.find(({error}) => error);
    if (failed?.error) throw failed.error;
  };

  const groups: GroupOps = {
    list,
    async create(name, ids, options) {
      firstError(await put(name, ids, true, options));
      await tellGroups();
      return {id: name, name};
    },
    async rename(group, name, options) {
      const ids = await inGroup(group, options);
      firstError(await put(name, ids, true, options));
      firstError(await put(group, ids, false, options));
      empty.delete(group);
      await tellGroups();
    },
    async delete(group, options) {
      firstError(await put(group, await inGroup(group, options), false, options));
      empty.delete(group);
      await tellGroups();
    },
    async add(group, ids, options) {
      await inGroup(group, options);
      return put(group, ids, true, options);
    },
    async remove(group, ids, options) {
      await inGroup(group, options);
      return put(group, ids, false, options);
    },
  };

  return {
    setPinned: (id, pinned, options) => tag(id, FAVOURITE, pinned, options),

    setNotify: (id, level: NotifyLevel, options) =>
      act(id, options, async (_, ends) => {
        const changes = levelChanges(service.pushRules, id, level);
        if (!changes) throw new SourceError('unsupported', `Matrix has no level ${level}`);
        for (const {path, body} of changes) {
          await service.request(body ? 'PUT' : 'DELETE', path, body, ends).catch((thrown: unknown) => {
            // A rule that another device has taken away.
            if (body || toMatrixError(thrown).code !== 'not-found') throw thrown;
          });
        }
        return {notify: level};
      }),

    async markRead(ids, options = {}) {
      if (ids !== 'all') return several(ids, (id) => read(id, options));
      await core.run((ends) => service.counted(ends), options.signal);
      const unread = Array.from(service.counts()).flatMap(({id, unread: count, invited}) =>
        !invited && (count > 0 || core.facts(id)?.marked) ? id : [],
      );
      const results: OpResult[] = [];
      while (unread.length > 0) results.push(...(await several(unread.splice(0, AT_ONCE), (id) => read(id, options))));
      return results;
    },

    markUnread,

    setMark: (ids, mark, on, options) =>
      several(ids, async (id) => {
        if (mark === 'unread') return markUnread(id, on, options);
        const name = MARK_TAGS[mark];
        if (name === undefined) throw new SourceError('invalid-argument', `${mark} is no mark: star, unread or fold`);
        return tag(id, name, on, options);
      }),

    delete: (ids, options) =>
      several(ids, (id) =>
        act(id, options, async (_, ends) => {
          await service.request('POST', `/rooms/${encode(id)}/leave`, {}, ends);
          // It is gone from the list by that; its history is kept when this fails.
          await service.forget(id, ends).catch(() => undefined);
          core.gone(id);
          core.touch([id]);
          return undefined;
        }),
      ),

    groups,
  };
}
