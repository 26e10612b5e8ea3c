import {SourceError, type SourceErrorCode} from '../../model/errors.js';
import {all, attr, child, textOf, type Xml} from './xml.js';

/** By the conditions of stanza errors (RFC 6120, 8.3.3), stream errors (4.9.3) and refused logins (6.5). */
const CODES: readonly (readonly [SourceErrorCode, readonly string[]])[] = [
  ['auth', ['not-authorized', 'account-disabled', 'credentials-expired', 'encryption-required', 'invalid-authzid', 'invalid-mechanism', 'mechanism-too-weak']],
  ['not-found', ['item-not-found', 'gone', 'recipient-unavailable', 'remote-server-not-found', 'host-unknown', 'host-gone']],
  ['forbidden', ['forbidden', 'not-allowed', 'registration-required', 'subscription-required', 'conflict', 'payment-required']],
  ['unsupported', ['feature-not-implemented', 'service-unavailable', 'unsupported-version']],
  ['invalid-argument', ['bad-request', 'jid-malformed', 'not-acceptable', 'unexpected-request']],
  ['limit-exceeded', ['policy-violation']],
  ['timeout', ['remote-server-timeout', 'connection-timeout']],
  ['rate-limited', ['resource-constraint']],
  ['server', ['internal-server-error', 'temporary-auth-failure', 'system-shutdown', 'reset', 'undefined-condition']],
];

/** What an `<error/>`, a `<stream:error/>` or a SASL `<failure/>` says, in terms an app can act on. */
export function readError(error: Xml | undefined, fallback: SourceErrorCode = 'server'): SourceError {
  const parts = all(error);
  const condition = parts.find(({name}) => name !== 'text')?.name ?? 'undefined-condition';
  const text = textOf(child(error, 'text')).slice(0, 500);
  const code = CODES.find(([, names]) => names.includes(condition))?.[0] ?? fallback;
  const wait = attr(error, 'type') === 'wait';
  return new SourceError(wait && code === 'limit-exceeded' ? 'rate-limited' : code, text || `The server said ${condition}`, {
    nativeCode: condition,
    ...(wait && {retryable: true}),
  });
}

/** The connection broke. */
export function lost(cause?: unknown): SourceError {
  return new SourceError('network', 'The connection to the server was lost', {cause});
}
