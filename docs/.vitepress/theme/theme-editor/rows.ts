import {conversationsOf, rowGroups} from '../../../../demo/gallery/row-groups';
import type {Conversation} from '../../../../src/model/conversation';

/** Rows of the demo's gallery that show, between them, everything that a theme colours; from the top. */
const SHOWN: readonly (readonly [group: string, label: string])[] = [
  ['flags', 'pinned'],
  ['unread', 'mentions you'],
  ['people', 'tags'],
  ['drafts', 'one types'],
  ['drafts', 'draft'],
  ['life', 'read'],
  ['unread', 'muted'],
  ['people', 'away'],
  ['unread', 'mentions all'],
  ['life', 'failed'],
  ['people', 'verified'],
  ['people', 'busy'],
  ['unread', 'more than 99'],
  ['life', 'sent'],
  ['avatars', 'group of four'],
];

/** The row that is open at first. */
export const OPEN = SHOWN.findIndex(([, label]) => label === 'read');

const PINNED = 1n << 62n;

/** Newest first, each a minute older than the one before. */
export function previewRows(): Conversation[] {
  const groups = rowGroups();
  return SHOWN.map(([id, label], i) => {
    const group = groups.find((one) => one.id === id);
    const at = group?.rows.findIndex(([words]) => words === label) ?? -1;
    const row = group === undefined ? undefined : conversationsOf(group)[at];
    if (row === undefined) throw new Error(`The gallery has no row "${label}" in "${id}".`);
    const orderKey = BigInt(Date.now() - i * 60_000) + (row.pinned ? PINNED : 0n);
    return {...row, orderKey};
  });
}
