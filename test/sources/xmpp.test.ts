import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Conversation} from '../../src/model/index.js';
import {XmppSource} from '../../src/sources/xmpp.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {conforms} from './conforms.js';
import {FakeXmpp, ME} from './fakes/xmpp-server.js';
import {until} from './support/until.js';
import {Account, withAccount} from './xmpp-support.js';

const ANN = 'ann@example.org';
const BOB = 'bob@example.org';
const MARKERS = 'urn:xmpp:chat-markers:0';
const SETTINGS = 'urn:im-conversation-list:chat:0';
const DISPLAYED = 'urn:xmpp:mds:displayed:0';
const BOOKMARKS = 'urn:xmpp:bookmarks:1';

function marker(id: string): string {
  return `<displayed xmlns="${DISPLAYED}"><stanza-id xmlns="urn:xmpp:sid:0" id="${id}" by="${ME}"/></displayed>`;
}

function carbon(kind: 'sent' | 'received', message: string, from = ME): string {
  const forwarded = `<forwarded xmlns="urn:xmpp:forward:0">${message.replace('<message', '<message xmlns="jabber:client"')}</forwarded>`;
  return `<message from="${from}"><${kind} xmlns="urn:xmpp:carbons:2">${forwarded}</${kind}></message>`;
}

describe('XmppSource: the list of the archive', () => {
  it('gives each conversation once, newest first, with names of the contact list', async () => {
    await withAccount(
      async (account) => {
        const rows = await account.list();
        assert.deepEqual(rows.map(({id, title, lastMessage}) => [id, title, lastMessage?.text]), [
          [ANN, 'Ann', 'Three'],
          [BOB, 'bob', 'Two'],
        ]);
        assert.deepEqual(rows[0]?.groups, ['Work']);
      },
      (server) => {
        server.roster = `<item jid="${ANN}" name="Ann"><group>Work</group></item>`;
        server.message(ANN, 'One');
        server.message(`${BOB}/phone`, 'Two');
        server.message(ANN, 'Three');
      },
    );
  });

  it('goes through an archive of many answers to its end', async () => {
    await withAccount(
      async ({source}) => {
        const ids: string[] = [];
        let page = await source.getPage({limit: 7});
        for (; ; page = await source.getPage({limit: 7, cursor: page.cursor})) {
          ids.push(...page.conversations.map(({id}) => id));
          if (page.done) break;
        }
        assert.deepEqual(ids, Array.from({length: 30}, (_, i) => `c${29 - i}@example.org`));
      },
      (server) => {
        server.most = 4;
        for (let i = 0; i < 60; i++) server.message(`c${i % 30}@example.org`, `Message ${i}`);
      },
    );
  });

  it('counts what came after the marker and after what one has written, and no receipts or markers', async () => {
    await withAccount(
      async (account) => {
        assert.equal((await account.row(ANN))?.unreadCount, 2);
        assert.equal((await account.row(BOB))?.unreadCount, 1);
        assert.equal(await account.source.getTotalUnread(), 3);
        assert.equal((await account.row(BOB))?.lastMessage?.text, 'Unread');
      },
      (server) => {
        server.message(ANN, 'Read');
        server.nodes.set(DISPLAYED, new Map([[ANN, marker('a0')]]));
        server.message(ANN, 'Unread 1');
        server.message(ANN, 'Unread 2');
        server.message(ANN, '', {extra: `<received xmlns="urn:xmpp:receipts" id="m0"/>`});
        server.message(BOB, 'Before');
        server.message(`${ME}/web`, 'Mine', {to: BOB});
        server.message(BOB, 'Unread');
        server.message(BOB, '', {extra: `<displayed xmlns="${MARKERS}" id="m5"/>`});
      },
    );
  });

  it('says the unread total of a long archive when all of it is known', async () => {
    await withAccount(
      async (account) => {
        await assert.rejects(account.source.getTotalUnread(), {code: 'unsupported', retryable: false});
        assert.ok(account.server.sent('iq', 'urn:xmpp:mam:2').length < 5, 'it does not read all of it for that');
        let page = await account.source.getPage({limit: 100});
        while (!page.done) page = await account.source.getPage({limit: 100, cursor: page.cursor});
        await until(() => account.of('unread').at(-1)?.total === 40, 'it is told');
      },
      (server) => {
        server.most = 4;
        for (let i = 0; i < 40; i++) server.message(`c${i}@example.org`, 'Hi');
      },
    );
  });

  it('shows corrections and retractions by the sender alone', async () => {
    await withAccount(
      async (account) => {
        assert.equal((await account.row(ANN))?.lastMessage?.text, 'Write');
        const {lastMessage} = (await account.row(BOB)) ?? {};
        assert.deepEqual([lastMessage?.state, lastMessage?.text], ['recalled', undefined]);
      },
      (server) => {
        const first = server.message(ANN, 'Wriet');
        server.message(ANN, 'Wrte', {extra: `<replace xmlns="urn:xmpp:message-correct:0" id="${first}"/>`});
        server.message(ANN, 'Write', {extra: `<replace xmlns="urn:xmpp:message-correct:0" id="${first}"/>`});
        const second = server.message(BOB, 'Oops');
        server.message(BOB, 'This was retracted', {extra: `<retract xmlns="urn:xmpp:message-retract:1" id="${second}"/>`});
        server.message(`${ME}/web`, 'No, I say', {to: ANN, extra: `<replace xmlns="urn:xmpp:message-correct:0" id="${first}"/>`});
      },
    );
  });

  it('says how far own messages have got', async () => {
    await withAccount(
      async (account) => assert.equal((await account.row(ANN))?.lastMessage?.deliveryState, 'read'),
      (server) => {
        const id = server.message(`${ME}/web`, 'Hi', {to: ANN});
        server.message(ANN, '', {extra: `<received xmlns="urn:xmpp:receipts" id="${id}"/>`});
        server.message(ANN, '', {extra: `<displayed xmlns="${MARKERS}" id="${id}"/>`});
      },
    );
  });

  it('finds pinned conversations and drafts wherever they are', async () => {
    await withAccount(
      async ({source}) => {
        const {conversations} = await source.getPage({limit: 3});
        assert.deepEqual(conversations.map(({id}) => id), ['c1@example.org', 'c2@example.org', 'c99@example.org']);
        assert.deepEqual(conversations.map(({pinned}) => pinned), [true, false, false]);
        assert.equal(conversations[1]?.draft?.text, 'Dear');
      },
      (server) => {
        for (let i = 0; i < 100; i++) server.message(`c${i}@example.org`, 'Hi');
        const pinned = `<chat xmlns="${SETTINGS}"><pinned xmlns="urn:xmpp:bookmarks-pinning:0"/></chat>`;
        const draft = `<chat xmlns="${SETTINGS}"><draft stamp="2020-01-01T00:00:00Z">Dear</draft></chat>`;
        server.nodes.set(SETTINGS, new Map([['c1@example.org', pinned], ['c2@example.org', draft]]));
      },
    );
  });
});

