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

/** In the order in which they are offered. */
export const KINDS: readonly Kind[] = [local, xmpp];
