import assert from 'node:assert/strict';
import {test} from 'node:test';
import {foldText, foldWithOrigins} from '../../src/model/fold.js';
import {findWords, hasWords, narrows, searchText, searchWords} from '../../src/model/search.js';
import type {Conversation} from '../../src/model/index.js';
import {conversation} from '../store/support/conversations.js';

const finds = (query: string, facts: Partial<Conversation>, keys?: readonly string[]): boolean =>
  hasWords(searchText(conversation('c', 1, {title: 'X', ...facts}), keys), searchWords(query));

const marked = (text: string, query: string): string => {
  let out = '';
  let at = 0;
  for (const [start, end] of findWords(text, searchWords(query))) {
    out += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return out + text.slice(at);
};

/** A query, and names that it finds. */
const FOUND: readonly (readonly [query: string, ...titles: readonly string[]])[] = [
  ['jose', 'José', 'JOSE\u0301', 'ＪＯＳＥ', 'Josefine', 'San José'],
  ['JOSÉ', 'jose'],
  ['strasse', 'Straße'],
  ['oresund', 'Øresund'],
  ['lodz', 'Łódź'],
  ['istanbul', 'İstanbul', 'ISTANBUL'],
  ['елка', 'Ёлка'],
  ['σοφος', 'ΣΟΦΌΣ'],
  ['nguyen', 'Nguyễn'],
  ['カタ', 'かたかな', 'ｶﾀｶﾅ'],
  ['か', 'がく'],
  ['하', '한국'],
  ['محمد', 'مُحَمَّد', 'مـحـمـد'],
  ['שלום', 'שָׁלוֹם'],
  ['ㅎ', '㎴ ㅎ'],
  ['１２３', '123'],
  ['doe john', 'John Doe'],
  ['jd', 'John Doe', 'john-doe', 'Mary John Doe'],
  ['王', '王小明'],
  ['  john   d ', 'John Doe'],
];

test('search: case, accents and width make no difference', () => {
  for (const [query, ...titles] of FOUND) {
    for (const title of titles) assert.ok(finds(query, {title}), `${query} does not find ${title}`);
  }
});

test('search: all words must be there, and what makes another letter does', () => {
  assert.ok(!finds('john smith', {title: 'John Doe'}));
  assert.ok(!finds('jd', {title: 'Johndoe'}));
  assert.ok(!finds('dj', {title: 'John Doe'}));
  assert.ok(!finds('कि', {title: 'का'}), 'vowel signs of Hindi are letters');
  assert.ok(!finds('กา', {title: 'กี'}), 'and of Thai');
  // A word does not reach from one part into the next.
  assert.ok(!finds('johnhello', {title: 'John', lastMessage: {type: 'text', state: 'normal', text: 'hello'}}));
});

test('search: name, id, draft, message and an app’s own keys are looked through', () => {
  const message = (facts: object): Partial<Conversation> => ({lastMessage: {type: 'text', state: 'normal', ...facts}});
  assert.ok(finds('user-7', {targetId: 'User-7'}));
  assert.ok(finds('milk', {draft: {text: 'buy milk'}}));
  assert.ok(finds('lunch', message({text: 'Lunch?'})));
  assert.ok(finds('report', message({type: 'file', fileName: 'Report.pdf'})));
  assert.ok(!finds('lunch', message({text: 'Lunch?', state: 'recalled'})), 'what was taken back is not found');
  assert.ok(finds('wxm', {title: '王小明'}, ['wangxiaoming', 'wxm']));
  // What plain JavaScript may hand over.
  assert.ok(!finds('a', {title: 7 as never, targetId: null as never, lastMessage: {text: {}} as never}, [7 as never]));
});

test('search: a query of nothing has no words, and one of anything makes no harm', () => {
  for (const query of ['', '   ', '\u0301', undefined, null, 7, {}]) assert.deepEqual(searchWords(query), []);
  assert.deepEqual(searchWords('a b a'), ['a', 'b']);
  assert.ok(searchWords('x '.repeat(1e6)).length <= 16);
  assert.ok(searchWords(Array.from({length: 200}, (_, i) => i).join(' ')).length <= 16);
});

test('search: a query narrows another if its words go on from that one’s', () => {
  assert.ok(narrows(['jo'], ['john']));
  assert.ok(narrows(['jo'], ['x', 'john']));
  assert.ok(!narrows(['jo'], ['mojo']));
  assert.ok(!narrows(['john'], ['jo']));
  assert.ok(!narrows(['a', 'b'], ['a']));
});

test('search: a text is folded as its letters are, one by one', () => {
  const texts = [...FOUND.flat(), 'ﬁ ﬀ ½ Ⅷ', '👩‍👩‍👧 ok', 'a\ud800b', 'ΌΣΟΣ'];
  for (const text of texts) {
    const {folded, origins} = foldWithOrigins(text);
    assert.equal(folded, foldText(text), text);
    assert.equal(origins.length, folded.length + 1);
    assert.equal(origins.at(-1), text.length);
  }
});

test('search: marks what was found, whole letters of it', () => {
  assert.equal(marked('John Doe', 'jo do'), '[Jo]hn [Do]e');
  assert.equal(marked('JOSE\u0301 Jose', 'jose'), '[JOSE\u0301] [Jose]');
  assert.equal(marked('Straße', 'strass'), '[Straß]e');
  assert.equal(marked('banana', 'an na'), 'b[anana]');
  assert.equal(marked('John Doe', 'jd'), '[J]ohn [D]oe');
  assert.equal(marked('👩‍👩‍👧 Ana', 'ana'), '👩‍👩‍👧 [Ana]');
  assert.equal(marked('한국', '하'), '[한]국');
  assert.equal(marked('nothing', 'x'), 'nothing');
  assert.equal(marked('', 'x'), '');
});