describe('XmppSource: what comes live', () => {
  const prepare = (server: FakeXmpp): void => void server.message(ANN, 'Old');

  it('raises a conversation by a message, once, and counts it', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      server.message(BOB, 'New', {live: true});
      await until(() => account.told(BOB)?.unreadIsLowerBound === undefined && account.told(BOB) !== undefined, 'it is told');
      assert.equal(account.told(BOB)?.unreadCount, 1);
      assert.deepEqual((await account.list()).map(({id}) => id), [BOB, ANN]);
    }, prepare);
  });

  it('takes what another device sends as read, and what it has read', async () => {
    await withAccount(async (account, server) => {
      assert.equal((await account.row(ANN))?.unreadCount, 1);
      server.push(carbon('sent', `<message from="${ME}/phone" to="${ANN}" type="chat" id="p1"><body>Mine</body></message>`));
      await until(() => account.told(ANN)?.unreadCount === 0, 'it is read');
      assert.deepEqual([account.told(ANN)?.lastMessage?.isOwn, account.told(ANN)?.lastMessage?.text], [true, 'Mine']);
      server.message(ANN, 'Again', {live: true});
      await until(() => account.told(ANN)?.unreadCount === 1, 'it is unread');
      server.publish(DISPLAYED, ANN, marker('a1'));
      await until(() => account.told(ANN)?.unreadCount === 0, 'it is read elsewhere');
    }, prepare);
  });

  it('changes the last message by a correction and a retraction', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      const change = (extra: string, body = 'New'): void =>
        server.push(`<message from="${ANN}/x" to="${ME}" type="chat"><body>${body}</body>${extra}</message>`);
      change('<replace xmlns="urn:xmpp:message-correct:0" id="m0"/>');
      await until(() => account.told(ANN)?.lastMessage?.text === 'New', 'it is corrected');
      change('<replace xmlns="urn:xmpp:message-correct:0" id="m0"/>', 'Newer');
      await until(() => account.told(ANN)?.lastMessage?.text === 'Newer', 'it is corrected again');
      assert.equal(account.told(ANN)?.unreadCount, 1);
      change('<retract xmlns="urn:xmpp:message-retract:1" id="m0"/>');
      await until(() => account.told(ANN)?.lastMessage?.state === 'recalled', 'it is retracted');
    }, prepare);
  });

  it('says who is typing until they stop', async () => {
    await withAccount(async (account, server) => {
      await account.list();
      const state = (name: string): void =>
        server.push(`<message from="${ANN}/x" type="chat"><${name} xmlns="http://jabber.org/protocol/chatstates"/></message>`);
      state('composing');
      await until(() => account.told(ANN)?.typing?.[0] === 'ann', 'she is typing');
      state('paused');
      await until(() => account.told(ANN)?.typing === undefined, 'she is not');
    }, prepare);
  });

  it('says whether people are there, by the most present of their devices', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        server.push(`<presence from="${ANN}/a"><show>dnd</show></presence>`);
        await until(() => account.told(ANN)?.presence === 'busy', 'busy');
        server.push(`<presence from="${ANN}/b"/>`);
        await until(() => account.told(ANN)?.presence === 'online', 'online');
        server.push(`<presence from="${ANN}/b" type="unavailable"/>`);
        await until(() => account.told(ANN)?.presence === 'busy', 'busy again');
      },
      (server) => {
        prepare(server);
        server.roster = `<item jid="${ANN}"/>`;
      },
    );
  });

  it('joins rooms, and knows itself and mentions in them', async () => {
    const room = 'room@rooms.example.org';
    await withAccount(
      async (account, server) => {
        const row = await account.row(room);
        assert.deepEqual([row?.type, row?.title, row?.pinned, row?.notify], ['group', 'The Room', true, 'mentions']);
        await until(() => server.sent('presence', 'muc').length === 1, 'the room is joined');
        const say = (nick: string, body: string, id: string): void =>
          server.push(`<message from="${room}/${nick}" type="groupchat" id="${id}"><body>${body}</body><stanza-id xmlns="urn:xmpp:sid:0" by="${room}" id="${id}"/></message>`);
        say('Ann', 'Hello, moi!', 'r1');
        await until(() => account.told(room)?.mention === 'me', 'it is a mention');
        assert.equal(account.told(room)?.lastMessage?.senderName, 'Ann');
        say('Moi', 'Yes', 'r2');
        await until(() => account.told(room)?.unreadCount === 0, 'it is read by answering');
        assert.equal(account.told(room)?.lastMessage?.isOwn, true);
      },
      (server) => {
        const extensions = '<pinned xmlns="urn:xmpp:bookmarks-pinning:0"/><notify xmlns="urn:xmpp:notification-settings:1"><on-mention/></notify>';
        const payload = `<conference xmlns="${BOOKMARKS}" name="The Room" autojoin="true"><nick>Moi</nick><extensions>${extensions}</extensions></conference>`;
        server.nodes.set(BOOKMARKS, new Map([[room, payload]]));
      },
    );
  });
});

