import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {XmppSource} from '../../src/sources/xmpp.js';
import {NS} from '../../src/sources/xmpp/namespaces.js';
import {XmppStream} from '../../src/sources/xmpp/stream.js';
import {xml, type Xml} from '../../src/sources/xmpp/xml.js';
import {Server} from './server.js';
import {until} from './until.js';

const ROOM = 'garden@rooms.localhost';
/** A picture of one dot. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const stanza = (name: string, attrs: Record<string, string>, ...children: Xml[]): Xml => xml(name, NS.client, attrs, ...children);

/** Somebody's app: sends what it is told to. */
class App {
  readonly #stream: XmppStream;
  #isOnline = false;

  constructor(url: string, name: string) {
    const openWebSocket = (address: string, protocol: string): WebSocket => new WebSocket(address, protocol);
    const account = {url, jid: `${name}@localhost`, password: 'secret', timeoutMs: 10_000, pingMs: 60_000};
    this.#stream = new XmppStream({...account, openWebSocket});
    this.#stream.open({
      stanza: () => undefined,
      refuse: () => undefined,
      stand: ({state}) => void (this.#isOnline = state === 'online'),
    });
  }

  async send(one: Xml): Promise<void> {
    await until(() => this.#isOnline, 'the app is online');
    this.#stream.send(one);
  }

  say(body: string): Promise<void> {
    const id = `r${Math.random()}`;
    return this.send(stanza('message', {to: ROOM, type: 'groupchat', id}, xml('body', NS.client, {}, body)));
  }

  close(): void {
    this.#stream.close();
  }
}

describe('rooms and pictures on Prosody', () => {
  let server: Server;
  let bob: App;
  const ends: (() => void)[] = [];

  before(async () => {
    server = await Server.start({inbox: false, seed: ['user alice', 'user bob', 'contact alice bob@localhost Bob', 'contact bob alice@localhost Alice']});
    bob = new App(server.url, 'bob');
    await bob.send(stanza('presence', {to: `${ROOM}/Bob`}, xml('x', NS.muc)));
    await bob.say('First');
    const conference = xml('conference', NS.bookmarks, {name: 'The Garden', autojoin: 'true'}, xml('nick', NS.bookmarks, {}, 'Ally'));
    const publish = xml('publish', NS.pubsub, {node: NS.bookmarks}, xml('item', NS.pubsub, {id: ROOM}, conference));
    const alice = new App(server.url, 'alice');
    ends.push(() => alice.close(), () => bob.close());
    await alice.send(stanza('iq', {type: 'set', id: 'b1'}, xml('pubsub', NS.pubsub, {}, publish)));
    const photo = xml('PHOTO', NS.vcard, {}, xml('TYPE', NS.vcard, {}, 'image/png'), xml('BINVAL', NS.vcard, {}, DOT));
    await bob.send(stanza('iq', {type: 'set', id: 'v1'}, xml('vCard', NS.vcard, {}, photo)));
    const hello = xml('body', NS.client, {}, 'Hello Alice');
    await bob.send(stanza('message', {to: 'alice@localhost', type: 'chat', id: 'd1'}, hello));
  });
  after(async () => {
    for (const end of ends) end();
    await server?.end();
  });

  const open = (): {readonly source: XmppSource; readonly told: (id: string) => Conversation | undefined} => {
    const source = new XmppSource({url: server.url, jid: 'alice@localhost', password: 'secret'});
    const rows = new Map<string, Conversation>();
    source.subscribe((event) => {
      if (event.type === 'upsert') for (const row of event.conversations) rows.set(row.id, row);
    });
    ends.push(() => source.dispose());
    return {source, told: (id) => rows.get(id)};
  };
  const row = async (source: XmppSource, id: string): Promise<Conversation | undefined> =>
    (await source.getPage({limit: 50})).conversations.find((one) => one.id === id);

  it('shows a room with its archive, what is said in it, and who is meant', async () => {
    const {source, told} = open();
    await until(async () => (await row(source, ROOM)) !== undefined, 'the room is there');
    const first = await row(source, ROOM);
    assert.deepEqual([first?.type, first?.title, first?.lastMessage?.text, first?.lastMessage?.senderName], ['group', 'The Garden', 'First', 'Bob']);
    assert.equal(first?.unreadCount, 1);
    // Until it has entered the room, it hears nothing of it.
    await until(async () => {
      await bob.say('Anybody?');
      return told(ROOM)?.lastMessage?.text === 'Anybody?';
    }, 'she hears the room');
    assert.equal(told(ROOM)?.mention, undefined);
    await bob.say('Is Ally here?');
    await until(() => told(ROOM)?.lastMessage?.text === 'Is Ally here?', 'she is asked for');
    assert.equal(told(ROOM)?.mention, 'me');
    await source.markRead([ROOM]);
    assert.deepEqual([told(ROOM)?.unreadCount, told(ROOM)?.mention], [0, undefined]);
    await source.setPinned(ROOM, true);
    source.dispose();
    const again = open();
    const kept = await row(again.source, ROOM);
    assert.deepEqual([kept?.unreadCount, kept?.pinned, kept?.title], [0, true, 'The Garden']);
    await again.source.delete([ROOM]);
    assert.equal(await row(again.source, ROOM), undefined);
  });

  it('shows the picture of a person', async () => {
    const {source, told} = open();
    const bobs = await row(source, 'bob@localhost');
    assert.deepEqual([bobs?.title, bobs?.lastMessage?.text], ['Bob', 'Hello Alice']);
    await until(() => told('bob@localhost')?.avatarUrl?.startsWith('blob:') === true, 'the picture is there');
  });
});
