import {toSourceError} from '../../model/errors.js';
import type {OpResult} from '../../model/source.js';
import {errorsByCode} from '../shared/settle.js';
import type {NimFailure} from './types.js';

/** What the SDK rejects with or throws: a `V2NIMError` with a code. */
export const toNimError = errorsByCode({
  'not-ready': [190002],
  auth: [302, 417, 422, 101301, 101303, 101403, 102302, 102404, 102422],
  forbidden: [403, 997, 110302],
  'not-found': [404, 110404, 191006],
  'rate-limited': [398, 416],
  'limit-exceeded': [110303, 110304],
  'invalid-argument': [414, 191001, 191004],
  timeout: [408, 191005, 192002, 192004],
  // A call is cancelled when the connection goes.
  network: [191002, 192001, 192003, 192005, 192006],
  server: [399, 500, 503, 511, 514],
});

/** The SDK names those that failed. */
export function toResults(ids: readonly string[], failures: readonly NimFailure[] | undefined): readonly OpResult[] {
  return ids.map((id) => {
    const failure = failures?.find(({conversationId}) => conversationId === id);
    return failure ? {id, error: toSourceError(toNimError(failure.error))} : {id};
  });
}