describe('XmppSource: what a person does', () => {
  const prepare = (server: FakeXmpp): void => void server.message(ANN, 'Hi', {extra: `<markable xmlns="${MARKERS}"/>`});

  it('is kept on the server, for the next time', async () => {
    await withAccount(async ({source}, server) => {
      await source.setPinned(ANN, true);
      await Promise.all([source.setDraft(ANN, 'A <draft> & more'), source.setNotify(ANN, 'mentions'), source.setMark([ANN], 'star', true)]);
      source.dispose();
      const again = new Account(server);
      const row = await again.row(ANN);
      assert.deepEqual([row?.pinned, row?.draft?.text, row?.notify, row?.marks], [true, 'A <draft> & more', 'mentions', ['star']]);
      assert.match([...(server.nodes.get(SETTINGS)?.values() ?? [])].join(), /bookmarks-pinning:0/);
      await again.source.setPinned(ANN, false);
      await Promise.all([
        again.source.setDraft(ANN, null), again.source.setNotify(ANN, 'all'), again.source.setMark([ANN], 'star', false),
      ]);
      again.source.dispose();
      assert.equal(server.nodes.get(SETTINGS)?.size, 0);
    }, prepare);
  });

  it('is told to other devices and to who wants to know when it is reading', async () => {
    await withAccount(async (account, server) => {
      assert.deepEqual(await account.source.markRead([ANN]), [{id: ANN}]);
      assert.match(server.nodes.get(DISPLAYED)?.get(ANN) ?? '', /id="a0"/);
      assert.equal(account.told(ANN)?.unreadCount, 0);
      await until(() => server.sent('message', `displayed xmlns="${MARKERS}" id="m0"`).length === 1, 'she is told');
    }, prepare);
  });

  it('keeps a room\'s bookmark as others have made it', async () => {
    const room = 'room@rooms.example.org';
    await withAccount(
      async ({source}, server) => {
        await source.setPinned(room, true);
        const kept = server.nodes.get(BOOKMARKS)?.get(room) ?? '';
        for (const part of ['<other xmlns="urn:other"/>', '<nick>Moi</nick>', 'bookmarks-pinning', 'autojoin="true"']) {
          assert.ok(kept.includes(part), `${part} in ${kept}`);
        }
      },
      (server) => {
        const payload = `<conference xmlns="${BOOKMARKS}" autojoin="true"><nick>Moi</nick><extensions><other xmlns="urn:other"/></extensions></conference>`;
        server.nodes.set(BOOKMARKS, new Map([[room, payload]]));
      },
    );
  });

  it('refuses what is not there, and levels that XMPP has not', async () => {
    await withAccount(async ({source}) => {
      await assert.rejects(source.setPinned('nobody@example.org', true), {code: 'not-found'});
      await assert.rejects(source.setNotify(ANN, 'off'), {code: 'unsupported'});
    }, prepare);
  });

  it('brings back what was deleted with the next message', async () => {
    await withAccount(async (account, server) => {
      await account.source.delete([ANN]);
      assert.deepEqual(await account.list(), []);
      server.message(ANN, 'Still here', {live: true});
      await until(() => account.told(ANN)?.lastMessage?.text === 'Still here', 'it is back');
    }, prepare);
  });
});

