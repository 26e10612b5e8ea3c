import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {httpsOnly, initials} from '../../src/format/avatar.js';
import {cleanName, cleanText, NAME_LIMIT, PREVIEW_LIMIT} from '../../src/format/text.js';
import {Random} from '../store/support/random.js';

const RUNS = Number(process.env['RUNS'] ?? 200_000);
/** One seed a string: `SEED=n` replays the one that failed. */
const FIRST = Number(process.env['SEED'] ?? 1);
const LAST = process.env['SEED'] === undefined ? RUNS : FIRST;

const FORBIDDEN = /[\u202A-\u202E\u2066-\u2069\p{Cc}\u2028\u2029\p{Cs}]/u;
const MARKS = /\p{M}{5}/u;

/** What stands at the edges of the rules. */
const UNITS = [
  ...['a', 'Z', ' ', '  ', '\u0301', '\u0302', '\u0e49', '\u20dd', '\u0301\u0301\u0301\u0301', '\u202a', '\u202e'],
  ...['\u202c', '\u2066', '\u2069'],
  ...['\u0000', '\n', '\r\n', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ud83d', '\ude00', '\ud800'],
  ...['\udfff', '\u{1f468}\u200d', '\u{1f3fd}'],
  ...['…', '\u200b', '\u200d', '\ufeff', '\u00a0', '\u3000', '\u3164', '\u2800', '\u200e', '\u200f', '\u061c', 'א'],
  ...['ع', '字', '한', 'é', 'ß', '\ufdfd'],
  ...['<b>', '&lt;', '${x}', '\u{e0061}', '\ufe0f', '\ufffd', '\uffff', '\u{10ffff}', '\u{1d159}', '9', '٣'],
];

/** A text made of what stands at the edges, or of any code units, short or as long as the limits. */
function randomText(random: Random): string {
  const length = random.chance(0.02) ? random.int(700) : random.int(24);
  const any = random.chance(0.25);
  let text = '';
  while (text.length < length) text += any ? String.fromCharCode(random.int(65_536)) : random.pick(UNITS);
  return text;
}

describe(`${LAST - FIRST + 1} random texts (RUNS=n for more, SEED=n for one again)`, () => {
  it('come out well-formed, short, without controls, and the same when cleaned again', () => {
    for (let seed = FIRST; seed <= LAST; seed++) {
      const random = new Random(seed);
      const raw = randomText(random);
      const limit = random.chance(0.5) ? PREVIEW_LIMIT : 1 + random.int(40);
      const once = cleanText(raw, limit);
      const name = cleanName(raw, 'fallback');
      const fault =
        (!once.isWellFormed() && 'not well-formed') ||
        (once.length > limit && 'too long') ||
        (FORBIDDEN.test(once) && 'a control') ||
        (MARKS.test(once) && 'a run of marks') ||
        (once !== once.trim() && 'blank at an end') ||
        (cleanText(once, limit) !== once && 'another when cleaned again') ||
        (cleanName(name, 'fallback') !== name && 'another name when cleaned again') ||
        (name === '' && 'an empty name') ||
        (name.length > NAME_LIMIT && 'a long name') ||
        (!initials(name).isWellFormed() && 'halves in initials');
      if (fault !== false) assert.fail(`${fault}: ${JSON.stringify(raw)} at ${limit}; SEED=${seed}`);
    }
  });
});

describe('texts of a million units', () => {
  const units = ['a', ' ', '\u0301', 'a\u0301\u0302\u0303\u0304\u0305', '\u202e', '\u0000', '\ud800', '\ud83d\ude00', '\u2800', "a'", '.', '9', '-'];

  it('cost no more than those of the length that is looked at', () => {
    for (const unit of units) {
      // The cost is bounded since nothing beyond this much is looked at: what comes after makes no difference.
      const head = unit.repeat(PREVIEW_LIMIT * 2).slice(0, PREVIEW_LIMIT * 2);
      for (const tail of ['b'.repeat(1_000_000), '\u0301'.repeat(1_000_000), '\udc00', '\u202e(\u0000']) {
        assert.equal(cleanText(head + tail), cleanText(head), JSON.stringify(unit));
      }
    }
  });

  it('are read from no further than that', () => {
    // Whoever cleans first and cuts then, or cuts late, shows here.
    const asked: unknown[] = [];
    const {slice} = String.prototype;
    String.prototype.slice = function (this: string, ...range: [number?, number?]): string {
      if (this.length > 1e6) asked.push(range);
      return slice.apply(this, range);
    };
    try {
      cleanText('a'.repeat(1_000_001));
      cleanName('a'.repeat(1_000_001), '');
    } finally {
      String.prototype.slice = slice;
    }
    assert.deepEqual(asked, [[0, 2 * PREVIEW_LIMIT], [0, 2 * NAME_LIMIT]]);
  });

  it('no expression backtracks: ten times the text costs about ten times the time', () => {
    // Past the cut, so that each expression of the pipeline meets the whole text.
    const time = (unit: string, length: number): number => {
      const text = unit.repeat(length / unit.length);
      let best = Infinity;
      for (let i = 0; i < 3; i++) {
        const start = performance.now();
        cleanText(text, length);
        initials(text);
        httpsOnly(`https://${text}`);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    for (const unit of units) {
      const seen: string[] = [];
      // One that is quadratic takes a hundred times as long each time; a machine with other work may now and then.
      const linear = Array.from({length: 5}).some(() => {
        const small = time(unit, 100_000);
        const large = time(unit, 1_000_000);
        seen.push(`${small} ms, then ${large} ms`);
        return large < 40 * Math.max(small, 2);
      });
      assert.ok(linear, `${JSON.stringify(unit)}: ${seen.join('; ')}`);
    }
  });
});
