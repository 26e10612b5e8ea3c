import type {ConversationSource} from '../../src/model/source.js';

/** What a person fills in. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'url' | 'email' | 'password';
  readonly value: string;
  readonly autocomplete: 'off' | 'username' | 'current-password' | 'url';
}

/** A kind of back end that the list can be connected to. */
export interface Kind {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly fields: readonly Field[];
  /** Loads the kind's module and makes a source; `dispose()` ends it. */
  connect(values: ReadonlyMap<string, string>): Promise<ConversationSource>;
}

const local: Kind = {
  id: 'local',
  label: 'This browser',
  hint: 'Kept in IndexedDB, the same for every tab; nothing leaves the browser.',
  fields: [{name: 'name', label: 'Name of the store', type: 'text', value: 'connect', autocomplete: 'off'}],
  async connect(values) {
    const {localSource} = await import('./local.js');
    return localSource(values.get('name') ?? '');
  },
};

const xmpp: Kind = {
  id: 'xmpp',
  label: 'XMPP',
  hint: 'The password goes to the server that you name, by SCRAM, and nowhere else; it is not kept.',
  fields: [
    {name: 'url', label: 'WebSocket', type: 'url', value: 'wss://', autocomplete: 'url'},
    {name: 'jid', label: 'Address', type: 'email', value: '', autocomplete: 'username'},
    {name: 'password', label: 'Password', type: 'password', value: '', autocomplete: 'current-password'},
  ],
  async connect(values) {
    const {XmppSource} = await import('../../src/sources/xmpp.js');
    const value = (name: string): string => values.get(name) ?? '';
    return new XmppSource({url: value('url').trim(), jid: value('jid').trim(), password: value('password')});
  },
};

const http: Kind = {
  id: 'http',
  label: 'HTTP',
  hint: 'A server that speaks the protocol of docs/protocol, such as that of `npm run server`, which lets this page in by its setting ORIGINS. Without a token, cookies are sent.',
  fields: [
    {name: 'url', label: 'Address', type: 'url', value: 'http://127.0.0.1:8787/conversations', autocomplete: 'url'},
    {name: 'token', label: 'Token', type: 'password', value: '', autocomplete: 'off'},
  ],
  async connect(values) {
    const {HttpSource} = await import('../../src/sources/http.js');
    const token = values.get('token') ?? '';
    const access = token === '' ? {credentials: 'include' as const} : {headers: {authorization: `Bearer ${token}`}};
    return new HttpSource((values.get('url') ?? '').trim(), access);
  },
};

const matrix: Kind = {
  id: 'matrix',
  label: 'Matrix',
  hint: 'A homeserver with simplified sliding sync, and an access token, which goes there and nowhere else; it is not kept.',
  fields: [
    {name: 'homeserver', label: 'Homeserver', type: 'url', value: 'https://', autocomplete: 'url'},
    {name: 'accessToken', label: 'Access token', type: 'password', value: '', autocomplete: 'off'},
  ],
  async connect(values) {
    const {MatrixSource} = await import('../../src/sources/matrix.js');
    const value = (name: string): string => (values.get(name) ?? '').trim();
    return new MatrixSource({homeserver: value('homeserver'), accessToken: value('accessToken')});
  },
};

/** In the order in which they are offered. */
export const KINDS: readonly Kind[] = [local, http, xmpp, matrix];
