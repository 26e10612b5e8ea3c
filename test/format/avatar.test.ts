import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {AVATAR_COLORS, avatarColor, httpsOnly, initials} from '../../src/format/avatar.js';

describe('initials', () => {
  const cases: readonly [name: string, expected: string][] = [
    ['Ana Bell', 'AB'],
    ['ana bell', 'AB'],
    ['Ana', 'A'],
    ['Ana Maria Bell', 'AB'],
    ["Sinéad O'Connor", 'SO'],
    ['José', 'J'],
    ['Élise Æsir', 'ÉÆ'],
    ['E\u0301lise', 'E\u0301'],
    ['Иван Петров', 'ИП'],
    ['Γιώργος Σεφέρης', 'ΓΣ'],
    ['王小明', '王'],
    ['山田 太郎', '山'],
    ['김민수', '김'],
    ['Ana 王', 'A'],
    // Unjoined: joined they would be a word.
    ['محمد علي', 'م\u200cع'],
    ['محمد', 'م'],
    ['Ana محمد', 'A'],
    ['דוד Cohen', 'ד'],
    ['Ana Иванова', 'AИ'],
    ['Renée d’Arc', 'RD'],
    ['snake_case name', 'SN'],
    ['김 민수', '김'],
    ['さくら', 'さ'],
    ['ß a', 'SSA'],
    ['דוד כהן', 'דכ'],
    ['राजेश कुमार', 'राकु'],
    ['🎉 Party 🎉', 'P'],
    ['🎉🎉', '🎉'],
    ['👩🏽‍🚀', '👩🏽‍🚀'],
    ['🇫🇷🇩🇪', '🇫🇷'],
    ['❤️', '❤️'],
    ['#42', '42'],
    ['2024', '20'],
    ['7', '7'],
    ['0𝟎𝟏', '0𝟎'],
    ['...', ''],
    ['', ''],
    ['(Ana) [Bell]', 'AB'],
    ['𝒜na 𝐁ell', '𝒜𝐁'],
  ];
  for (const [name, expected] of cases) {
    it(`of "${name}" are "${expected}"`, () => assert.equal(initials(name), expected));
  }

  it('are short and well-formed, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', maxLength: 40}), (name) => {
        const short = initials(name);
        assert.ok(short.isWellFormed());
        // Two letters, of which one may have three as its capital.
        assert.ok(Array.from(short.replace(/\p{M}/gu, '')).length <= 12, short);
      }),
      {numRuns: 5000},
    );
  });
});

describe('initials of Latin names', () => {
  it('are what they are with the tables of Unicode', () => {
    const alphabet = ['a', 'B', 'é', 'ž', ' ', ' ', '.', "'", '’', '-', '_', '7', '(', '#', '\u00d6'];
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...alphabet), maxLength: 16}), (name) => {
        // A letter of no script in particular takes the long way, and is none of the name's.
        assert.equal(initials(name), initials(`${name} \u2042`), JSON.stringify(name));
      }),
      {numRuns: 3000},
    );
  });
});

describe('avatarColor', () => {
  it('is one of the colours, the same for an id always', () => {
    const ids = ['', 'a', 'b', '__proto__', '\ud800', 'x'.repeat(1e6), ...Array.from({length: 500}, (_, i) => `user-${i}`)];
    for (const id of ids) {
      const color = avatarColor(id);
      assert.ok(Number.isInteger(color) && color >= 0 && color < AVATAR_COLORS);
      assert.equal(avatarColor(id), color);
    }
    // Written down: a colour that changes with a version would be somebody else's.
    assert.deepEqual(['ana', 'ben', 'c3p0'].map(avatarColor), [4, 3, 0]);
  });

  it('uses all colours about evenly', () => {
    const counts = new Array<number>(AVATAR_COLORS).fill(0);
    for (let i = 0; i < 8000; i++) counts[avatarColor(`@user-${i}:server`)]!++;
    for (const count of counts) assert.ok(count > 600 && count < 1500, counts.join());
  });
});

describe('the colours', () => {
  /** Relative luminance, as WCAG 2 defines it. */
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const c = parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  it('are as many as are given out, and white reads on each at 4.5:1; they are the same in both schemes', () => {
    const css = readFileSync(new URL('../../src/elements/avatar.styles.ts', import.meta.url), 'utf8');
    const colors = [...css.matchAll(/\.color-(\d) \{\s*background: var\(--im-conversation-list-avatar-background-\1, (#[0-9a-f]{6})\);/g)];
    assert.deepEqual(colors.map(([, n]) => Number(n)), [...Array(AVATAR_COLORS).keys()]);
    for (const [, n, hex = ''] of colors) {
      const contrast = 1.05 / (luminance(hex) + 0.05);
      assert.ok(contrast >= 4.5, `${n} ${hex}: ${contrast}`);
    }
    assert.match(css, /color: var\(--im-conversation-list-avatar-color, #fff\);/);
  });
});

describe('httpsOnly', () => {
  const good: readonly [url: string, loaded: string][] = [
    ['https://example.org/a.png', 'https://example.org/a.png'],
    ['HTTPS://Example.ORG/a.png', 'https://example.org/a.png'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org:8443/a?b=c#d', 'https://example.org:8443/a?b=c#d'],
    ['https://münchen.example/ä.png', 'https://xn--mnchen-3ya.example/%C3%A4.png'],
    ['https://[2001:db8::1]/a.png', 'https://[2001:db8::1]/a.png'],
    ['https://example.org/a b.png', 'https://example.org/a%20b.png'],
  ];
  for (const [url, loaded] of good) {
    it(`lets ${url} through`, () => assert.equal(httpsOnly(url), loaded));
  }

  const bad = [
    ...['', ' ', 'a.png', '/a.png', './a.png', '//example.org/a.png', '\\\\example.org\\a.png', 'example.org/a.png'],
    ...['http://example.org/a.png', 'ftp://example.org/a.png', 'ws://example.org/a', 'file:///etc/passwd', 'blob:https://example.org/1'],
    ...['data:image/png;base64,AAAA', 'data:image/svg+xml,<svg onload=alert(1)>', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)'],
    ...['java\nscript:alert(1)', 'java\tscript:alert(1)', '\u0001javascript:alert(1)', 'vbscript:msgbox(1)', 'about:blank', 'mailto:a@b'],
    ...['https:example.org/a.png', 'https:/example.org/a.png', 'https:\\\\example.org/a.png', 'https:///example.org/a.png'],
    ...['https:/\\example.org/a.png', 'https://', 'https:// ', 'https://user@example.org/a.png', 'https://user:pass@example.org/a.png'],
    ...['https://exa\nmple.org/a.png', ' https://example.org/a.png', 'https://example.org/a.png\u0000'],
    ...['https://example.org/\u202egnp.a', 'https://[::1/a.png', 'https://example.org:99999/a.png', 'https://exa mple.org/a.png'],
    ...['&#104;ttps://example.org/a.png', 'https&colon;//example.org/a.png', `https://example.org/${'a'.repeat(3000)}`],
  ];
  for (const url of bad) {
    it(`stops ${JSON.stringify(url.slice(0, 60))}`, () => assert.equal(httpsOnly(url), undefined));
  }
});
