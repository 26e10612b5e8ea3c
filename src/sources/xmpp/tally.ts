import type {MentionKind} from '../../model/conversation.js';
import type {Message} from './messages.js';

/** Most unread messages that are counted in one conversation, and ids that are kept to know a message again. */
export const MOST_UNREAD = 100;
const MOST_SEEN = 300;
/** Of one message. */
const MOST_NOTES = 20;

/** What is known of a message that has not been met yet. */
interface Note {
  readonly kind: Message['kind'];
  readonly sender: string;
  readonly own: boolean;
  readonly text?: string | undefined;
}

/**
 * The last message of a conversation and how many are unread, of messages in any amount: those of the archive from the
 * newest back, live ones as they come. A message that is met twice counts once.
 */
export class Tally {
  /** `undefined`: not known; `null`: there is none. */
  last: Message | null | undefined;
  unread = 0;
  mention: MentionKind | undefined;
  /** The count goes back to what has been read; else there may be more. */
  exact = false;
  /** When the other side has read last, in milliseconds. */
  readUpTo: number | undefined;
  /** The newest in the archive, whatever it is. */
  newestId: string | undefined;
  readonly #notes = new Map<string, Note[]>();
  /** Places in the archive, or senders with the ids of messages that came without one. */
  readonly #seen = new Set<string>();
  readonly #placeless = new Set<string>();

  get at(): number {
    return this.last?.at ?? 0;
  }

  /** The next older one of the archive. `displayed`: up to which the person has read. */
  older(message: Message, displayed: string | undefined): void {
    this.newestId ??= message.archiveId;
    const known = !this.#meet(message);
    // The marker may stand on anything.
    if (displayed !== undefined && message.archiveId === displayed) this.exact = true;
    if (known) return;
    if (message.kind !== 'text') return this.#note(message, true);
    const changed = this.#changed(message);
    if (!this.last) this.last = changed;
    if (message.own) this.exact = true;
    else if (!this.exact && changed.state !== 'recalled') this.#count(message);
    if (this.unread >= MOST_UNREAD) this.exact = true;
  }

  /** One that has just come. Gives whether the conversation has changed by it. */
  newer(message: Message): boolean {
    if (!this.#meet(message)) return this.#refine(message);
    if (message.archiveId !== undefined) this.newestId = message.archiveId;
    const {last} = this;
    if (message.kind === 'text') {
      this.last = message;
      if (message.own) this.read();
      else this.#count(message);
      return true;
    }
    this.#note(message, false);
    if (!last) return false;
    const changed = this.#changed(last);
    if (message.kind === 'displayed' && !message.own && changed.delivery === 'read') this.readUpTo = changed.at;
    this.last = changed;
    return changed !== last;
  }

  /** The archive may know the second of a message that has come live; the order of those of one second is lost there. */
  #refine({archiveId, at}: Message): boolean {
    const {last} = this;
    if (!last || archiveId === undefined || last.archiveId !== archiveId) return false;
    if (last.at % 1000 !== 0 || at <= last.at || at >= last.at + 1000) return false;
    this.last = {...last, at};
    return true;
  }

  /** All of it has been read. */
  read(): void {
    this.unread = 0;
    this.mention = undefined;
    this.exact = true;
  }

  /** More unread messages than are counted. */
  get isLowerBound(): boolean {
    return this.unread >= MOST_UNREAD || !this.exact;
  }

  #count(message: Message): void {
    this.unread = Math.min(MOST_UNREAD, this.unread + 1);
    if (message.mention) this.mention = 'me';
  }

  /** Whether it is a new one. One's own from another device come without their place in the archive. */
  #meet({archiveId, sender, ids: [id]}: Message): boolean {
    const name = id === undefined ? undefined : `${sender} ${id}`;
    const key = archiveId ?? name;
    if (key === undefined) return true;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const isKnown = name !== undefined && this.#placeless.delete(name);
    if (archiveId === undefined) this.#placeless.add(key);
    for (const set of [this.#seen, this.#placeless]) {
      const [first] = set;
      if (set.size > MOST_SEEN && first !== undefined) set.delete(first);
    }
    return !isKnown;
  }

  /** Keeps what a message says of another, in the order of time. */
  #note({kind, sender, own, target, text}: Message, isOlder: boolean): void {
    if (target === undefined || this.#notes.size > MOST_SEEN) return;
    const notes = this.#notes.get(target) ?? [];
    const note = {kind, sender, own, text};
    this.#notes.set(target, isOlder ? [note, ...notes].slice(-MOST_NOTES) : [...notes, note].slice(-MOST_NOTES));
  }

  /** The message with what others say of it; only its sender may change it. */
  #changed(message: Message): Message {
    const names = message.archiveId === undefined ? message.ids : [...message.ids, message.archiveId];
    let changed = message;
    for (const note of names.flatMap((id) => this.#notes.get(id) ?? [])) changed = apply(changed, note);
    return changed;
  }
}

function apply(message: Message, {kind, sender, own, text}: Note): Message {
  const isSender = sender === message.sender;
  if (kind === 'retract' && (isSender || sender === `${message.peer}/`)) {
    return message.state === 'recalled' ? message : {...message, state: 'recalled', text: undefined, fileName: undefined};
  }
  if (kind === 'correct' && isSender && message.state === 'normal') {
    return message.text === text ? message : {...message, text};
  }
  if (!message.own || own) return message;
  if (kind === 'failed') return message.state === 'normal' ? {...message, state: 'failed'} : message;
  if (kind !== 'displayed' && kind !== 'received') return message;
  const delivery = kind === 'displayed' || message.delivery === 'read' ? 'read' : 'delivered';
  return message.delivery === delivery ? message : {...message, delivery};
}
