import type {LastMessage} from '../../model/conversation.js';
import {frozen, text} from '../shared/rows.js';
import {object} from './json.js';
import type {Json, MatrixMedia} from './types.js';

/** An event, whether the SDK or a server gave it. */
export interface EventView {
  readonly id: string | undefined;
  readonly type: string;
  readonly sender: string | undefined;
  readonly ts: number;
  readonly content: Json;
  readonly redacted: boolean;
  /** Of a message that this device sends: how far it has got, in the SDK's words. */
  readonly status?: string | null;
}

/** What a message needs besides its event. */
export interface MessageContext {
  readonly self: string | undefined;
  readonly nameOf: (userId: string) => string | undefined;
  readonly media: MatrixMedia;
}

const POLLS = ['m.poll.start', 'org.matrix.msc3381.poll.start'];
const BEACONS = ['m.beacon_info', 'org.matrix.msc3672.beacon_info'];
/** The types of events that a row previews; servers raise a room by the same ones. */
const SHOWN: ReadonlySet<string> = new Set([
  'm.room.message', 'm.room.encrypted', 'm.sticker', 'm.call.invite', ...POLLS, ...BEACONS,
]);
const KINDS: Readonly<Record<string, string>> = {
  'm.image': 'image',
  'm.video': 'video',
  'm.file': 'file',
  'm.location': 'location',
};

/** The event that another replaces, as an edit does. */
export function replaces({content}: EventView): string | undefined {
  const {rel_type: relation, event_id: id} = object(content['m.relates_to']);
  return relation === 'm.replace' ? text(id) : undefined;
}

/** Whether a row can show it: a message and no edit, which shows in what it edits. */
export function isShown(event: EventView): boolean {
  return SHOWN.has(event.type) && replaces(event) === undefined;
}

/** The event with the content of its edit. */
export function edited(event: EventView, edit: EventView): EventView {
  return {...event, content: object(edit.content['m.new_content'])};
}

export function toMessage(event: EventView, {self, nameOf, media}: MessageContext): LastMessage {
  const {id, sender, ts, redacted, status, content} = event;
  const what = redacted ? {type: 'text'} : contentOf(event, media, (sender && nameOf(sender)) ?? sender ?? '');
  return frozen<LastMessage>({
    id,
    senderId: sender,
    senderName: sender && nameOf(sender),
    isOwn: self === undefined ? undefined : sender === self,
    ...what,
    durationMs: redacted ? undefined : duration(content),
    sentAt: ts > 0 ? ts : undefined,
    state: redacted ? 'recalled' : status === 'not_sent' ? 'failed' : isUnsent(status) ? 'sending' : 'normal',
  });
}

/** `null`: the server has it; `sent`: it has said so, and the event comes by the sync. */
function isUnsent(status: EventView['status']): boolean {
  return typeof status === 'string' && status !== 'sent';
}

type Content = Partial<Pick<LastMessage, 'text' | 'fileName' | 'thumbnailUrl'>> & Pick<LastMessage, 'type'>;

function contentOf({type, content}: EventView, media: MatrixMedia, name: string): {[K in keyof Content]: Content[K] | undefined} & {type: string} {
  if (type === 'm.room.encrypted') return {type: 'encrypted'};
  if (type === 'm.sticker') return {type: 'sticker'};
  if (BEACONS.includes(type)) return {type: 'live-location'};
  if (POLLS.includes(type)) return {type: 'poll', text: question(content)};
  if (type === 'm.call.invite') {
    return {type: /\bm=video/.test(String(object(content['offer'])['sdp'])) ? 'video-call' : 'call'};
  }
  const {msgtype, body, filename, url} = content;
  // The SDK makes a message in words of its own of what it cannot decrypt.
  if (msgtype === 'm.bad.encrypted') return {type: 'encrypted'};
  if (msgtype === 'm.emote') return {type: 'text', text: `* ${name} ${text(body) ?? ''}`};
  const voice = content['org.matrix.msc3245.voice'] ?? content['org.matrix.msc1767.voice'];
  const kind = msgtype === 'm.audio' ? (voice ? 'voice' : 'audio') : KINDS[String(msgtype)];
  if (kind === undefined) return {type: 'text', text: withoutQuote(content)};
  // Where there is a name of its own, the body is what was written under it.
  const caption = text(filename) !== undefined && filename !== body ? text(body) : undefined;
  const picture = object(content['info'])['thumbnail_url'] ?? (kind === 'image' ? url : undefined);
  return {
    type: kind,
    text: kind === 'location' ? text(body) : caption,
    fileName: kind === 'file' ? (text(filename) ?? text(body)) : undefined,
    thumbnailUrl: text(picture) && media(String(picture)),
  };
}

/** The body of a text; of a reply older clients quote what it answers, each line behind a `>`. */
function withoutQuote(content: Json): string | undefined {
  const body = text(content['body']);
  const reply = object(content['m.relates_to'])['m.in_reply_to'] !== undefined;
  return reply ? text(body?.replace(/^(?:> .*\n)+\n?/, '')) : body;
}

function duration(content: Json): number | undefined {
  const ms = object(content['info'])['duration'];
  return typeof ms === 'number' && ms > 0 ? ms : undefined;
}

function question(content: Json): string | undefined {
  const {question: asked} = object(content['m.poll'] ?? content['m.poll.start'] ?? content['org.matrix.msc3381.poll.start']);
  const words = object(asked);
  const [first] = Array.isArray(words['m.text']) ? (words['m.text'] as unknown[]) : [];
  return text(words['body']) ?? text(object(first)['body']) ?? text(words['m.text']) ?? text(words['org.matrix.msc1767.text']);
}