/** Enough to check the kit's rules without a network; on a real server it runs in the end-to-end tests. */
async function subject(): Promise<ConformanceSubject> {
  const server = new FakeXmpp();
  for (let i = 0; i < 8; i++) server.message(`c${i}@example.org`, `Hello ${i}`);
  const account = new Account(server);
  await account.source.setPinned('c2@example.org', true);
  await account.source.markRead(['c3@example.org']);
  const conversations: readonly Conversation[] = await account.list();
  const source = new XmppSource({url: 'ws://localhost/', jid: ME, password: 'secret', avatars: false, openWebSocket: server.open});
  account.source.dispose();
  await source.getByIds(['nobody@example.org']);
  return {
    source,
    conversations,
    change: (id) => void server.message(id, 'News', {live: true}),
    add: () => {
      server.message('new@example.org', 'Hello', {live: true});
      return 'new@example.org';
    },
    disconnect: () => {
      server.isDown = true;
      server.restart();
    },
    reconnect: () => void (server.isDown = false),
    async sync() {
      const logins = server.sent('presence').length;
      server.restart();
      await until(() => server.sent('presence').length > logins, 'it has logged in again');
    },
    held: () => server.sockets,
  };
}

await conforms('XmppSource', subject, undefined, {timeoutMs: 4000, quietMs: 20});
