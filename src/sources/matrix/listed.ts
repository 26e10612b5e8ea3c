import {text} from '../shared/rows.js';
import {number, object} from './json.js';
import {edited, isShown, replaces, type EventView} from './messages.js';
import type {Json} from './types.js';

/** What sliding sync has told of a room. */
export interface Listed {
  data: Json;
  readonly people: Map<string, {readonly name: string | undefined; readonly avatar: string | undefined}>;
  invited: boolean;
  /** Who has invited, and whether to a direct conversation. */
  invite?: {readonly sender: string | undefined; readonly direct: boolean};
  space: boolean;
  last?: EventView;
  newest?: string;
}

/** Its place in the server's order; 0 if it gave none. */
export function stampOf({data}: Listed): number {
  return number(data['bump_stamp']) ?? 0;
}

/** Takes in an event of the timeline: a message, an edit of the last one, or that it was taken back. */
export function takeEvent(room: Listed, json: Json): void {
  const event = view(json);
  const {last} = room;
  if (event.id !== undefined) room.newest = event.id;
  if (isShown(event)) room.last = event;
  else if (last && last.id !== undefined && replaces(event) === last.id && !last.redacted) room.last = edited(last, event);
  else if (last && event.type === 'm.room.redaction') {
    const target = event.content['redacts'] ?? json['redacts'];
    if (target === last.id) room.last = {...last, redacted: true, content: {}};
  }
}

function view(json: Json): EventView {
  return {
    id: text(json['event_id']),
    type: String(json['type']),
    sender: text(json['sender']),
    ts: number(json['origin_server_ts']) ?? 0,
    content: object(json['content']),
    redacted: object(json['unsigned'])['redacted_because'] !== undefined,
  };
}
