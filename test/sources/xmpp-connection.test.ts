import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {XmppSource} from '../../src/sources/xmpp.js';
import {backoff} from '../../src/sources/xmpp/backoff.js';
import {FakeXmpp, ME} from './fakes/xmpp-server.js';
import {until} from './support/until.js';
import {pause, withAccount} from './xmpp-support.js';

const ANN = 'ann@example.org';
const prepare = (server: FakeXmpp): void => void server.message(ANN, 'Hi');

describe('XmppSource: the login', () => {
  it('takes the best mechanism that the server has', async () => {
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']) {
      await withAccount(
        async (account, server) => {
          assert.equal((await account.list()).length, 1);
          assert.equal(server.sent('auth')[0]?.attrs.get('mechanism'), mechanism);
        },
        (server) => {
          prepare(server);
          server.mechanisms = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'].slice(0, 1 + ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'].indexOf(mechanism));
        },
      );
    }
  });

  for (const [url, isSafe] of [
    ['wss://example.org/ws', true], ['ws://127.0.0.1:5280/', true], ['ws://[::1]/', true],
    ['ws://example.org/ws', false], ['ws://localhost.example.org/', false], ['ws://127.0.0.1.example.org/', false],
  ] as const) {
    it(`${isSafe ? 'tells' : 'does not tell'} the password itself at ${url}`, async () => {
      await withAccount(
        async (account, server) => {
          if (isSafe) return assert.equal((await account.list()).length, 1);
          await assert.rejects(account.list(), {code: 'auth', retryable: false});
          assert.deepEqual(server.sent('auth'), []);
        },
        (server) => {
          prepare(server);
          server.mechanisms = ['PLAIN'];
        },
        {url},
      );
    });
  }

  it('ends with a wrong password', async () => {
    await withAccount(
      async (account, server) => {
        await assert.rejects(account.list(), {code: 'auth', nativeCode: 'not-authorized', retryable: false});
        assert.equal(account.state, 'expired');
        await pause(30);
        assert.deepEqual([server.sockets, server.sent('auth').length], [0, 1]);
      },
      undefined,
      {password: 'wrong'},
    );
  });

  it('believes no server that does not know the password', async () => {
    await withAccount(
      async (account) => void (await assert.rejects(account.list(), {code: 'auth'})),
      (server) => (server.lies = true),
    );
  });

  it('refuses what is no account', () => {
    for (const jid of ['', 'example.org', 'a b@c']) {
      assert.throws(() => new XmppSource({url: 'ws://localhost', jid, password: 'x'}), {code: 'invalid-argument'});
    }
  });
});

describe('XmppSource: the connection', () => {
  it('goes on with its session after a loss: nothing is lost, nothing twice, nothing is loaded anew', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      server.cut();
      server.message(ANN, 'Meanwhile', {live: true});
      await until(() => account.told(ANN)?.lastMessage?.text === 'Meanwhile', 'it comes afterwards');
      assert.equal(account.told(ANN)?.unreadCount, 2);
      assert.deepEqual(account.of('reset'), []);
      await until(() => account.state === 'online', 'it is online');
    }, prepare);
  });

  it('sends again what a loss has swallowed', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      server.isMute = true;
      const pinned = account.source.setPinned(ANN, true);
      await until(() => server.sent('iq', 'publish').length === 1, 'it is sent');
      server.isMute = false;
      server.cut();
      await pinned;
      assert.equal(account.told(ANN)?.pinned, true);
    }, prepare);
  });

  it('loads anew when its session has gone, and says so', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      server.message('bob@example.org', 'While away');
      server.restart();
      await until(() => account.of('reset').length > 0, 'the gap is told');
      assert.deepEqual(account.of('reset'), [{type: 'reset', reason: 'gap'}]);
      assert.deepEqual((await account.list()).map(({id}) => id), ['bob@example.org', ANN]);
      assert.deepEqual(account.of('sync').map(({phase}) => phase), ['start', 'finish', 'start', 'finish']);
    }, prepare);
  });

  it('says that there is no way to the server, tries again, and comes back', async () => {
    await withAccount(
      async (account, server) => {
        await assert.rejects(account.list(), {code: 'network', retryable: true});
        assert.equal(account.state, 'offline');
        server.isDown = false;
        await until(() => account.state === 'online', 'it is online');
        assert.equal((await account.list()).length, 1);
      },
      (server) => {
        prepare(server);
        server.isDown = true;
      },
    );
  });

  it('gives up a server that answers nothing', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        server.isMute = true;
        await assert.rejects(account.source.setPinned(ANN, true), {code: 'timeout', retryable: true});
      },
      prepare,
      {timeoutMs: 40},
    );
  });

  it('finds out that a connection is dead though nobody has closed it', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        const {length} = account.of('connection');
        server.isMute = true;
        await until(() => account.of('connection').length > length, 'it is noticed');
      },
      (server) => {
        prepare(server);
        server.hasSessions = false;
      },
      {pingMs: 15},
    );
  });

  it('stays away when another client has taken its place', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      server.frame('<stream:error xmlns:stream="http://etherx.jabber.org/streams"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>');
      await until(() => account.state === 'kicked', 'it is told');
      await assert.rejects(account.list(), {code: 'forbidden'});
      assert.equal(server.sockets, 0);
    }, prepare);
  });

  it('leaves nothing behind', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      account.source.dispose();
      assert.equal(server.sockets, 0);
      await assert.rejects(account.list(), {code: 'aborted'});
      account.source.dispose();
    }, prepare);
  });

  it('answers what a server may ask', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      const ask = (id: string, payload: string): void => server.push(`<iq type="get" id="${id}" from="example.org">${payload}</iq>`);
      ask('q1', '<query xmlns="http://jabber.org/protocol/disco#info"/>');
      ask('q2', '<ping xmlns="urn:xmpp:ping"/>');
      ask('q3', '<other xmlns="urn:other"/>');
      await until(() => server.frames.some(({attrs}) => attrs.get('id') === 'q3'), 'they are answered');
      const types = ['q1', 'q2', 'q3'].map((id) => server.frames.find(({attrs}) => attrs.get('id') === id)?.attrs.get('type'));
      assert.deepEqual(types, ['result', 'result', 'error']);
      assert.equal(server.sent('iq', `${'urn:xmpp:mds:displayed:0'}+notify`).length, 1);
    }, prepare);
  });
});

