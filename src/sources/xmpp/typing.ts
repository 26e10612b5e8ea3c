import type {XmppCore} from './core.js';

/** How often it is told again, as the list takes it back after 6 s; and how long it lasts without a sign, in ms. */
const AGAIN = 4500;
const MOST = 30_000;
/** Conversations in which it is told at the same time; more would be an attack. */
const CONVERSATIONS = 100;

/** Tells who is typing: XMPP says it once, the list wants to hear it while it lasts. */
export class Typing {
  readonly #core: XmppCore;
  readonly #rows = new Map<string, {readonly names: Map<string, number>; readonly timer: ReturnType<typeof setInterval>}>();

  constructor(core: XmppCore) {
    this.#core = core;
  }

  start(id: string, name: string): void {
    if (!this.#core.exists(id)) return;
    let row = this.#rows.get(id);
    if (!row) {
      if (this.#rows.size >= CONVERSATIONS) return;
      row = {names: new Map(), timer: setInterval(() => this.#tell(id), AGAIN)};
      this.#rows.set(id, row);
    }
    if (row.names.size < 10 || row.names.has(name)) row.names.set(name, Date.now() + MOST);
    this.#tell(id);
  }

  stop(id: string, name: string): void {
    const row = this.#rows.get(id);
    if (!row?.names.delete(name)) return;
    if (row.names.size === 0) this.#end(id);
    this.#tell(id);
  }

  forget(): void {
    for (const id of [...this.#rows.keys()]) this.#end(id);
  }

  #end(id: string): void {
    clearInterval(this.#rows.get(id)?.timer);
    this.#rows.delete(id);
  }

  #tell(id: string): void {
    const row = this.#rows.get(id);
    const now = Date.now();
    for (const [name, until] of row?.names ?? []) if (until <= now) row?.names.delete(name);
    if (row?.names.size === 0) this.#end(id);
    if (!this.#core.exists(id)) return;
    const names = [...(row?.names.keys() ?? [])];
    if (names.length === 0) return this.#core.tell([id]);
    const shown = Object.freeze({...this.#core.show(id), typing: Object.freeze(names)});
    this.#core.emit({type: 'upsert', conversations: [shown]});
  }
}
