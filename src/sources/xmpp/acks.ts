import {attr, xml, type Xml} from './xml.js';
import {NS} from './namespaces.js';

/** Counters of stream management wrap here. */
const WRAP = 2 ** 32;

const STANZAS: readonly string[] = ['message', 'presence', 'iq'];

/** Whether it is one of the three that are counted. */
export function isStanza({name, ns}: Xml): boolean {
  return ns === NS.client && STANZAS.includes(name);
}

/** What a session has sent and received (XEP-0198), so that another connection can go on with it. */
export class Acks {
  /** By which it can be resumed. */
  readonly id: string;
  #received = 0;
  #acked = 0;
  #sent: Xml[] = [];

  constructor(id: string) {
    this.id = id;
  }

  /** What was sent and not acknowledged, in order. */
  get unacked(): readonly Xml[] {
    return this.#sent;
  }

  received(): void {
    this.#received = (this.#received + 1) % WRAP;
  }

  sent(stanza: Xml): void {
    this.#sent.push(stanza);
  }

  /** The server has as many as it says; one that says more than was sent is not believed. */
  ack(h: string | undefined): void {
    const count = (Number(h) - this.#acked + WRAP) % WRAP;
    if (!(count <= this.#sent.length)) return;
    this.#acked = Number(h);
    this.#sent.splice(0, count);
  }

  answer(): Xml {
    return xml('a', NS.sm, {h: this.#received});
  }

  resume(): Xml {
    return xml('resume', NS.sm, {h: this.#received, previd: this.id});
  }

  /** Takes in that it was resumed, and gives what has to be sent again. */
  resumed(reply: Xml): readonly Xml[] {
    this.ack(attr(reply, 'h'));
    return this.#sent;
  }
}