describe('the wait before the next try', () => {
  it('is anything up to a limit that doubles, to half a minute', () => {
    const longest = [1, 2, 3, 6, 7, 100].map((failures) => backoff(failures, () => 1));
    assert.deepEqual(longest, [1000, 2000, 4000, 30_000, 30_000, 30_000]);
    assert.equal(backoff(5, () => 0), 0);
    assert.equal(backoff(2, () => 0.5), 1000);
  });
});

describe('XmppSource: a connection of @xmpp/client', () => {
  it('asks and listens by it, and leaves it to the app', async () => {
    const server = new FakeXmpp();
    prepare(server);
    const listeners = new Map<string, Set<(value: unknown) => void>>();
    const socket = server.open('', '');
    const client = {
      status: 'online',
      jid: `${ME}/web`,
      send: (element: unknown) => Promise.resolve(socket.send(String(element))),
      on: (name: string, listener: (value: never) => void) =>
        void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener as (value: unknown) => void)),
      removeListener: (name: string, listener: (value: never) => void) => listeners.get(name)?.delete(listener as (value: unknown) => void),
    };
    socket.onmessage = ({data}: {readonly data: string}) => listeners.get('stanza')?.forEach((listener) => listener(data));
    const xml = (name: string, attrs: Record<string, string>, ...children: unknown[]): unknown => {
      const given = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join('');
      return {toString: () => `<${name}${given}>${children.map(String).join('')}</${name}>`};
    };
    const source = new XmppSource({client, xml, avatars: false});
    const {conversations} = await source.getPage({limit: 10});
    assert.deepEqual(conversations.map(({id}) => id), [ANN]);
    assert.deepEqual(server.sent('presence'), []);
    source.dispose();
    assert.deepEqual([...listeners.values()].map(({size}) => size), [0, 0, 0, 0]);
  });
});

describe('XmppSource: a connection of stanza', () => {
  it('asks by its transport and listens to what comes, and leaves it to the app', async () => {
    const server = new FakeXmpp();
    prepare(server);
    const listeners = new Map<string, Set<(value: unknown) => void>>();
    const socket = server.open('', '');
    const agent = {
      jid: `${ME}/web`,
      sessionStarted: false,
      transport: {write: (data: string) => socket.send(data)},
      on: (name: string, listener: (value: never) => void) =>
        void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener as (value: unknown) => void)),
      off: (name: string, listener: (value: never) => void) => listeners.get(name)?.delete(listener as (value: unknown) => void),
    };
    const emit = (name: string, value?: unknown): void => listeners.get(name)?.forEach((listener) => listener(value));
    socket.onmessage = ({data}: {readonly data: string}) => emit('raw:incoming', data);
    const source = new XmppSource({stanza: agent, avatars: false});
    const page = source.getPage({limit: 10});
    await pause(5);
    assert.deepEqual(server.frames, [], 'it waits until the app has logged in');
    emit('session:started');
    assert.deepEqual((await page).conversations.map(({id}) => id), [ANN]);
    emit('disconnected');
    emit('session:started');
    assert.equal((await source.getPage({limit: 10})).conversations.length, 1);
    source.dispose();
    assert.deepEqual([...listeners.values()].map(({size}) => size), [0, 0, 0, 0]);
  });
});
