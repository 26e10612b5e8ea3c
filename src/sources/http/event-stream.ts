import {SourceError} from '../../model/errors.js';

/** One event of a stream. */
export interface StreamEvent {
  readonly name: string;
  /** Where the stream stands after it; `undefined`: it does not say. */
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads `text/event-stream`, as the HTML standard has it, from pieces that may break anywhere.
 *
 * @throws SourceError `invalid-data` from `push` when a line or an event grows past `maxLength`.
 */
export class EventStreamParser {
  /** Milliseconds that the server wants between two connections. */
  retryMs: number | undefined;

  readonly #maxLength: number;
  #rest = '';
  /** How much of the rest is known to hold no end of a line. */
  #scanned = 0;
  #start = true;
  #name = '';
  #id: string | undefined;
  #data: string[] = [];
  #length = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** The events that end in this piece. */
  push(text: string): StreamEvent[] {
    this.#rest += text;
    if (this.#start && this.#rest !== '') {
      this.#start = false;
      if (this.#rest.startsWith('\ufeff')) this.#rest = this.#rest.slice(1);
    }
    const events: StreamEvent[] = [];
    // A carriage return at the very end may be the first half of a line's end.
    const ends = /\r\n|\n|\r(?!$)/g;
    ends.lastIndex = this.#scanned;
    let from = 0;
    for (let end = ends.exec(this.#rest); end !== null; end = ends.exec(this.#rest)) {
      this.#line(this.#rest.slice(from, end.index), events);
      from = ends.lastIndex;
    }
    this.#rest = this.#rest.slice(from);
    this.#scanned = Math.max(0, this.#rest.length - 1);
    if (this.#rest.length + this.#length > this.#maxLength) {
      throw new SourceError('invalid-data', `An event is larger than ${this.#maxLength}`);
    }
    return events;
  }

  #line(line: string, events: StreamEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({name: this.#name === '' ? 'message' : this.#name, id: this.#id, data: this.#data.join('\n')});
      }
      this.#name = '';
      this.#data = [];
      this.#length = 0;
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') {
      this.#data.push(value);
      this.#length += value.length;
    } else if (field === 'event') {
      this.#name = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.#id = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      this.retryMs = Number(value);
    }
  }
}
