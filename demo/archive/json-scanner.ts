/** Where a value stands: keys of objects and indices of arrays, from the root. Valid during the call. */
export type JsonPath = readonly (string | number)[];

/** What is told while a JSON text is scanned. */
export interface JsonScanHandler {
  /** An object or array begins: look inside, take it whole as text, or leave it out. */
  begin(path: JsonPath, kind: 'object' | 'array'): 'enter' | 'take' | 'skip';
  /** The text of what was taken, or of a string, number or word in what was entered. May not be valid JSON. */
  value(path: JsonPath, text: string): void;
  /** An entered object or array is over. */
  end(path: JsonPath): void;
}

type Mode = 'between' | 'string' | 'word' | 'nested';

const STRUCTURE = /[^\s:]/g;
const NESTED = /["{}[\]]/g;
/** A string cannot go over a line, so a line break ends one whose quote is missing, and little is lost. */
const STRING_STOP = /["\\\n]/g;
const WORD_STOP = /[\s,}\]]/g;

/**
 * Finds parts of a JSON text that comes in pieces, without building the rest.
 *
 * It does not validate: a part that is broken inside is handed on as it is, and the scan goes on behind it.
 */
export class JsonScanner {
  readonly #handler: JsonScanHandler;
  #mode: Mode = 'between';
  /** The values being looked into, outermost first. */
  readonly #frames: ('object' | 'array')[] = [];
  readonly #path: (string | number)[] = [];
  #atKey = false;
  /** How deep inside a part that is taken or left out. */
  #depth = 0;
  #inString = false;
  /** The text so far ends with a backslash in a string. */
  #escaped = false;
  #taking = false;
  #taken = '';

  constructor(handler: JsonScanHandler) {
    this.#handler = handler;
  }

  /** The text so far ends inside a value. */
  get unfinished(): boolean {
    return this.#frames.length > 0 || this.#mode !== 'between';
  }

  push(text: string): void {
    let at = 0;
    while (at < text.length) {
      switch (this.#mode) {
        case 'between':
          at = this.#between(text, at);
          break;
        case 'nested':
          at = this.#nested(text, at);
          break;
        case 'string':
          at = this.#string(text, at);
          break;
        case 'word':
          at = this.#word(text, at);
          break;
      }
    }
  }

  /** From a place between values to the next that matters. */
  #between(text: string, from: number): number {
    STRUCTURE.lastIndex = from;
    const at = STRUCTURE.exec(text)?.index ?? text.length;
    const char = text[at];
    if (char === undefined) return at;
    if (char === ',') {
      this.#next();
      return at + 1;
    }
    if (char === '"') {
      this.#mode = 'string';
      this.#taken = char;
      return at + 1;
    }
    if (char === '{' || char === '[') return this.#open(char === '{' ? 'object' : 'array', at);
    if (char === '}' || char === ']') {
      this.#close();
      return at + 1;
    }
    this.#mode = 'word';
    this.#taken = '';
    return at;
  }

  #next(): void {
    const index = this.#path.at(-1);
    if (typeof index === 'number') this.#path[this.#path.length - 1] = index + 1;
    else this.#atKey = true;
  }

  #open(kind: 'object' | 'array', at: number): number {
    const decision = this.#handler.begin(this.#path, kind);
    if (decision === 'enter') {
      this.#frames.push(kind);
      this.#path.push(kind === 'array' ? 0 : '');
      this.#atKey = kind === 'object';
      return at + 1;
    }
    this.#mode = 'nested';
    this.#depth = 0;
    this.#taking = decision === 'take';
    this.#taken = '';
    return at;
  }

  #close(): void {
    if (this.#frames.pop() === undefined) return;
    this.#path.pop();
    this.#atKey = false;
    this.#handler.end(this.#path);
  }

  /** Inside a part: only its end matters. */
  #nested(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      if (this.#inString) {
        at = this.#skipString(text, at);
        continue;
      }
      NESTED.lastIndex = at;
      const found = NESTED.exec(text);
      if (found === null) {
        at = text.length;
        break;
      }
      at = found.index + 1;
      const [char] = found;
      if (char === '"') this.#inString = true;
      else if (char === '{' || char === '[') this.#depth++;
      else if (--this.#depth === 0) {
        const whole = this.#taken + text.slice(from, at);
        this.#mode = 'between';
        if (this.#taking) this.#handler.value(this.#path, whole);
        return at;
      }
    }
    if (this.#taking) this.#taken += text.slice(from, at);
    return at;
  }

  /** To the end of a string, or of the text. */
  #skipString(text: string, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at++;
    }
    for (;;) {
      STRING_STOP.lastIndex = at;
      const found = STRING_STOP.exec(text);
      if (found === null) return text.length;
      if (found[0] !== '\\') {
        this.#inString = false;
        return found.index + 1;
      }
      at = found.index + 2;
      if (at > text.length) {
        this.#escaped = true;
        return text.length;
      }
    }
  }

  /** A key, or a string as a value. */
  #string(text: string, from: number): number {
    this.#inString = true;
    const at = this.#skipString(text, from);
    this.#taken += text.slice(from, at);
    if (this.#inString) return at;
    this.#mode = 'between';
    if (this.#atKey) {
      this.#atKey = false;
      this.#path[this.#path.length - 1] = keyOf(this.#taken);
    } else {
      this.#handler.value(this.#path, this.#taken);
    }
    return at;
  }

  /** A number, `true`, `false` or `null`. */
  #word(text: string, from: number): number {
    WORD_STOP.lastIndex = from;
    const at = WORD_STOP.exec(text)?.index ?? text.length;
    this.#taken += text.slice(from, at);
    if (at < text.length) {
      this.#mode = 'between';
      this.#handler.value(this.#path, this.#taken);
    }
    return at;
  }
}

function keyOf(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}
