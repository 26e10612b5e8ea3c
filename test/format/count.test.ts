import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {formatCount} from '../../src/format/count.js';

describe('formatCount', () => {
  it('shows a number up to its cap', () => {
    assert.deepEqual([1, 7, 99, 100, 1e6].map((n) => formatCount(n)), ['1', '7', '99', '99+', '99+']);
    assert.deepEqual([9, 10].map((n) => formatCount(n, 9)), ['9', '9+']);
    assert.equal(formatCount(500, 999), '500');
  });

  it('shows nothing for anything but a positive number', () => {
    const nothing = [0, -0, -1, -1e9, 0.5, 0.999, NaN, -Infinity, '7', '', null, undefined, {}, [], [7], true, 7n, () => 7, Symbol('7')];
    for (const value of nothing) assert.equal(formatCount(value), '');
  });

  it('shows whole numbers only', () => {
    const odd = [1.5, 98.9999, 99.5, 1e21, 2 ** 53, Number.MAX_VALUE, Infinity, 1.0000001];
    for (const value of odd) assert.match(formatCount(value), /^([1-9]\d?|99\+)$/);
  });

  it('shows a plus where there may be more', () => {
    assert.deepEqual([7, 120, 0].map((n) => formatCount(n, 99, true)), ['7+', '99+', '']);
  });
});
