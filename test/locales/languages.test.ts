import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {en} from '../../src/locales/en.js';
import {number} from '../../src/locales/plural.js';
import type {Strings} from '../../src/locales/strings.js';
import {languages} from './all.js';

const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100, 1.5, 1_000_000];

/** Functions of one count. */
const COUNTED = [
  'updates', 'unreadAbove', 'unreadBelow', 'unread', 'confirmDelete', 'confirmClearHistory', 'selected', 'results',
  'updated', 'totalUnread',
] as const satisfies readonly (keyof Strings)[];

/** What each other function says. */
function saidOf(strings: Strings): Record<string, string> {
  return {
    withDetail: strings.withDetail(strings.message, '0:12'),
    atLeast: strings.atLeast(strings.unread(3)),
    typing0: strings.typing([]),
    typing1: strings.typing(['Q']),
    typing2: strings.typing(['Q', 'W']),
    typing3: strings.typing(['Q', 'W', 'X']),
    position: strings.position(3, 120),
    positionSoFar: strings.positionSoFar(3, 120),
    more: strings.more('Q'),
    actionFailed: strings.actionFailed('Q'),
    bulkFailed: strings.bulkFailed(2, 30),
    noResults: strings.noResults('Q'),
    newMessageFrom: strings.newMessageFrom('Q'),
  };
}

/** Everything that a language can say, by key. */
function textsOf(strings: Strings): Map<string, string> {
  const texts = new Map(Object.entries(saidOf(strings)));
  for (const [key, value] of Object.entries(strings) as [string, unknown][]) {
    if (typeof value === 'string') texts.set(key, value);
    else if (typeof value === 'object') for (const [name, word] of Object.entries(value as object)) texts.set(`${key}.${name}`, String(word));
  }
  for (const key of COUNTED) for (const count of COUNTS) texts.set(`${key}(${count})`, strings[key](count));
  return texts;
}

const functionsOf = (strings: Strings) =>
  Object.entries(strings).flatMap(([key, value]) => (typeof value === 'function' ? [key] : []));

