import {SourceError} from '../../model/errors.js';

/** What an element says besides its `src`. */
export interface SrcOptions {
  /**
   * As of `<script crossorigin>`: `null`: only the page's own origin; `use-credentials`: any, with cookies; anything else:
   * any, without.
   */
  readonly crossOrigin: string | null;
  /** What a relative address is relative to. */
  readonly base: string;
}

/**
 * The address that an element's `src` names, and whether cookies go there.
 *
 * @throws SourceError `invalid-argument` for one that is none, that is of another origin without leave, or that is not
 *   safe: `https:`, or `http:` on this machine.
 */
export function readSrc(
  src: string,
  {crossOrigin, base}: SrcOptions,
): {readonly url: URL; readonly credentials: 'include' | 'same-origin'} {
  const url = readUrl(src, base);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refuse(src, 'has to be https:');
  }
  if (url.username !== '' || url.password !== '') throw refuse(src, 'must not hold a password');
  if (crossOrigin === null && url.origin !== new URL(base).origin) {
    throw refuse(src, 'is of another origin: allow it by the attribute crossorigin');
  }
  return {url, credentials: crossOrigin === 'use-credentials' ? 'include' : 'same-origin'};
}

function readUrl(src: string, base: string): URL {
  try {
    return new URL(src, base);
  } catch (cause) {
    throw new SourceError('invalid-argument', `src ${src.slice(0, 100)} is no address`, {cause});
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

function refuse(src: string, why: string): SourceError {
  return new SourceError('invalid-argument', `src ${src.slice(0, 100)} ${why}`);
}
