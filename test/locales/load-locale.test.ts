import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {de} from '../../src/locales/de.js';
import {en} from '../../src/locales/en.js';
import {loadLocale, localeName, registerLocale, watchLocales} from '../../src/locales/load-locale.js';
import {number} from '../../src/locales/plural.js';
import type {Strings} from '../../src/locales/strings.js';
import {languages} from './all.js';

// Before anything is registered, which stays.
describe('the language for a tag', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    en: ['en', 'EN', 'en-US', 'en-GB', 'en-Latn-IN', 'en_US'],
    'zh-hans': ['zh', 'zh-CN', 'ZH-cn', 'zh-Hans', 'zh-SG', 'zh-Hans-HK', 'zh_Hans_CN', 'cmn', 'cmn-CN', 'yue-CN', 'yue-Hans'],
    'zh-hant': ['zh-TW', 'zh-tw', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-CN', 'zh-hant-hk', 'yue', 'yue-HK'],
    pt: ['pt', 'pt-BR', 'pt-PT', 'PT_br'],
    he: ['he', 'iw', 'he-IL', 'IW-il'],
    id: ['id', 'in', 'id-ID'],
    ar: ['ar', 'ar-EG', 'ar-MA', 'ar-u-nu-latn'],
    de: ['de', 'de-AT', 'de-CH-1996', 'DE'],
    ja: ['ja', 'ja-JP-u-ca-japanese'],
    ko: ['ko-KR'], es: ['es-419', 'es-MX'], fr: ['fr-CA'], ru: ['ru-RU'], hi: ['hi-IN'], th: ['th-TH'], vi: ['vi-VN'],
  };
  for (const [name, tags] of Object.entries(table)) {
    it(`${tags.join(', ')}: ${name}`, () => {
      for (const tag of tags) assert.equal(localeName(tag), name, tag);
    });
  }

  it('is English for those the package has not, and for what is no tag', () => {
    const none = ['nb', 'no', 'nl-BE', 'sr-Latn', 'x-private', 'not a language', '-', '*', 'constructor', '__proto__', '\u0000'];
    for (const tag of [...none, 'x'.repeat(1e5)]) assert.equal(localeName(tag), 'en', tag.slice(0, 20));
  });

  it('is the browser’s for none', () => {
    const own = new Intl.DateTimeFormat().resolvedOptions().locale;
    assert.equal(localeName(''), localeName(own));
  });
});

describe('loading', () => {
  it('brings each language from its own file', async () => {
    for (const [tag, strings] of languages) {
      const words = await loadLocale(tag);
      assert.deepEqual([words.label, words.unread(21), words.messageTypes], [strings.label, strings.unread(21), strings.messageTypes], tag);
    }
  });

  it('has English at once, and a language that was loaded', async () => {
    assert.equal(loadLocale('en-GB'), en);
    await loadLocale('fr');
    assert.ok(!(loadLocale('fr-CA') instanceof Promise));
  });
});

describe('a language that an app registers', () => {
  const said = (lang: string) => (loadLocale(lang) as Strings).label;
  const words = (label: string): Strings => ({...en, label});

  it('is taken at once by whoever watches, until they stop', () => {
    let calls = 0;
    const stop = watchLocales(() => calls++);
    registerLocale('nb', words('Samtaler'));
    assert.deepEqual([calls, said('nb'), said('nb-NO'), said('NB_no')], [1, 'Samtaler', 'Samtaler', 'Samtaler']);
    stop();
    registerLocale('nb', words('Chatter'));
    assert.deepEqual([calls, said('nb')], [1, 'Chatter']);
  });

  it('stands in the place of the package’s own, as far as its tag reaches', async () => {
    registerLocale('zh-HK', words('對話'));
    assert.deepEqual([said('zh-HK'), said('zh-Hant-HK'), localeName('zh-TW'), localeName('zh')], ['對話', '對話', 'zh-hant', 'zh-hans']);
    registerLocale('yue-Hant', words('傾偈'));
    assert.deepEqual([said('yue-HK'), said('yue'), localeName('zh-TW')], ['傾偈', '傾偈', 'zh-hant']);
    registerLocale('de-AT', words('Plaudereien'));
    assert.deepEqual([said('de-AT'), (await loadLocale('de')).label], ['Plaudereien', de.label]);
  });

  it('is English where words are missing', () => {
    const part = {label: 'Gesprekken', unread: (count: number) => `${number('nl', count)} ongelezen`};
    registerLocale('nl', part as unknown as Strings);
    const nl = loadLocale('nl-BE') as Strings;
    assert.deepEqual([nl.label, nl.unread(1234), nl.empty], ['Gesprekken', '1.234 ongelezen', en.empty]);
  });

  it('needs a tag', () => assert.throws(() => registerLocale('not a tag', en), RangeError));
});
