import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const unique = (found: Iterable<RegExpMatchArray>): string[] => [...new Set([...found].map(([, name = '']) => name))].sort();

const files = (folder: string): string[] =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), {recursive: true, encoding: 'utf8'}).map((name) => `${folder}/${name}`);
const ELEMENTS = files('src/elements').filter((name) => name.endsWith('.ts')).map(read).join('\n');
const CLASS = read('src/elements/im-conversation-list.ts');
const DOCS = read('docs/theming.md');
const THEMES = files('src/themes');

/** The eight colours of avatars are documented by the first. */
const numbered = (name: string): string => name.replace(/-background-[1-7]$/, '-background-0');
const used = [...new Set(unique(ELEMENTS.matchAll(/var\((--im-conversation-list-[\w-]+)/g)).map(numbered))].sort();

test('every custom property that the styles read is documented, and no other', () => {
  assert.deepEqual(unique(ELEMENTS.matchAll(/@cssproperty \[(--im-conversation-list-[\w-]+)/g)), used);
  const documented = unique(DOCS.matchAll(/^\| `--…(-[\w-]+)` \|/gm)).map((name) => `--im-conversation-list${name}`);
  assert.deepEqual(documented.sort(), used);
});

test('every part, slot and state of the class is in the docs', () => {
  for (const tag of ['csspart', 'slot', 'cssstate']) {
    const names = unique(CLASS.matchAll(new RegExp(`@${tag} ([\\w-]+) - `, 'g')));
    assert.ok(names.length > 0);
    assert.deepEqual(names.filter((name) => !DOCS.includes(`\`${name}\``)), [], tag);
  }
});

test('a theme sets only properties that there are, and each colour for light and dark', () => {
  assert.equal(THEMES.length, 4);
  for (const path of THEMES) {
    const css = read(path);
    const set = unique(css.matchAll(/(--im-conversation-list-[\w-]+):/g)).map(numbered);
    assert.deepEqual([...new Set(set)].filter((name) => !used.includes(name)), [], path);
    assert.ok((css.match(/light-dark\(/g) ?? []).length >= 10, path);
    assert.doesNotMatch(css, /!important|@import|url\(/, path);
  }
});

test('every name that a row template may use is in the docs', () => {
  const [, list = ''] = read('src/elements/row-template-bindings.ts').split(/Object\.entries<Value>\(|\n {2}\}\),/);
  const names = unique(list.matchAll(/^ {4}(\w+): \(/gm));
  assert.ok(names.length > 20);
  assert.deepEqual(names.filter((name) => !DOCS.includes(`\`${name}\``)), []);
});
