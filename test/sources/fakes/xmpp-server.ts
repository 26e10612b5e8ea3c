import {createHash, createHmac, pbkdf2Sync} from 'node:crypto';
import type {WebSocketLike} from '../../../src/sources/xmpp.js';
import {parseXml} from '../../../src/sources/xmpp/parse-xml.js';
import {all, attr, child, textOf, write, type Xml} from '../../../src/sources/xmpp/xml.js';

/** The person. */
export const ME = 'me@example.org';
const SCRAM = {'SCRAM-SHA-256': ['sha256', 32], 'SCRAM-SHA-1': ['sha1', 20]} as const;

/** A server of one account, without a network: it keeps an archive, nodes and sessions, and does what a test wants. */
export class FakeXmpp {
  password = 'secret';
  mechanisms: readonly string[] = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'];
  features: readonly string[] = ['urn:xmpp:mam:2'];
  roster = '';
  hasSessions = true;
  /** No WebSocket opens. */
  isDown = false;
  /** Questions get no answer. */
  isMute = false;
  /** Rounds of the login. */
  rounds = 4096;
  /** Does not know the password itself. */
  lies = false;
  readonly nodes = new Map<string, Map<string, string>>();
  readonly archive: {readonly id: string; readonly at: number; readonly peer: string; readonly xml: string}[] = [];
  /** Everything that the client has sent, in all sessions. */
  readonly frames: Xml[] = [];
  /** Most messages in an answer of the archive. */
  most = 50;
  #socket: FakeSocket | undefined;
  #expected = '';
  #first = '';
  #mechanism: keyof typeof SCRAM = 'SCRAM-SHA-1';
  #isAuthenticated = false;
  #sent = 0;
  #unacked: string[] = [];
  #session = 0;
  sockets = 0;

  readonly open = (_url: string, _protocol: string): WebSocketLike => {
    const socket = new FakeSocket((frame) => this.#handle(frame), () => this.sockets--);
    this.sockets++;
    if (this.isDown) queueMicrotask(() => socket.break());
    else {
      this.#socket = socket;
      this.#isAuthenticated = false;
      queueMicrotask(() => socket.onopen?.({} as never));
    }
    return socket;
  };

  /** Sends a frame as it is. */
  frame(text: string): void {
    this.#socket?.receive(text);
  }

  /** Sends a stanza, once more after a resumption if the client has not had it. */
  push(text: string): void {
    const stanza = text.replace(/^<(\w+)/, '<$1 xmlns="jabber:client"');
    this.#unacked.push(stanza);
    this.#sent++;
    this.frame(stanza);
  }

  /** A message comes, and is archived. `at` in milliseconds; `extra` in place of a body. */
  message(from: string, body: string, {at = 0, extra = '', to = ME, live = false, id = `m${this.archive.length}`} = {}): string {
    const place = `a${this.archive.length}`;
    const inner = body === '' ? extra : `<body>${body}</body>${extra}`;
    const xml = `<message type="chat" id="${id}" from="${from}" to="${to}">${inner}`;
    const peer = (from.startsWith(ME) ? to : from).split('/')[0] ?? '';
    this.archive.push({id: place, at: at || 1e12 + this.archive.length * 1000, peer, xml: `${xml}</message>`});
    if (live) this.push(`${xml}<stanza-id xmlns="urn:xmpp:sid:0" by="${ME}" id="${place}"/></message>`);
    return id;
  }

  /** The connection breaks; the session waits. */
  cut(): void {
    this.#socket?.break();
    this.#socket = undefined;
  }

  /** The server forgets all sessions. */
  restart(): void {
    this.#session++;
    this.#unacked = [];
    this.cut();
  }

  /** What the client has sent of a name and with a text in it. */
  sent(name: string, text = ''): Xml[] {
    return this.frames.filter((frame) => frame.name === name && write(frame).includes(text));
  }

  #handle(text: string): void {
    const frame = parseXml(text);
    this.frames.push(frame);
    const {name} = frame;
    if (name === 'open') this.#greet();
    else if (name === 'auth' || name === 'response') this.#login(frame);
    else if (name === 'enable') this.#enable();
    else if (name === 'resume') this.#resume(frame);
    else if (name === 'r') this.frame(`<a xmlns="urn:xmpp:sm:3" h="0"/>`);
    else if (name === 'iq' && !this.isMute) this.#answer(frame);
  }

