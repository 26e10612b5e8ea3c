import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import fc from 'fast-check';
import {readConversation} from '../../src/model/index.js';
import {LIMITS} from '../../src/sources/xmpp/parse-xml.js';
import {child} from '../../src/sources/xmpp/xml.js';
import {ME} from './fakes/xmpp-server.js';
import {until} from './support/until.js';
import {withAccount} from './xmpp-support.js';

const ANN = 'ann@example.org';
const EVE = 'eve@evil.example';
const EVENT = 'http://jabber.org/protocol/pubsub#event';
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const inner = (from = ANN, body = 'Forged'): string =>
  `<forwarded xmlns="urn:xmpp:forward:0"><message xmlns="jabber:client" from="${from}" to="${ME}" type="chat"><body>${body}</body></message></forwarded>`;
const event = (node: string, id: string, payload: string): string =>
  `<event xmlns="${EVENT}"><items node="${node}"><item id="${id}">${payload}</item></items></event>`;

/** What somebody sends who wants the list to show something that is not so. */
const FORGED: readonly (readonly [string, string, RegExp])[] = [
  ['a carbon', `<message from="${EVE}" to="${ME}"><received xmlns="urn:xmpp:carbons:2">${inner()}</received></message>`, /carbon/],
  ['a carbon without a sender', `<message to="${ME}"><received xmlns="urn:xmpp:carbons:2">${inner()}</received></message>`, /carbon/],
  ['a carbon of a device of theirs', `<message from="${EVE}/x" to="${ME}"><sent xmlns="urn:xmpp:carbons:2">${inner(ME)}</sent></message>`, /carbon/],
  ['a carbon by this account of what was never theirs', `<message from="${ME}"><sent xmlns="urn:xmpp:carbons:2">${inner(ANN)}</sent></message>`, /carbon/],
  ['an archived message that nobody asked for', `<message from="${ME}"><result xmlns="urn:xmpp:mam:2" queryid="x" id="1">${inner()}</result></message>`, /archive/],
  ['an archived message of another archive', `<message from="${EVE}"><result xmlns="urn:xmpp:mam:2" id="1">${inner()}</result></message>`, /archive/],
  ['an entry of an inbox', `<message from="${EVE}"><entry xmlns="urn:xmpp:inbox:1" jid="${ANN}" unread="9" id="1" stamp="2020-01-01T00:00:00Z"><body>x</body></entry></message>`, /archive/],
  ['a contact list', `<iq type="set" id="r1" from="${EVE}"><query xmlns="jabber:iq:roster"><item jid="${ANN}" name="Eve"/></query></iq>`, /contact list/],
  ['settings', `<message from="${EVE}">${event('urn:im-conversation-list:chat:0', ANN, '<chat xmlns="urn:im-conversation-list:chat:0"><draft>Forged</draft></chat>')}</message>`, /event/],
  ['a marker', `<message from="${EVE}">${event('urn:xmpp:mds:displayed:0', ANN, '<displayed xmlns="urn:xmpp:mds:displayed:0"><stanza-id xmlns="urn:xmpp:sid:0" id="a0"/></displayed>')}</message>`, /event/],
  ['bookmarks', `<message from="${EVE}">${event('urn:xmpp:bookmarks:1', 'evil@rooms.example', '<conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/>')}</message>`, /event/],
  ['XML with a document type', '<!DOCTYPE x [<!ENTITY a "aaaa">]><message xmlns="jabber:client"><body>&a;</body></message>', /XML/],
  ['an entity', `<message xmlns="jabber:client" from="${EVE}"><body>&xxe;</body></message>`, /XML/],
  ['something huge', `<message xmlns="jabber:client" from="${EVE}"><body>${'x'.repeat(LIMITS.size)}</body></message>`, /XML/],
  ['something deep', `<message xmlns="jabber:client">${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</message>`, /XML/],
  ['half an element', '<message xmlns="jabber:client"><body>', /XML/],
];

