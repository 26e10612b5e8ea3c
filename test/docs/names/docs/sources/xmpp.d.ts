import type {StanzaClient, XmppJsClient} from '../../../../../src/sources/xmpp.js';

export const password: string;
/** Of `@xmpp/client`, of `stanza`. */
export const xmpp: XmppJsClient;
export const agent: StanzaClient;
