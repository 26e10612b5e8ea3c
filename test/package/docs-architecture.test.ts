import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {markOf, PICTURE, readHouse} from '../../docs/.vitepress/generate/architecture.mjs';

const house = readHouse();
const picture = readFileSync(PICTURE, 'utf8');

test('the picture of the house is drawn from the code as it is', () => {
  const [, mark] = /data-house="(\w+)"/.exec(picture) ?? [];
  assert.equal(mark, markOf(house), 'docs/images/architecture.svg is out of date: npm run docs:build, and commit it');
});

test('it shows each room and each arrow, and says them in words', () => {
  assert.ok(house.rooms.length > 10);
  assert.equal((picture.match(/class="node room"/g) ?? []).length, house.rooms.length);
  assert.equal((picture.match(/class="edge import/g) ?? []).length, house.imports.length);
  const [, words = ''] = /<desc id="desc">([^<]*)/.exec(picture) ?? [];
  for (const {name, files} of house.rooms) assert.ok(words.includes(`${name}, ${files} file`), name);
});

test('no arrow breaks the layers, and one that would is red', () => {
  assert.deepEqual(house.imports.filter(({allowed}) => !allowed), []);
  assert.doesNotMatch(picture, /class="edge import wrong"/);
  const [first, ...others] = house.imports;
  assert.ok(first);
  assert.notEqual(markOf({...house, imports: [{...first, allowed: false}, ...others]}), markOf(house));
});
