/** What is asked of each room. */
export const ROOM = {
  timeline_limit: 8,
  required_state: [['m.room.create', ''], ['m.room.member', '$LAZY'], ['m.room.member', '$ME']],
};
const FILTERS = {not_room_types: ['m.space']};
/** For the classic sync: counts, tags, receipts and what was left, of all rooms: little more than that. */
export const SYNC_FILTER = JSON.stringify({
  account_data: {types: ['m.direct', 'm.push_rules']},
  room: {
    account_data: {types: ['m.tag', 'm.marked_unread', 'com.famedly.marked_unread']},
    ephemeral: {types: ['m.receipt', 'm.typing']},
    state: {types: []},
    // Without any a server does not tell that a count has changed.
    timeline: {limit: 1, lazy_load_members: true},
  },
});

/** So many rooms by recency, and the favourites, which may be far below. */
export function slidingBody(window: number): object {
  const enabled = {enabled: true};
  return {
    lists: {
      all: {...ROOM, filters: FILTERS, ranges: [[0, window - 1]]},
      pinned: {...ROOM, filters: {...FILTERS, tags: ['m.favourite']}, ranges: [[0, 99]]},
    },
    extensions: {account_data: enabled, typing: enabled, receipts: enabled},
  };
}
