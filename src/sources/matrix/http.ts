import {SourceError} from '../../model/errors.js';
import {MatrixFailure} from './errors.js';
import {object} from './json.js';
import type {Json, MatrixServer} from './types.js';

export const V3 = '/_matrix/client/v3';

/** A request to a homeserver; `path` begins with `/_matrix`. */
export interface MatrixRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object | undefined;
  readonly signal: AbortSignal;
}

/** The homeserver's answer as JSON. */
export async function ask(server: MatrixServer, {method, path, query = {}, body, signal}: MatrixRequest): Promise<Json> {
  const {homeserver, accessToken, fetch = globalThis.fetch} = server;
  const token = typeof accessToken === 'function' ? await accessToken() : accessToken;
  const url = new URL(homeserver.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  const response = await fetch(url, {
    method,
    signal,
    // The address is the one the app gave: nobody else is asked in its place.
    redirect: 'error',
    headers: {authorization: `Bearer ${token}`, ...(body && {'content-type': 'application/json'})},
    ...(body && {body: JSON.stringify(body)}),
  }).catch((thrown: unknown) => {
    throw signal.aborted ? thrown : new SourceError('network', 'The homeserver cannot be reached', {cause: thrown});
  });
  // A proxy in between may answer with anything.
  const data: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    throw new MatrixFailure(response.status, {...(seconds >= 0 && {retry_after_ms: seconds * 1000}), ...object(data)});
  }
  if (typeof data !== 'object' || data === null) throw new SourceError('invalid-data', 'The homeserver gave no JSON');
  return data as Json;
}

/** Where pictures are, as servers give them without a sign-in; see `avatarUrl` of the options. */
export function thumbnail(homeserver: string, mxc: string): string | undefined {
  const [, server, id] = /^mxc:\/\/([^/?#]+)\/([^/?#]+)$/.exec(mxc) ?? [];
  if (server === undefined || id === undefined) return undefined;
  const path = `/_matrix/media/v3/thumbnail/${encodeURIComponent(server)}/${encodeURIComponent(id)}`;
  return `${homeserver.replace(/\/+$/, '')}${path}?width=96&height=96&method=crop`;
}
