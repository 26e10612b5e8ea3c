import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isRetryableCode, SourceError, toSourceError, type SourceErrorCode} from '../../src/model/index.js';

const RETRYABLE: readonly SourceErrorCode[] = ['not-ready', 'network', 'timeout', 'rate-limited', 'server', 'unknown'];
const FINAL: readonly SourceErrorCode[] = [
  'auth', 'not-found', 'forbidden', 'limit-exceeded', 'unsupported', 'invalid-argument', 'invalid-data', 'cursor-cycle', 'aborted',
];

test('SourceError: whether it may pass goes by its code, unless told', () => {
  for (const code of RETRYABLE) {
    assert.equal(isRetryableCode(code), true, code);
    assert.equal(new SourceError(code, '').retryable, true, code);
    assert.equal(new SourceError(code, '', {retryable: false}).retryable, false, code);
  }
  for (const code of FINAL) {
    assert.equal(isRetryableCode(code), false, code);
    assert.equal(new SourceError(code, '').retryable, false, code);
    assert.equal(new SourceError(code, '', {retryable: true}).retryable, true, code);
  }
});

test('SourceError: carries what it is given', () => {
  const cause = new Error('under');
  const error = new SourceError('rate-limited', 'slow down', {nativeCode: 2996, retryAfterMs: 1500, cause});
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'SourceError');
  assert.equal(error.message, 'slow down');
  assert.equal(error.code, 'rate-limited');
  assert.equal(error.nativeCode, 2996);
  assert.equal(error.retryAfterMs, 1500);
  assert.equal(error.cause, cause);
  assert.equal('cause' in new SourceError('network', ''), false);
});

test('toSourceError: one of its own comes back as it is', () => {
  const error = new SourceError('auth', 'who?');
  assert.equal(toSourceError(error), error);
});

test('toSourceError: errors, strings and plain objects keep their text', () => {
  const cause = new TypeError('no such method');
  const wrapped = toSourceError(cause);
  assert.equal(wrapped.code, 'unknown');
  assert.equal(wrapped.message, 'no such method');
  assert.equal(wrapped.cause, cause);
  assert.equal(toSourceError('gone').message, 'gone');
  assert.equal(toSourceError({message: 'plain', errCode: 1004}).message, 'plain');
  assert.equal(toSourceError(new Error('x'), 'network').code, 'network');
  assert.equal(toSourceError(new DOMException('stop', 'AbortError')).code, 'aborted');
  assert.equal(toSourceError(AbortSignal.abort().reason).code, 'aborted');
});

test('toSourceError rule 17: no value throws', () => {
  const hostile = {
    get name(): string {
      throw new Error('name');
    },
    get message(): string {
      throw new Error('message');
    },
  };
  const values = [undefined, null, 0, NaN, '', true, 7n, Symbol('s'), () => 1, {}, [], Object.create(null), {message: 5}, hostile];
  for (const value of values) {
    const error = toSourceError(value, 'server');
    assert.ok(error instanceof SourceError);
    assert.equal(error.code, 'server');
    assert.equal(error.message, 'server');
  }
});
