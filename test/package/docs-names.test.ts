import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

const ROOT = new URL('../../', import.meta.url);

/** What stands in backticks on a page, outside of its blocks of code. */
function names(page: string): string[] {
  const text = readFileSync(new URL(page, ROOT), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
}

const missing = (paths: readonly string[]): string[] => paths.filter((path) => !existsSync(new URL(path, ROOT)));

// A page that names a test or a file as its proof is wrong once that has another name.
describe('the documentation', () => {
  it('names tests that are there: security', () => {
    const tests = names('docs/security.md').filter((name) => name.endsWith('.test.ts'));
    assert.ok(tests.length > 30);
    assert.deepEqual(missing(tests.map((name) => `test/${name}`)), []);
  });

  it('names tests that are there: guarantees', () => {
    const folders = /^(?:elements|scripts|package|package-browser|format|model|sources|store|e2e|examples)\/[\w-]+(?:\/[\w-]+)*$/;
    const tests = names('docs/guarantees.md').filter((name) => folders.test(name));
    assert.ok(tests.length > 30);
    assert.deepEqual(missing(tests.map((name) => `test/${name}.test.ts`)), []);
  });

  it('names files that are there: architecture', () => {
    const rooms = /^(?:controllers|elements|events|format|locales|model|sources|store|testing|themes|virtual)\//;
    const files = names('docs/architecture.md').filter((name) => !name.startsWith('im-') && /^[\w-]+\/[\w./-]*$/.test(name));
    assert.ok(files.length > 40);
    assert.deepEqual(missing(files.map((name) => (rooms.test(name) ? `src/${name}` : name))), []);
  });

  it('names attributes and methods that are there: behaviour', () => {
    const manifest = readFileSync(new URL('custom-elements.json', ROOT), 'utf8');
    const used = names('docs/behaviour.md').flatMap((name) => /^(\w+)\(|^([\w-]+)=?"|^(im-[\w-]+)$/.exec(name)?.slice(1) ?? []);
    const known = used.filter(Boolean);
    assert.ok(known.length > 12);
    assert.deepEqual(known.filter((name) => !manifest.includes(`"name": "${name}"`)), []);
  });
});
