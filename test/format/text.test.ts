import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {cleanName, cleanText, NAME_LIMIT, PREVIEW_LIMIT} from '../../src/format/text.js';

/** Names of people and rooms as they are written, each of which must come through unchanged. */
const REAL_NAMES = [
  ...['Ana Bell', "Sinéad O'Connor", 'Jean-Luc Picard', 'José Ángel Núñez', 'Łukasz Żółć', 'Nguyễn Thị Ánh', 'Þórdís Kolbrún'],
  ...['İbrahim Çelik', 'Ørjan Ødegård', 'Dvořák, Antonín', 'Иван Петров', 'Ольга Ґалаґан', 'Γιώργος Σεφέρης', 'Հայկ Սարգսյան'],
  ...['დავით ბერიძე', 'محمد علي', 'فاطمه رضایی', 'عمر\u200fخيام', 'דוד בן־גוריון', 'שָׁלוֹם', 'राजेश कुमार', 'প্রিয়া দাস', 'ਗੁਰਪ੍ਰੀਤ'],
  ...['தமிழ்ச்செல்வி', 'శ్రీనివాస్', 'ಕನ್ನಡಿಗ', 'മലയാളി', 'සිංහල', 'สมชาย ใจดี', 'ສົມພອນ', 'မောင်မောင်', 'ខ្មែរ សុខា', 'བསྟན་འཛིན'],
  ...['王小明', '山田 太郎', 'キム・ジヨン', '김민수', 'አበበ ቢቂላ', 'Tūī ᎠᎹᏱ', '👩‍👩‍👧‍👦 Family', '🏳️‍🌈 Pride', 'Team 🇩🇪', 'می‌خواهم'],
];

/** Nothing, by the looks of it. */
const BLANK = [
  ...['', ' ', '\t\n', '\u00a0', '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u1680', '\u17b4', '\u17b5', '\u180e'],
  ...['\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200a', '\u200b'],
  ...['\u200c', '\u200d', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u202f'],
  ...['\u205f', '\u2060', '\u2061', '\u2062', '\u2063', '\u2064', '\u2066', '\u2067', '\u2068', '\u2069', '\u206a', '\u2800'],
  ...['\u3000', '\u3164', '\ufe00', '\ufe0f', '\ufeff', '\uffa0', '\u{1d173}', '\u{e0001}', '\u{e0020}', '\u{e01ef}', '\u0301'],
  ...['\u200b\u200d\ufeff', ' \u3164 \u2800 ', '\u0000\u0007', '\ue000'],
];

const MARKS = /\p{M}{5}/u;
const FORBIDDEN = /[\u202A-\u202E\u2066-\u2069\p{Cc}\u2028\u2029\p{Cs}]/u;

describe('cleanText', () => {
  it('leaves real names in many scripts as they are', () => {
    assert.ok(REAL_NAMES.length >= 40);
    for (const name of REAL_NAMES) assert.equal(cleanText(name), name);
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
    for (let limit = 2; limit < 200; limit++) {
      const text = cleanText(emoji, limit);
      assert.ok(text.isWellFormed(), `cut at ${limit}`);
      assert.ok(text.length <= limit);
    }
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

  it('costs the same, however long the text is', () => {
    const attacks = ['a', '\u0301', '\u202e', '\u0000', '\ud800', ' ', 'a\u0301\u0302\u0303\u0304\u0305', '👩‍👩‍👧‍👦'];
    const started = performance.now();
    for (const unit of attacks) for (let i = 0; i < 20; i++) cleanText(unit.repeat(1_000_000));
    const cleaning = performance.now() - started;
    // Mostly the making of the texts themselves.
    assert.ok(cleaning < 2000, `${cleaning} ms`);
  });

  it('of any text is well-formed, short, without controls, and changes nothing a second time', () => {
    const units = fc.constantFrom('a', ' ', '\u0301', '\u0302', '\u202e', '\u2069', '\u0000', '\n', '\ud83d', '\ude00', '…', '\u200d', 'é', '字');
    const text = fc.oneof(fc.string({unit: 'binary', maxLength: 80}), fc.array(units, {maxLength: 60}).map((u) => u.join('')));
    fc.assert(
      fc.property(text, fc.integer({min: 2, max: 40}), (raw, limit) => {
        const once = cleanText(raw, limit);
        assert.ok(once.isWellFormed());
        assert.ok(once.length <= limit);
        assert.doesNotMatch(once, FORBIDDEN);
        assert.doesNotMatch(once, MARKS);
        assert.equal(once, once.trim());
        assert.equal(cleanText(once, limit), once);
      }),
      {numRuns: 20_000},
    );
  });
});

describe('cleanName', () => {
  it('falls back where nothing can be seen', () => {
    assert.ok(BLANK.length >= 60);
    for (const name of BLANK) {
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

  it('leaves real names as they are', () => {
    for (const name of REAL_NAMES) assert.equal(cleanName(name, ''), name);
  });
});
