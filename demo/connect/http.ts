import type {ConversationSource} from '../../src/model/source.js';
import {HttpSource} from '../../src/sources/http.js';

/** What the page asks for, one field each. */
export const HTTP_FIELDS = [
  {name: 'url', label: 'Address', type: 'url', value: 'http://127.0.0.1:8787/conversations', required: true},
  {name: 'token', label: 'Token', type: 'password', value: '', required: false},
] as const;

/** What it needs, in a line. */
export const HTTP_HINT = 'A server that speaks docs/protocol: USERS="ann:secret" ORIGINS="<this page\'s origin>" npm run server';

/** A source by what was typed in; the token is kept nowhere. */
export function connectHttp({url, token}: {readonly url: string; readonly token: string}): ConversationSource {
  return new HttpSource(url, {
    ...(token === '' ? {credentials: 'include' as const} : {headers: {authorization: `Bearer ${token}`}}),
  });
}
