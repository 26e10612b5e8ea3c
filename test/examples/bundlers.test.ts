import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, it} from 'node:test';
import {BUNDLERS} from '../../scripts/examples.mjs';
import {chosen, folderOf, npmRun} from './npm-run.js';

/** What Lit leaves in whatever it is part of. */
const LIT = /litElementVersions|litHtmlVersions|reactiveElementVersions/;

/** A file, and all that it imports. */
function withImports(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  const imports = code.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g);
  return [code, ...[...imports].map(([, path = '']) => withImports(join(dirname(file), path), seen))].join('\n');
}

describe('bundlers', () => {
  for (const example of BUNDLERS.filter((name) => chosen.includes(name))) {
    const dist = join(folderOf(example), 'dist');

    it(`${example}: type-checks without skipLibCheck`, () => npmRun(example, 'types'));

    it(`${example}: importing only the model brings no Lit`, async () => {
      await npmRun(example, 'build');
      const model = withImports(join(dist, 'model.js'));
      assert.match(model, /orderKey/);
      assert.doesNotMatch(model, LIT);
      assert.ok(model.length < 2000, `${model.length} characters for an order`);
      const all = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.js'));
      assert.match(all.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n'), LIT);
    });
  }
});
