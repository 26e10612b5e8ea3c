import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {number, plural, type PluralForms} from '../../src/locales/plural.js';
import {languages} from './all.js';

const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
/** Each category of each language has one of these: 1,000,000 is "many" in French, Spanish and Portuguese. */
const COUNTS = [0, 1, 1.5, 2, 3, 5, 11, 21, 100, 101, 1_000_000];

describe('plural', () => {
  for (const language of languages.keys()) {
    it(`takes the form that ${language} has for the count`, () => {
      const all = Object.fromEntries(CATEGORIES.map((category) => [category, `${category} #`]));
      const say = plural<string>(language, all as PluralForms<string>);
      const rules = new Intl.PluralRules(language);
      const met = COUNTS.map((count) => {
        assert.equal(say(count), `${rules.select(count)} ${number(language, count)}`);
        return rules.select(count);
      });
      assert.deepEqual(new Set(met), new Set(rules.resolvedOptions().pluralCategories));
    });
  }

  it('groups digits as the language does', () => {
    assert.equal(plural('en', {one: '#', other: '#'})(12345), '12,345');
    assert.equal(plural('de', {one: '#', other: '#'})(12345), '12.345');
    assert.equal(number('fr', 1.5), '1,5');
    assert.equal(number('ar-EG', 5), '٥');
  });

  it('has the form for all others where a language has none for a category', () => {
    // Polish tells 2 and 5 apart.
    const say = plural('pl', {other: '# wiadomości'});
    assert.deepEqual([1, 2, 5].map(say), ['1 wiadomości', '2 wiadomości', '5 wiadomości']);
  });

  it('asks for each category of a language, by type', () => {
    // @ts-expect-error -- Russian has few and many too
    plural('ru', {one: '#', other: '#'});
    // @ts-expect-error -- English has no few
    plural('en', {one: '#', few: '#', other: '#'});
    // @ts-expect-error -- Arabic has zero and two
    plural('ar', {one: '#', few: '#', many: '#', other: '#'});
    // @ts-expect-error -- every language has other
    plural('pl', {one: '#'});
  });
});