  #greet(): void {
    this.frame(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" from="example.org" version="1.0"/>`);
    const names = this.mechanisms.map((name) => `<mechanism>${name}</mechanism>`).join('');
    const content = this.#isAuthenticated
      ? `<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>${this.hasSessions ? '<sm xmlns="urn:xmpp:sm:3"/>' : ''}`
      : `<mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${names}</mechanisms>`;
    this.frame(`<stream:features xmlns:stream="http://etherx.jabber.org/streams">${content}</stream:features>`);
  }

  #login(frame: Xml): void {
    const sasl = (name: string, content = ''): void =>
      this.frame(`<${name} xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${content}</${name}>`);
    const text = Buffer.from(textOf(frame), 'base64').toString();
    const mechanism = attr(frame, 'mechanism');
    if (mechanism === 'PLAIN') {
      this.#isAuthenticated = text === `\0me\0${this.password}`;
      return this.#isAuthenticated ? sasl('success') : sasl('failure', '<not-authorized/>');
    }
    if (mechanism !== undefined) {
      this.#mechanism = mechanism as keyof typeof SCRAM;
      const challenge = `r=${/r=(.*)$/.exec(text)?.[1] ?? ''}-server,s=${btoa('salt')},i=${this.rounds}`;
      this.#first = `${text.slice(3)},${challenge}`;
      return sasl('challenge', btoa(challenge));
    }
    const [hash, size] = SCRAM[this.#mechanism];
    const salted = pbkdf2Sync(this.password, 'salt', 4096, size, hash);
    const sign = (key: Buffer, message: string): Buffer => createHmac(hash, key).update(message).digest();
    const signed = `${this.#first},${text.replace(/,p=.*$/, '')}`;
    const key = sign(salted, 'Client Key');
    const signature = sign(createHash(hash).update(key).digest(), signed);
    const proof = Buffer.from(key.map((byte, i) => byte ^ (signature[i] ?? 0))).toString('base64');
    if (!text.endsWith(`,p=${proof}`)) return sasl('failure', '<not-authorized/>');
    this.#isAuthenticated = true;
    this.#expected = this.lies ? 'wrong' : sign(sign(salted, 'Server Key'), signed).toString('base64');
    sasl('success', btoa(`v=${this.#expected}`));
  }

