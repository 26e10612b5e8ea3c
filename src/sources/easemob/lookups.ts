import type {EasemobCore} from './core.js';
import {notifyOf, targetOf, type Row} from './rows.js';
import type {EasemobConnection, EasemobProfiles, EasemobTarget} from './types.js';

/** Users in a call of the user attributes, groups in one of their details; conversations in one of silent modes. */
const PROFILES = 100;
const MODES = 20;
/** Members that a group's avatar shows. */
const MEMBERS = 4;
/** How long rows wait for what they can show without. */
const LOOKUP_MS = 3000;

function* chunks<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}

/** From the SDK's user attributes and group details. */
export function sdkProfiles(sdk: EasemobConnection): EasemobProfiles {
  return async (targets) => {
    const some = (type: string): string[] =>
      targets.flatMap((target) => (target.conversationType === type ? [target.conversationId] : []));
    const [users, groups] = [some('singleChat'), some('groupChat')];
    // Without an answer about either the others keep theirs.
    const [infos, details] = await Promise.all([
      users.length > 0 ? sdk.fetchUserInfoById?.(users).catch(() => undefined) : undefined,
      groups.length > 0 ? sdk.getGroupInfo?.({groupId: groups}).catch(() => undefined) : undefined,
    ]);
    return targets.map(({conversationType, conversationId: id}) => {
      if (conversationType === 'singleChat') {
        const info = infos?.data?.[id];
        return info ? {title: info.nickname, avatarUrl: info.avatarurl} : undefined;
      }
      const group = details?.data?.find((one) => one.id === id);
      // Each is {member: id} or {owner: id}.
      const members = group?.affiliations?.slice(0, MEMBERS).flatMap(({owner, member}) => member ?? owner ?? []);
      return group && {title: group.name, avatarUrl: group.avatar, members};
    });
  };
}

/** Finds out how loud conversations are and the names in them. Never rejects: they can be shown without. */
export async function look(core: EasemobCore, rows: readonly Row[], signal?: AbortSignal): Promise<void> {
  const clocks = rows.map(({touched}) => touched);
  await Promise.all([
    learn(core, rows.flatMap(namesIn), signal),
    ...Array.from(core.silentModes ? chunks(rows, MODES) : [], async (some) => {
      const conversationList = some.map(({conversationId: id, conversationType: type}) => ({id, type}));
      const ask = (): ReturnType<NonNullable<EasemobConnection['getSilentModeForConversations']>> | undefined =>
        core.sdk.getSilentModeForConversations?.({conversationList});
      const answer = await core.calls.run(ask, signal, LOOKUP_MS).catch(() => undefined);
      for (const row of answer?.data ? some : []) {
        const modes = answer?.data?.[row.conversationType === 'groupChat' ? 'group' : 'user'];
        // Unless an event has been quicker.
        if (row.touched === clocks[rows.indexOf(row)]) row.notify = notifyOf(modes?.[row.conversationId]);
      }
    }),
  ]);
}

/** The users and groups whose names a row shows, as far as they have ids. */
export function namesIn({id, conversationType, last}: Row): string[] {
  return conversationType === 'groupChat' && last?.from ? [id, `singleChat|${last.from}`] : [id];
}

async function learn(core: EasemobCore, ids: readonly string[], signal?: AbortSignal): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !core.profiles.has(id));
  const members: string[] = [];
  for (const some of chunks(missing, PROFILES)) {
    const targets = some.map((id) => targetOf(id) as EasemobTarget);
    const found = await core.calls.run(() => core.find(targets), signal, LOOKUP_MS).catch(() => []);
    some.forEach((id, i) => {
      const profile = found[i];
      if (profile) core.profiles.set(id, profile);
      if (!profile?.avatarUrl) members.push(...(profile?.members ?? []).map((user) => `singleChat|${user}`));
    });
  }
  if (members.length > 0) await learn(core, members, signal);
}
