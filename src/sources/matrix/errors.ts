import {SourceError, toSourceError, type SourceErrorCode} from '../../model/errors.js';
import type {Json} from './types.js';

const CODES: Readonly<Record<string, SourceErrorCode>> = {
  M_UNKNOWN_TOKEN: 'auth',
  M_MISSING_TOKEN: 'auth',
  M_USER_DEACTIVATED: 'auth',
  M_USER_LOCKED: 'auth',
  M_FORBIDDEN: 'forbidden',
  M_GUEST_ACCESS_FORBIDDEN: 'forbidden',
  M_CONSENT_NOT_GIVEN: 'forbidden',
  M_USER_SUSPENDED: 'forbidden',
  M_CANNOT_LEAVE_SERVER_NOTICE_ROOM: 'forbidden',
  M_NOT_FOUND: 'not-found',
  M_LIMIT_EXCEEDED: 'rate-limited',
  M_TOO_LARGE: 'limit-exceeded',
  M_RESOURCE_LIMIT_EXCEEDED: 'limit-exceeded',
  M_UNRECOGNIZED: 'unsupported',
  M_BAD_JSON: 'invalid-argument',
  M_NOT_JSON: 'invalid-argument',
  M_INVALID_PARAM: 'invalid-argument',
  M_MISSING_PARAM: 'invalid-argument',
};

const STATUSES: Readonly<Record<number, SourceErrorCode>> = {
  400: 'invalid-argument',
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
};

/** The server has forgotten the position of a sync. */
export const UNKNOWN_POS = 'M_UNKNOWN_POS';

/** A server's answer that is none, as the SDK's `MatrixError` has it too. */
export class MatrixFailure extends Error {
  constructor(
    readonly httpStatus: number,
    readonly data: Json,
  ) {
    super(typeof data['error'] === 'string' ? data['error'] : `The homeserver answered with ${httpStatus}`);
  }
}

/** What a request or the SDK rejects with, in terms an app can act on. */
export function toMatrixError(thrown: unknown): SourceError {
  if (thrown instanceof SourceError) return thrown;
  const {httpStatus, name, data} = Object(thrown) as Json;
  const {errcode, retry_after_ms: wait} = Object(data) as Json;
  const status = Number(httpStatus) || 0;
  const kind =
    CODES[String(errcode)] ??
    STATUSES[status] ??
    (status >= 500 ? 'server' : name === 'ConnectionError' ? 'network' : undefined);
  const {code, message} = toSourceError(thrown, kind);
  return new SourceError(code, message, {
    cause: thrown,
    nativeCode: typeof errcode === 'string' ? errcode : status || undefined,
    retryAfterMs: typeof wait === 'number' && wait >= 0 ? wait : undefined,
  });
}

/** The session is over for good, or its token alone: the server says which. */
export function sessionState(thrown: unknown): 'expired' | 'kicked' {
  const {data} = Object(thrown) as Json;
  return (Object(data) as Json)['soft_logout'] === true ? 'expired' : 'kicked';
}
