import type {SourceError} from '../../model/errors.js';
import {bareOf} from './jid.js';

/** Different problems that are told in all: more would only fill the console. */
const MOST = 50;

/** Tells of what was refused where the page tells of its errors, each kind from each sender once. */
export class Reports {
  readonly #told = new Set<string>();

  report(error: SourceError, from?: string): void {
    // What a message quotes differs every time.
    const kind = `${bareOf(from)} ${error.message.replace(/\d+/g, '')}`.slice(0, 300);
    if (this.#told.has(kind) || this.#told.size >= MOST) return;
    this.#told.add(kind);
    (globalThis.reportError ?? console.error)(error);
  }
}
