import {after} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {XmppSource} from '../../src/sources/xmpp.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {conforms} from '../sources/conforms.js';
import {Server} from './server.js';
import {until} from './until.js';
import {Wire} from './wire.js';

/** One account for each check, and some: what a check leaves behind is not to be seen by the next. */
const USERS = 140;

for (const inbox of [true, false]) {
  const name = `XmppSource on Prosody ${inbox ? 'with an inbox' : 'as it comes'}`;
  const seed = Array.from({length: USERS}, (_, i) => [`user kit${i}`, `chats kit${i} 8 2`, `contact kit${i} c00001@peers.localhost Ann`]).flat();
  let next = 0;
  const server = await Server.start({inbox, seed});
  after(() => server.end());
  await conforms(name, () => subject(server, `kit${next++}`, inbox), undefined, {timeoutMs: 8000, quietMs: 300});
}

/** An account with eight conversations, of which some are set in one way or another. */
async function subject(server: Server, user: string, inbox: boolean): Promise<ConformanceSubject> {
  const wire = new Wire();
  const account = {url: server.url, jid: `${user}@localhost`, password: 'secret', inbox, avatars: false};
  const other = new XmppSource(account);
  const {conversations: [a, b, c, d, e, f]} = await other.getPage({limit: 100});
  const id = (one: Conversation | undefined): string => one?.id ?? '';
  await Promise.all([
    other.setPinned(id(b), true),
    other.setNotify(id(c), 'silent'),
    other.setDraft(id(d), 'To be sent'),
    other.setMark([id(e)], 'star', true),
    other.setHidden(id(f), true),
    other.markRead([id(a)]),
  ]);
  const {conversations} = await other.getPage({limit: 100});
  const source = new XmppSource({...account, openWebSocket: wire.open});
  // What changes before it is online, its first page holds, and nobody tells.
  await source.getByIds(['nobody@peers.localhost']);
  return {
    source,
    conversations,
    change: (peer) => void server.peers.say(peer.split('@')[0] ?? '', user, 'News'),
    add: () => {
      server.peers.say('new', user, 'Hello');
      return 'new@peers.localhost';
    },
    remove: async (peer) => {
      // The other device deletes what it knows: a message that reaches it later would bring the conversation back.
      const last = async (one: XmppSource): Promise<string | undefined> => (await one.getByIds([peer]))[0]?.lastMessage?.id;
      await until(async () => (await last(other)) === (await last(source)), 'both devices have the last message');
      await other.delete([peer]);
    },
    fail: () => wire.failNext(),
    disconnect: () => wire.cut(),
    reconnect: () => wire.mend(),
    sync: async () => {
      const finished = new Promise<void>((resolve) => {
        const stop = source.subscribe((event) => {
          if (event.type !== 'sync' || event.phase !== 'finish') return;
          stop();
          resolve();
        });
      });
      wire.forget();
      wire.cut();
      wire.mend();
      await finished;
    },
    held: () => wire.size,
    dispose: () => other.dispose(),
  };
}
