/** What went wrong, in terms an app can act on. */
export type SourceErrorCode =
  | 'not-ready'
  | 'auth'
  | 'network'
  | 'timeout'
  | 'rate-limited'
  | 'not-found'
  | 'forbidden'
  | 'limit-exceeded'
  | 'unsupported'
  | 'invalid-argument'
  | 'invalid-data'
  | 'cursor-cycle'
  | 'aborted'
  | 'server'
  | 'unknown';

/** Optional facts about a {@link SourceError}. */
export interface SourceErrorInit {
  /** The service's own code, for logs and support. */
  readonly nativeCode?: string | number | undefined;
  /** Whether the same call may succeed later. Default: by code, see {@link isRetryableCode}. */
  readonly retryable?: boolean | undefined;
  /** Milliseconds to wait before the next try, when the service said so. */
  readonly retryAfterMs?: number | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<SourceErrorCode> = new Set<SourceErrorCode>([
  'not-ready',
  'network',
  'timeout',
  'rate-limited',
  'server',
  'unknown',
]);

/** Whether a failure with this code may pass by itself. */
export function isRetryableCode(code: SourceErrorCode): boolean {
  return RETRYABLE.has(code);
}

/**
 * The one error class between a source and the list.
 *
 * Sources reject with it; whatever else they reject with or throw is wrapped by
 * {@link toSourceError}. `message` is untrusted text: show it only through `format/text`.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  readonly retryable: boolean;
  readonly nativeCode: string | number | undefined;
  /** Milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: SourceErrorCode, message: string, init: SourceErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : {cause: init.cause});
    this.code = code;
    this.nativeCode = init.nativeCode;
    this.retryable = init.retryable ?? isRetryableCode(code);
    this.retryAfterMs = init.retryAfterMs;
  }
}

/** Wraps anything that was thrown; a {@link SourceError} comes back as it is. Never throws. */
export function toSourceError(thrown: unknown, fallback: SourceErrorCode = 'unknown'): SourceError {
  if (thrown instanceof SourceError) return thrown;
  try {
    if (typeof thrown === 'object' && thrown !== null) {
      const {name, message} = thrown as {name?: unknown; message?: unknown};
      const code = name === 'AbortError' ? 'aborted' : fallback;
      const text = typeof message === 'string' && message !== '' ? message : code;
      return new SourceError(code, text, {cause: thrown});
    }
    return new SourceError(fallback, typeof thrown === 'string' && thrown !== '' ? thrown : fallback, {
      cause: thrown,
    });
  } catch {
    // A hostile object whose getters throw.
    return new SourceError(fallback, fallback);
  }
}
