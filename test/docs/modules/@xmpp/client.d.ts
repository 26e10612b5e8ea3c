import type {XmppJsClient, XmppJsXml} from '../../../../src/sources/xmpp.js';

export function client(options: {service: string; username: string; password: string}): XmppJsClient;
export const xml: XmppJsXml;