/** What is merely nobody's business, or wrong in a way that means nothing. */
const MEANINGLESS: readonly string[] = [
  `<message from="${ANN}" type="groupchat"><body>Not in a room</body></message>`,
  `<message from="nowhere@rooms.example/x" type="groupchat"><body>Not joined</body></message>`,
  `<message from="${ANN}" type="headline"><body>News!</body></message>`,
  `<message from="@@@" type="chat"><body>Nobody</body></message>`,
  `<message from="${ANN}/x" type="chat"><body/></message>`,
  `<message from="${ANN}/x" type="chat"><x xmlns="http://jabber.org/protocol/muc#user"/><body>A whisper</body></message>`,
  `<message from="${EVE}" type="chat"><body>No</body><replace xmlns="urn:xmpp:message-correct:0" id="m0"/></message>`,
  `<message from="${EVE}" type="chat"><retract xmlns="urn:xmpp:message-retract:1" id="m0"/></message>`,
  `<message from="${ANN}" type="chat"><body>No</body><replace xmlns="urn:xmpp:message-correct:0"/></message>`,
  `<presence from="${EVE}"/>`,
  `<presence/>`,
  `<iq type="result" id="never"/>`,
  `<other/>`,
];

describe('XmppSource: hostile stanzas', () => {
  const reported: unknown[] = [];
  const scope = globalThis as {reportError?: ((error: unknown) => void) | undefined};
  const before = scope.reportError;
  beforeEach(() => {
    reported.length = 0;
    scope.reportError = (error) => reported.push(error);
  });
  afterEach(() => (scope.reportError = before));

  for (const [what, stanza, message] of FORGED) {
    it(`${what} changes nothing, and is told once`, async () => {
      await withAccount(
        async (account, server) => {
          const rows = await account.list();
          const {length} = account.events;
          for (let i = 0; i < 3; i++) server.frame(stanza.replace(/^<(message|iq)(?! xmlns)/, '<$1 xmlns="jabber:client"'));
          await until(() => reported.length > 0, 'it is told');
          // What comes after it is heard as ever.
          server.message(ANN, 'Real', {live: true});
          await until(() => account.told(ANN)?.lastMessage?.text === 'Real', 'it goes on');
          assert.equal(reported.length, 1);
          const [error] = reported as {name: string; code: string; message: string}[];
          assert.deepEqual([error?.name, error?.code], ['SourceError', 'invalid-data']);
          assert.match(error?.message ?? '', message);
          assert.ok((error?.message.length ?? 0) < 400, 'its message is short');
          assert.deepEqual(account.events.slice(length).map(({type}) => type), ['upsert']);
          assert.deepEqual((await account.list()).slice(1), rows.slice(1));
          assert.deepEqual(server.sent('presence', 'muc'), []);
        },
        (server) => {
          server.message('bob@example.org', 'Hello');
          server.message(ANN, 'Hi');
        },
      );
    });
  }

  it('takes no answer from somebody else', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        server.isMute = true;
        const pinned = account.source.setPinned(ANN, true);
        await until(() => server.sent('iq', 'publish').length === 1, 'it asks');
        const id = server.sent('iq', 'publish')[0]?.attrs.get('id') ?? '';
        server.push(`<iq type="result" id="${id}" from="${EVE}"/>`);
        await until(() => reported.length > 0, 'it is told');
        assert.equal(account.told(ANN)?.pinned ?? false, false);
        server.push(`<iq type="result" id="${id}"/>`);
        await pinned;
        assert.equal(account.told(ANN)?.pinned, true);
      },
      (server) => void server.message(ANN, 'Hi'),
    );
  });

  it('takes no part of an answer from somebody else, though the name of the question is right', async () => {
    await withAccount(
      async (account, server) => {
        await until(() => account.of('sync').at(-1)?.phase === 'finish', 'it is loaded');
        server.isMute = true;
        const page = account.list();
        await until(() => server.sent('iq', 'urn:xmpp:mam:2').length === 1, 'it asks');
        const [question] = server.sent('iq', 'urn:xmpp:mam:2');
        const queryid = child(question)?.attrs.get('queryid') ?? '';
        const result = (from: string, body: string): void =>
          server.push(`<message from="${from}"><result xmlns="urn:xmpp:mam:2" queryid="${queryid}" id="1">${inner(ANN, body)}</result></message>`);
        result(EVE, 'Forged');
        result(ME, 'Real');
        const fin = '<fin xmlns="urn:xmpp:mam:2" complete="true"><set xmlns="http://jabber.org/protocol/rsm"/></fin>';
        server.push(`<iq type="result" id="${question?.attrs.get('id') ?? ''}">${fin}</iq>`);
        assert.deepEqual((await page).map(({lastMessage, unreadCount}) => [lastMessage?.text, unreadCount]), [['Real', 1]]);
        assert.equal(reported.length, 1);
      },
    );
  });

  it('is not moved by what means nothing', async () => {
    await withAccount(
      async (account, server) => {
        const rows = await account.list();
        for (const stanza of MEANINGLESS) server.push(stanza);
        server.message('last@example.org', 'Real', {live: true});
        await until(() => account.told('last@example.org') !== undefined, 'all of it has come');
        assert.deepEqual((await account.list()).slice(1), rows);
        assert.deepEqual(reported, []);
      },
      (server) => void server.message(ANN, 'Hi'),
    );
  });

  it('keeps the order in which messages of one second come, where the server gives whole seconds', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        const stamp = '2024-05-01T10:00:07Z';
        const extra = `<delay xmlns="urn:xmpp:delay" stamp="${stamp}"/>`;
        const order = ['b', 'c', 'a'].map((name) => `${name}@example.org`);
        for (const peer of order) server.message(peer, 'Held back', {live: true, extra, at: Date.parse(stamp)});
        await until(() => account.told(order.at(-1) ?? '') !== undefined, 'they have come');
        const held = (await account.list()).filter(({lastMessage}) => lastMessage?.text === 'Held back');
        assert.deepEqual(held.map(({id}) => id), [...order].reverse());
      },
      (server) => void server.message(ANN, 'Long ago', {at: Date.parse('2024-04-01T00:00:00Z')}),
    );
  });

  it('puts nothing above the present, whatever time it claims', async () => {
    await withAccount(
      async (account, server) => {
        await account.list();
        const delay = '<delay xmlns="urn:xmpp:delay" stamp="9999-01-01T00:00:00Z"/>';
        server.message(EVE, 'From the future', {live: true, extra: delay});
        await until(() => account.told(EVE) !== undefined, 'it has come');
        const times = account.of('upsert').flatMap(({conversations}) => conversations.map(({activeAt = 0}) => activeAt));
        assert.ok(Math.max(...times) <= Date.now(), 'nothing is of the future');
        server.message(ANN, 'Now', {live: true});
        await until(() => account.told(ANN)?.lastMessage?.text === 'Now', 'it has come too');
        assert.deepEqual((await account.list()).map(({id}) => id), [ANN, EVE]);
      },
      (server) => void server.message(ANN, 'Hi'),
    );
  });

  it('gives valid conversations whatever messages are made of', async () => {
    const word = fc.constantFrom('', ' ', '\u202e', '💥', 'a', '__proto__', '2020-01-01', '-1', '1e999', ME, ANN, 'm0', 'a0', '&amp;');
    const element = fc
      .tuple(
        fc.constantFrom('body', 'replace', 'retract', 'delay', 'stanza-id', 'displayed', 'received', 'x', 'composing', 'event', 'entry', 'result'),
        fc.constantFrom('jabber:client', 'urn:xmpp:message-correct:0', 'urn:xmpp:message-retract:1', 'urn:xmpp:delay', 'urn:xmpp:sid:0', 'urn:xmpp:chat-markers:0', 'jabber:x:oob', EVENT),
        fc.dictionary(fc.constantFrom('id', 'by', 'stamp', 'node', 'jid', 'unread'), word),
        word,
      )
      .map(([name, ns, attrs, content]) => {
        const given = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join('');
        return `<${name} xmlns="${ns}"${given}>${content}</${name}>`;
      });
    const stanza = fc
      .tuple(fc.constantFrom(ANN, EVE, ME, `${ANN}/x`, '', 'x'), fc.constantFrom('chat', 'normal', 'error', 'groupchat', ''), fc.array(element, {maxLength: 5}))
      .map(([from, type, parts]) => `<message from="${from}" to="${ME}" type="${type}">${parts.join('')}</message>`);
    await withAccount(
      async (account, server) => {
        await account.list();
        for (const one of fc.sample(stanza, {numRuns: 400, seed: SEED})) server.push(one);
        server.message('last@example.org', 'Real', {live: true});
        await until(() => account.told('last@example.org') !== undefined, `it goes on (SEED=${SEED})`);
        for (const row of [...account.of('upsert').flatMap(({conversations}) => conversations), ...(await account.list())]) {
          assert.deepEqual(readConversation(row).problems, [], `SEED=${SEED}`);
        }
      },
      (server) => void server.message(ANN, 'Hi'),
    );
  });
});
