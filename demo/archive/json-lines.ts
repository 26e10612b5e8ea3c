import type {ArchiveConversation} from './archive.js';
import {fromSeconds, type ArchiveCollector} from './archive-collector.js';

/** A longer line, in UTF-16 code units, is no message. */
const MAX_LINE = 1 << 22;

/**
 * Reads JSON Lines: one message a line, `{group, topic, id, timestamp, sender, text}`.
 *
 * Every topic of a group is a conversation. Lines that are broken are counted as problems; empty ones are not.
 */
export class JsonLinesReader {
  readonly #collector: ArchiveCollector;
  #line = 0;
  #rest = '';
  #tooLong = false;

  constructor(collector: ArchiveCollector) {
    this.#collector = collector;
  }

  push(text: string): void {
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.#endLine(text.slice(from, to));
      from = to + 1;
    }
    this.#rest += text.slice(from);
    if (this.#rest.length > MAX_LINE) {
      this.#rest = '';
      this.#tooLong = true;
    }
  }

  /** @param cut - the file breaks off, so that the last line is not to blame */
  finish(cut: boolean): void {
    if (cut) this.#rest = '';
    else if (this.#rest !== '' || this.#tooLong) this.#endLine('');
  }

  #endLine(end: string): void {
    const line = this.#rest + end;
    const tooLong = this.#tooLong || line.length > MAX_LINE;
    this.#rest = '';
    this.#tooLong = false;
    this.#line++;
    const reason = tooLong ? 'too long' : line.trim() === '' ? undefined : this.#read(line);
    if (reason !== undefined) this.#collector.problem(`line ${this.#line}`, reason);
  }

  /** Takes the message of a line. Returns what is wrong with it. */
  #read(line: string): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return 'not JSON';
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
    const {group = '', topic, id = this.#line, timestamp, sender, text = ''} = value as Record<string, unknown>;
    if (typeof topic !== 'string') return 'topic is not a string';
    if (typeof group !== 'string') return 'group is not a string';
    if (typeof text !== 'string') return 'text is not a string';
    if (typeof id !== 'string' && typeof id !== 'number') return 'id is neither a string nor a number';
    const sentAt = fromSeconds(timestamp);
    if (sentAt === undefined) return 'timestamp is not a time in seconds';
    this.#collector.add({
      conversation: this.#conversation(group, topic),
      id: String(id),
      sentAt,
      ...this.#sender(sender),
      isOwn: false,
      type: 'text',
      text,
    });
    return undefined;
  }

  #conversation(group: string, topic: string): ArchiveConversation {
    // Not joined by a character, which a name could hold too.
    const id = JSON.stringify([group, topic]);
    return (
      this.#collector.conversation(id) ??
      this.#collector.addConversation({id, title: topic, type: 'group', ...(group !== '' && {group})})
    );
  }

  #sender(sender: unknown): {senderId?: string; senderName?: string} {
    if (typeof sender === 'number') {
      // An archive without names: a number alone would read like part of the text.
      return {senderId: this.#collector.intern(`${sender}`), senderName: this.#collector.intern(`User ${sender}`)};
    }
    if (typeof sender !== 'string' || sender === '') return {};
    const name = this.#collector.intern(sender);
    return {senderId: name, senderName: name};
  }
}