  #enable(): void {
    this.#sent = 0;
    this.#unacked = [];
    this.frame(`<enabled xmlns="urn:xmpp:sm:3" id="s${this.#session}" resume="true"/>`);
  }

  #resume(frame: Xml): void {
    if (attr(frame, 'previd') !== `s${this.#session}`) return this.frame(`<failed xmlns="urn:xmpp:sm:3"/>`);
    this.frame(`<resumed xmlns="urn:xmpp:sm:3" previd="s${this.#session}" h="0"/>`);
    const left = this.#unacked.slice(this.#unacked.length - (this.#sent - Number(attr(frame, 'h'))));
    for (const stanza of left) this.frame(stanza);
  }

  #answer(iq: Xml): void {
    const payload = child(iq);
    const id = attr(iq, 'id') ?? '';
    const to = attr(iq, 'to');
    const reply = (content: string, type = 'result'): void => {
      const from = to === undefined ? '' : ` from="${to}"`;
      this.push(`<iq type="${type}" id="${id}"${from}>${content}</iq>`);
    };
    const refuse = (condition: string): void =>
      reply(`<error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>`, 'error');
    if (attr(iq, 'type') === 'result' || attr(iq, 'type') === 'error' || !payload) return;
    if (payload.name === 'bind') reply(`<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>${ME}/web</jid></bind>`);
    else if (payload.ns === 'jabber:iq:roster') reply(`<query xmlns="jabber:iq:roster">${this.roster}</query>`);
    else if (payload.ns.endsWith('disco#info')) {
      const features = this.features.map((name) => `<feature var="${name}"/>`).join('');
      reply(`<query xmlns="${payload.ns}">${features}</query>`);
    } else if (payload.ns.endsWith('/pubsub') && (to === undefined || to === ME)) this.#pubsub(payload, reply, refuse);
    else if (payload.name === 'query' && payload.ns === 'urn:xmpp:mam:2') this.#mam(payload, reply);
    else if (payload.ns === 'urn:xmpp:carbons:2') reply('');
    else refuse('service-unavailable');
  }

  #pubsub(pubsub: Xml, reply: (content: string) => void, refuse: (condition: string) => void): void {
    const action = child(pubsub);
    const name = attr(action, 'node') ?? '';
    const node = this.nodes.get(name);
    if (action?.name === 'items') {
      if (!node) return refuse('item-not-found');
      const wanted = all(action, 'item').map((item) => attr(item, 'id'));
      const items = [...node].filter(([id]) => wanted.length === 0 || wanted.includes(id));
      const content = items.map(([id, payload]) => `<item id="${id}">${payload}</item>`).join('');
      return reply(`<pubsub xmlns="${pubsub.ns}"><items node="${name}">${content}</items></pubsub>`);
    }
    const item = child(action, 'item');
    const id = attr(item, 'id') ?? '';
    if (action?.name === 'publish') this.publish(name, id, write(child(item) as Xml));
    else this.nodes.get(name)?.delete(id);
    reply('');
  }

  /** Something is published, by this device or another; all of them hear it. */
  publish(node: string, id: string, payload: string): void {
    this.nodes.set(node, (this.nodes.get(node) ?? new Map<string, string>()).set(id, payload));
    const items = `<items node="${node}"><item id="${id}">${payload}</item></items>`;
    this.push(`<message from="${ME}"><event xmlns="http://jabber.org/protocol/pubsub#event">${items}</event></message>`);
  }

  #mam(query: Xml, reply: (content: string) => void): void {
    const set = child(query, 'set');
    const before = textOf(child(set, 'before'));
    const max = Math.min(this.most, Number(textOf(child(set, 'max'))));
    const field = all(child(query, 'x'), 'field').find((one) => attr(one, 'var') === 'with');
    const peer = field && textOf(child(field, 'value'));
    const end = before === '' ? this.archive.length : this.archive.findIndex(({id}) => id === before);
    const found = this.archive.slice(0, end).filter((one) => peer === undefined || one.peer === peer);
    const page = found.slice(Math.max(0, found.length - max));
    for (const {id, at, xml} of page) {
      const delay = `<delay xmlns="urn:xmpp:delay" stamp="${new Date(at).toISOString()}"/>`;
      const message = xml.replace('<message', '<message xmlns="jabber:client"');
      const forwarded = `<forwarded xmlns="urn:xmpp:forward:0">${delay}${message}</forwarded>`;
      const queryid = attr(query, 'queryid') ?? '';
      this.push(`<message to="${ME}/web"><result xmlns="urn:xmpp:mam:2" queryid="${queryid}" id="${id}">${forwarded}</result></message>`);
    }
    const ends = page.length > 0 ? `<first>${page[0]?.id ?? ''}</first><last>${page.at(-1)?.id ?? ''}</last>` : '';
    const complete = page.length === found.length ? ' complete="true"' : '';
    reply(`<fin xmlns="urn:xmpp:mam:2"${complete}><set xmlns="http://jabber.org/protocol/rsm">${ends}</set></fin>`);
  }
}

class FakeSocket implements WebSocketLike {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  #isOpen = true;

  constructor(
    readonly handle: (text: string) => void,
    readonly ended: () => void,
  ) {}

  send(text: string): void {
    if (this.#isOpen) queueMicrotask(() => this.handle(text));
  }

  receive(data: string): void {
    queueMicrotask(() => this.onmessage?.({data} as never));
  }

  close(): void {
    if (this.#isOpen) this.ended();
    this.#isOpen = false;
  }

  break(): void {
    this.close();
    this.onclose?.({} as never);
  }
}