describe('the languages', () => {
  it('are sixteen', () => assert.equal(languages.size, 16));

  it('are tested in all that they say', () => {
    const tested = new Set([...COUNTED, ...Object.keys(saidOf(en)).map((key) => key.replace(/\d$/, ''))]);
    assert.deepEqual(new Set(functionsOf(en)), tested);
  });

  it('are complete by type', () => {
    const {pin: _pin, ...rest} = en;
    // @ts-expect-error -- a word is missing
    const lacking: Strings = rest;
    // @ts-expect-error -- a type of message is missing
    const poor: Strings = {...en, messageTypes: {image: 'Photo'}};
    assert.ok(lacking !== poor);
  });

  for (const [language, strings] of languages) {
    describe(language, () => {
      const texts = textsOf(strings);

      it('has the same keys as English, and no other', () => {
        assert.deepEqual(Object.keys(strings).sort(), Object.keys(en).sort());
        assert.deepEqual([...texts.keys()].sort(), [...textsOf(en).keys()].sort());
        assert.deepEqual(functionsOf(strings).sort(), functionsOf(en).sort());
      });

      it('says something everywhere, on one line and with no placeholder left', () => {
        for (const [key, text] of texts) {
          assert.match(text, /[\p{L}\p{N}]/u, key);
          assert.equal(text, text.trim(), key);
          assert.doesNotMatch(text, /[#{}$\n\r\t<>]|%[sd]|undefined|NaN|\[object|\.\.\.| {2}/, `${key}: ${text}`);
        }
      });

      it('is in the composed form, without characters that nobody sees', () => {
        for (const [key, text] of texts) {
          assert.equal(text, text.normalize('NFC'), key);
          assert.doesNotMatch(text.replace(/[\u2068\u2069]/g, ''), /[\p{Cf}\p{Cc}\p{Co}\p{Cs}]/u, key);
        }
      });

      it('tells every number above two, and numbers that share a form with one', () => {
        for (const key of COUNTED) {
          for (const count of [3, 5, 11, 21, 100, 101, 1_000_000]) {
            assert.ok(strings[key](count).includes(number(language, count)), `${key}(${count}): ${strings[key](count)}`);
          }
        }
        const {position, positionSoFar, bulkFailed} = strings;
        for (const text of [position(3, 12_345), positionSoFar(3, 12_345), bulkFailed(3, 12_345)]) {
          assert.ok(text.includes(number(language, 3)) && text.includes(number(language, 12_345)), text);
        }
      });

      it('tells one from many, and who it is about', () => {
        assert.notEqual(strings.confirmDelete(1), strings.confirmDelete(2));
        assert.notEqual(strings.unread(1), strings.unread(2));
        const {more, newMessageFrom, noResults, actionFailed, withDetail, typing} = strings;
        const tells = [more('Qx'), newMessageFrom('Qx'), noResults('Qx'), actionFailed('Qx'), withDetail('Qx', '1')];
        for (const text of [...tells, typing(['Qx'])]) assert.ok(text.includes('Qx'), text);
        assert.ok(typing(['Qx', 'Wy']).includes('Qx') && typing(['Qx', 'Wy']).includes('Wy'));
        assert.ok(!typing(['Qx', 'Wy', 'Xz']).includes('Qx'));
        assert.ok(withDetail('Photo', '0:12').includes('0:12'));
      });

      it('encloses names that would turn the words around', () => {
        const rtl = new Set(['ar', 'he']).has(language);
        const {more, newMessageFrom, noResults, typing} = strings;
        const say = [more, newMessageFrom, noResults, (name: string) => typing([name]), (name: string) => typing(['Q', name])];
        for (const text of say.map((tell) => tell('(דן) 2'))) assert.ok(text.includes('\u2068(דן) 2\u2069'), text);
        for (const text of say.map((tell) => tell('Ann!'))) assert.equal(text.includes('\u2068Ann!\u2069'), rtl, text);
      });

      it('tells apart what stands side by side', () => {
        const groups: readonly (readonly (keyof Strings)[])[] = [
          ['pin', 'unpin'], ['mute', 'unmute'], ['cancel', 'dismiss'], ['star', 'unstar'], ['fold', 'unfold'], ['hide', 'unhide'], ['markRead', 'markUnread'],
          ['undo', 'cancel', 'delete', 'clearHistory'], ['notifyAll', 'notifyMentions', 'notifySilent', 'notifyOff'],
          ['addToGroup', 'removeFromGroup'], ['select', 'selectAll', 'clearSelection'], ['sent', 'delivered', 'read'],
          ['all', 'unreadFilter', 'mentionsFilter', 'direct', 'groupsFilter', 'channels', 'pinnedFilter', 'moreFilters'],
        ];
        for (const group of groups) assert.equal(new Set(group.map((key) => strings[key])).size, group.length, group.join());
        assert.notEqual(strings.unreadAbove(2), strings.unreadBelow(2));
        for (const words of [strings.messageTypes, strings.presence]) {
          assert.equal(new Set(Object.values(words)).size, Object.keys(words).length);
        }
      });

      it('is no longer than a narrow row bears', () => {
        for (const [key, text] of texts) {
          const base = textsOf(en).get(key) as string;
          assert.ok(text.length <= base.length * 2 + 12, `${key}: ${text}`);
        }
      });

      if (language !== 'en') {
        it('has been translated', () => {
          const letters: Readonly<Record<string, RegExp>> = {
            ar: /\p{Script=Arabic}/u, he: /\p{Script=Hebrew}/u, hi: /\p{Script=Devanagari}/u, ru: /\p{Script=Cyrillic}/u,
            th: /\p{Script=Thai}/u, ko: /\p{Script=Hangul}/u, ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
            'zh-CN': /\p{Script=Han}/u, 'zh-TW': /\p{Script=Han}/u,
          };
          const own = letters[language];
          let same = 0;
          for (const [key, text] of texts) {
            if (text === textsOf(en).get(key)) same++;
            if (own === undefined || key === 'messageTypes.gif') continue;
            // Not counting the names that the test gives.
            assert.doesNotMatch(text, /[A-Za-z]{2}/, key);
            if (key !== 'direct') assert.match(text, own, key);
          }
          // "GIF", "Video", "online"
          assert.ok(same <= 12, `${same} texts are as in English`);
        });
      }
    });
  }

  const table: Readonly<Record<string, readonly string[]>> = {
    ru: [
      '0 непрочитанных сообщений', '1 непрочитанное сообщение', '2 непрочитанных сообщения', '3 непрочитанных сообщения',
      '5 непрочитанных сообщений', '11 непрочитанных сообщений', '21 непрочитанное сообщение', '100 непрочитанных сообщений',
      '1,5 непрочитанного сообщения',
    ],
    ar: [
      'لا رسائل غير مقروءة', 'رسالة واحدة غير مقروءة', 'رسالتان غير مقروءتين', '3 رسائل غير مقروءة', '5 رسائل غير مقروءة',
      '11 رسالة غير مقروءة', '21 رسالة غير مقروءة', '100 رسالة غير مقروءة', '1.5 رسالة غير مقروءة',
    ],
    he: [
      '0 הודעות שלא נקראו', 'הודעה אחת שלא נקראה', 'שתי הודעות שלא נקראו', '3 הודעות שלא נקראו', '5 הודעות שלא נקראו',
      '11 הודעות שלא נקראו', '21 הודעות שלא נקראו', '100 הודעות שלא נקראו', '1.5 הודעות שלא נקראו',
    ],
    fr: [
      '0 message non lu', '1 message non lu', '2 messages non lus', '3 messages non lus', '5 messages non lus',
      '11 messages non lus', '21 messages non lus', '100 messages non lus', '1,5 message non lu',
    ],
  };
  for (const [language, expected] of Object.entries(table)) {
    it(`count in ${language}`, () => {
      // Which digits Arabic takes is for `Intl` to say, and has changed.
      const digits = (text: string) => text.replace(/[٠-٩٫]/g, (d) => (d === '٫' ? '.' : String(d.charCodeAt(0) - 0x660)));
      const {unread} = languages.get(language) as Strings;
      assert.deepEqual(COUNTS.slice(0, expected.length).map((count) => digits(unread(count))), expected);
    });
  }
});
