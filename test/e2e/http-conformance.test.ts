import {after} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {HttpSource} from '../../src/sources/http.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {conforms} from '../sources/conforms.js';
import {CONTENT} from '../testing/support/subjects.js';
import {startContained, type ContainedServer} from '../../demo/server/contained.mjs';
import {testDatabases} from './support/cluster.js';

let people = 0;

/** A person of its own for each check, with the kit's content as far as a server gives it. */
async function subject(server: ContainedServer): Promise<ConformanceSubject> {
  const person = `p${++people}`;
  const {store} = server;
  const [me, peer] = [person, `${person}-peer`];
  for (const id of [me, peer]) await store.addUser(id, id, `t-${id}`);
  const folders = new Map<string, string>();
  for (const name of ['work', 'home']) folders.set(name, (await store.createFolder(me, name, [])).id);
  const groupsOf = (names: readonly string[]): string[] => names.map((name) => folders.get(name) ?? name);
  // Ids are of the whole server.
  const own = (id: string): string => (id === '__proto__' ? `${id}${people}` : `${person}-${id}`);
  for (const c of [...CONTENT].reverse()) {
    await store.open({id: own(c.id), type: c.type, titles: new Map([[me, c.title], [peer, c.title]])});
    await store.changeEach(me, [own(c.id)], () => ({
      pinned: Number(c.pinned), hidden: Number(c.hidden ?? false), unread: c.unreadCount, mention: c.mention ?? null, notify: c.notify,
      marks: c.marks, groups: groupsOf(c.groups), draft: c.draft ? JSON.stringify(c.draft) : null, custom_data: c.customData ?? null,
      last_message: c.lastMessage ? JSON.stringify(c.lastMessage) : null,
    }));
  }
  const {conversations: rows} = await store.page(me, {limit: 100});
  const keys = new Map(rows.map(({id, orderKey}) => [id, BigInt(orderKey)]));
  const conversations = CONTENT.map((c): Conversation => ({
    ...c, id: own(c.id), orderKey: keys.get(own(c.id)) ?? 0n, groups: groupsOf(c.groups), lastMessage: c.lastMessage ?? null,
  }));

  const held = new Set<object>();
  const source = new HttpSource(server.url, {
    headers: {authorization: `Bearer t-${me}`},
    timeoutMs: 5000,
    fetch: (url, init) => {
      const key = {};
      held.add(key);
      init?.signal?.addEventListener('abort', () => held.delete(key));
      return fetch(url, init);
    },
  });
  let [listening, online] = [0, false];
  const {subscribe, dispose} = source;
  source.subscribe = (listener) => {
    listening++;
    const end = subscribe.call(source, (event) => {
      if (event.type === 'connection') online = event.state === 'online';
      listener(event);
    });
    let ended = false;
    return () => {
      if (!ended && --listening === 0) online = false;
      ended = true;
      end();
    };
  };
  source.dispose = () => {
    listening = 0;
    dispose.call(source);
  };
  /** A change before the stream is open is one that the listener cannot know of; what it asks for then goes first. */
  const open = async (): Promise<void> => {
    const wait = listening > 0 && !online;
    while (listening > 0 && !online && !server.down.has(me)) await new Promise((resolve) => setTimeout(resolve, 3));
    if (wait) await new Promise((resolve) => setTimeout(resolve, 60));
  };
  return {
    source,
    conversations,
    change: async (id) => {
      await open();
      await store.send(peer, id, 'News');
    },
    add: async () => {
      await open();
      const id = `${person}-new`;
      await store.open({id, type: 'direct', titles: new Map([[me, 'New'], [peer, 'New']])});
      return id;
    },
    remove: async (id) => {
      await open();
      await store.changeEach(me, [id], () => ({deleted: 1}));
    },
    fail: () => void server.failing.add(me),
    disconnect: async () => {
      await open();
      server.cut(me);
    },
    reconnect: () => void server.down.delete(me),
    held: () => held.size,
  };
}

for (const {name, url, end} of await testDatabases()) {
  const server = await startContained(url);
  after(async () => {
    await server.close();
    await end();
  });
  await conforms(
    `HttpSource, the reference server with ${name}`,
    () => subject(server),
    [
      'the control `sync`, `syncEvents`', 'the control `logout`', 'paging `all`', 'a field that serverFilters does not name',
    ],
    {timeoutMs: 10_000, quietMs: 80},
  );
}
