import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatDuration} from '../../src/format/duration.js';

test('formatDuration: minutes and seconds, hours where there are any', () => {
  const cases: readonly [ms: number, text: string][] = [
    [1, '0:01'], [7_400, '0:07'], [59_600, '1:00'], [754_000, '12:34'], [3_599_400, '59:59'], [3_600_000, '1:00:00'],
    [3_723_000, '1:02:03'], [360_000_000, '100:00:00'],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
});

test('formatDuration: nothing for what has no length', () => {
  for (const ms of [undefined, 0, -5, NaN]) assert.equal(formatDuration(ms), '');
});
