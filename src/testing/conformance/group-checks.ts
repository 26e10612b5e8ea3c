import type {ConversationGroup} from '../../model/conversation.js';
import type {GroupOps} from '../../model/source.js';
import {ensure, op, show, type Check} from './check.js';
import type {Harness} from './harness.js';
import {ensureResults, ensureSourceError, isList} from './shapes.js';

const GROUPS = [op('groups')];
const NAME = 'kit';

function groupsOf({source}: Harness): GroupOps {
  ensure(source.groups, 'there is no `groups`');
  return source.groups;
}

async function list(h: Harness): Promise<readonly ConversationGroup[]> {
  const groups = await h.value(() => groupsOf(h).list(), 'groups.list()');
  ensure(isList(groups), `groups.list() resolved to ${show(groups)}`);
  for (const group of groups) {
    ensure(typeof group?.id === 'string' && typeof group.name === 'string', `groups.list() has ${show(group)}`);
  }
  return groups;
}

async function isIn(h: Harness, group: ConversationGroup): Promise<boolean> {
  const row = await h.row(h.last.id);
  return row !== undefined && (row.groups.includes(group.id) || row.groups.includes(group.name));
}

async function create(h: Harness, ids: readonly string[] = []): Promise<ConversationGroup> {
  const group = await h.value(() => groupsOf(h).create(NAME, ids), 'groups.create()');
  ensure(typeof group?.id === 'string' && group.name === NAME, `groups.create() resolved to ${show(group)}`);
  return group;
}

export const GROUP_CHECKS: readonly Check[] = [
  {
    name: 'groups are made, renamed and deleted, and told of',
    why: 'the app shows its folders by groups.list() and the `groups` event',
    needs: GROUPS,
    async run(h) {
      const heard = h.listen();
      const {id} = await create(h);
      await h.until(
        () => heard.of('groups').some(({groups}) => groups.some((group) => group.id === id)),
        'no `groups` event named the new group',
      );
      const listed = (await list(h)).some((group) => group.id === id && group.name === NAME);
      ensure(listed, 'groups.list() lacks the new group');
      await h.value(() => groupsOf(h).rename(id, 'kit 2'), 'groups.rename()');
      ensure((await list(h)).some(({name}) => name === 'kit 2'), 'groups.list() lacks the new name');
      const renamed = (await list(h)).find(({name}) => name === 'kit 2')?.id ?? id;
      await h.value(() => groupsOf(h).delete(renamed), 'groups.delete()');
      ensure(!(await list(h)).some((group) => group.id === renamed), 'groups.list() still has the deleted group');
    },
  },
  {
    name: 'conversations are put into a group and taken out, and told of',
    why: 'a list of one folder follows `conversation.groups`',
    needs: GROUPS,
    async run(h) {
      const {id} = h.last;
      const group = await create(h, [id]);
      ensure(await isIn(h, group), `groups.create() did not put ${show(id)} into the group`);
      const heard = h.listen();
      const removed = await h.value(() => groupsOf(h).remove(group.id, [id]), 'groups.remove()');
      ensureResults(removed, [id], 'groups.remove()');
      await h.until(() => heard.told(id), `no upsert told that ${show(id)} left the group`);
      ensure(!(await isIn(h, group)), `groups.remove() left ${show(id)} in the group`);
      const added = await h.value(() => groupsOf(h).add(group.id, [id]), 'groups.add()');
      ensureResults(added, [id], 'groups.add()');
      ensure(await isIn(h, group), `groups.add() did not put ${show(id)} into the group`);
    },
  },
  {
    name: 'an action on a group that is not there rejects with a SourceError',
    why: 'the person would be told that it was done',
    needs: GROUPS,
    async run(h) {
      const groups = groupsOf(h);
      const calls = {
        rename: () => groups.rename('no such group', 'x'),
        delete: () => groups.delete('no such group'),
        add: () => groups.add('no such group', [h.last.id]),
      };
      for (const [name, call] of Object.entries(calls)) {
        const outcome = await h.outcome<unknown>(call, `groups.${name}()`);
        ensure('error' in outcome, `groups.${name}() resolved`);
        ensureSourceError(outcome.error, `the rejection of groups.${name}()`);
      }
    },
  },
];
