import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {cleanName, cleanText, NAME_LIMIT, PREVIEW_LIMIT} from '../../src/format/text.js';
import {BLANK_NAMES} from './blank-names.js';
import {NAMES_BY_SCRIPT, REAL_NAMES} from './real-names.js';

const MARKS = /\p{M}{5}/u;

describe('cleanText', () => {
  it(`leaves ${REAL_NAMES.length} names in ${Object.keys(NAMES_BY_SCRIPT).length} scripts as they are`, () => {
    assert.ok(new Set(REAL_NAMES).size >= 200);
    assert.ok(Object.keys(NAMES_BY_SCRIPT).length >= 30);
    for (const [script, names] of Object.entries(NAMES_BY_SCRIPT)) {
      for (const name of names) {
        assert.match(name, new RegExp(`\\p{Script=${script}}`, 'u'));
        assert.equal(cleanText(name), name);
        assert.equal(cleanName(name, ''), name);
      }
    }
  });

  it('gives nothing for what is no text', () => {
    for (const value of [undefined, null, 7, NaN, true, {}, [], () => 'x', Symbol('x'), 10n]) {
      assert.equal(cleanText(value), '');
    }
  });

  it('makes one line of several, and no control stays', () => {
    assert.equal(cleanText('a\nb\r\nc\td\u2028e\u2029f\u0085g'), 'a b c d e f g');
    assert.equal(cleanText('\u0000\u001b[31mred\u0007'), '[31mred');
    assert.equal(cleanText('  spaces  '), 'spaces');
  });

  it('drops what turns the direction of its neighbours, and keeps the marks that do not', () => {
    assert.equal(cleanText('\u202Eevil\u202C \u2066a\u2069'), 'evil a');
    assert.equal(cleanText('a\u200eb\u200fc\u061cd'), 'a\u200eb\u200fc\u061cd');
  });

  it('replaces half characters, also where a cut would make them', () => {
    assert.equal(cleanText('\ud800'), '\ufffd');
    assert.equal(cleanText('a\udc00b\ud800'), 'a\ufffdb\ufffd');
    for (let code = 0xd800; code <= 0xdfff; code++) assert.ok(cleanText(`x${String.fromCharCode(code)}y`).isWellFormed());
    const emoji = '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(80);
    for (let limit = 1; limit < 200; limit++) {
      const text = cleanText(emoji, limit);
      assert.ok(text.isWellFormed(), `cut at ${limit}`);
      assert.ok(text.length <= limit);
    }
    for (let at = 0; at < 200; at++) assert.ok(cleanText(emoji.slice(at, at + 7)).isWellFormed(), `cut out at ${at}`);
  });

  it('shortens runs of marks to four', () => {
    assert.equal(cleanText(`a${'\u0301'.repeat(100)}b`), `a${'\u0301'.repeat(4)}b`);
    assert.equal(cleanText('a\u0301\u0302\u0303\u0304'), 'a\u0301\u0302\u0303\u0304');
    assert.doesNotMatch(cleanText(`${'\u0301'.repeat(2)}\u202e${'\u0301'.repeat(4)}`), MARKS);
  });

  it('cuts at its limit and says so', () => {
    const text = cleanText('x'.repeat(5000));
    assert.equal(text.length, PREVIEW_LIMIT);
    assert.ok(text.endsWith('x…'));
    assert.equal(cleanText('x'.repeat(PREVIEW_LIMIT)).length, PREVIEW_LIMIT);
    assert.equal(cleanText('abc def', 5), 'abc…');
  });
});

describe('cleanName', () => {
  it('falls back where nothing can be seen', () => {
    assert.ok(new Set(BLANK_NAMES).size >= 60);
    for (const name of BLANK_NAMES) {
      assert.equal(cleanName(name, 'fallback'), 'fallback', JSON.stringify(name).replace(/[^ -~]/g, (c) => `U+${c.codePointAt(0)?.toString(16)}`));
    }
    for (const value of [undefined, null, 5, {}]) assert.equal(cleanName(value, 'fallback'), 'fallback');
  });

  it('keeps names of a single sign', () => {
    for (const name of ['a', '7', '字', '!', '😀', '°', '♪']) assert.equal(cleanName(name, 'fallback'), name);
  });

  it('has a limit of its own', () => {
    assert.equal(cleanName('x'.repeat(1000), '').length, NAME_LIMIT);
  });
});
