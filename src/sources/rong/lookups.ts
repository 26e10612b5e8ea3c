import type {RongCore} from './core.js';
import {idOf, targetOf, type Row} from './rows.js';
import type {RongModule, RongProfiles, RongTarget} from './types.js';

/** Users or groups in a call. */
const PROFILES = 20;
/** How long rows wait for what they can show without. */
const LOOKUP_MS = 3000;

/** From the hosted profiles of users and groups, an option of the service: without it the calls fail. */
export function sdkProfiles(sdk: RongModule): RongProfiles {
  return async (targets) => {
    const ids = (type: number): string[] =>
      targets.flatMap(({conversationType, targetId}) => (conversationType === type ? [targetId] : []));
    const [users, groups] = [ids(1), ids(3)];
    const [people, rooms] = await Promise.all([
      users.length > 0 ? sdk.getUserProfiles?.(users) : undefined,
      groups.length > 0 ? sdk.getGroupsInfo?.(groups) : undefined,
    ]);
    return targets.map(({conversationType, targetId}) => {
      const user = conversationType === 1 && people?.data?.find(({userId}) => userId === targetId);
      if (user) return {title: user.name, avatarUrl: user.portraitUri};
      const group = conversationType === 3 && rooms?.data?.find(({groupId}) => groupId === targetId);
      return group ? {title: group.groupName, avatarUrl: group.portraitUri} : undefined;
    });
  };
}

/** Finds out names, tags and drafts. Never rejects: conversations can be shown without. */
export async function look(core: RongCore, rows: readonly Row[], signal?: AbortSignal): Promise<void> {
  const {sdk} = core;
  const quiet = <T>(call: () => Promise<T>): Promise<T | undefined> =>
    core.calls.run(call, signal, LOOKUP_MS).catch(() => undefined);
  const missing = [...new Set(rows.flatMap(namesIn))].filter((id) => !core.profiles.has(id));
  const learn = async (ids: readonly string[]): Promise<void> => {
    const found = await quiet(() => core.find(ids.map((id) => targetOf(id) as RongTarget)));
    ids.forEach((id, i) => {
      const profile = found?.[i];
      if (profile) core.profiles.set(id, profile);
    });
  };
  const chunks = Array.from({length: Math.ceil(missing.length / PROFILES)}, (_, i) =>
    missing.slice(i * PROFILES, (i + 1) * PROFILES),
  );
  await Promise.all([
    ...chunks.map(learn),
    // Both come from the SDK's own memory.
    ...rows.map(async (row) => {
      const {target, touched} = row;
      const [tags, draft] = await Promise.all([
        quiet(async () => sdk.getTagsFromConversation?.(target)),
        quiet(async () => sdk.getTextMessageDraft?.(target)),
      ]);
      // Unless an event has been quicker.
      if (row.touched !== touched) return;
      if (tags?.isOk && Array.isArray(tags.data)) row.tags = tags.data.map(({tagId}) => tagId);
      if (draft?.isOk) row.draft = draft.data || undefined;
    }),
  ]);
}

/** The users and groups whose names a row shows. */
function namesIn({target, item}: Row): string[] {
  const sender = item.latestMessage?.senderUserId;
  const group = target.conversationType === 3;
  const names = group || target.conversationType === 1 ? [idOf({...target, channelId: ''})] : [];
  return group && sender ? [...names, `1|${sender}`] : names;
}
