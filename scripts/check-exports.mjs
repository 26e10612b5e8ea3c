/**
 * Checks what `package.json` promises of the built package: each export is there, the store and the model come
 * without Lit, nothing but `define.js` registers an element, `<lit-virtualizer>` is never registered, and editors are told
 * of the elements that there are.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OWN_TAG = /^im-[a-z-]+$/;
const problems = [];

for (const [name, target] of Object.entries(readJson('package.json').exports)) {
  // `null` keeps the parts of a module from being imported.
  if (target === null) continue;
  for (const path of typeof target === 'string' ? [target] : Object.values(target)) checkTarget(name, path);
}
for (const entry of ['dist/model/index.js', 'dist/store/index.js']) await checkNoLit(entry);

// The registry of a page, as far as registering goes. It stands before anything that might use it is loaded.
const tags = new Map();
globalThis.customElements = {
  define: (tag, element) => tags.set(tag, element),
  get: (tag) => tags.get(tag),
  getName: () => null,
  upgrade: () => undefined,
  whenDefined: () => new Promise(() => undefined),
};

await import('im-conversation-list');
await import('im-conversation-list/store.js');
if (tags.size > 0) problems.push(`importing the package registers ${[...tags.keys()].join(', ')}`);

await import('im-conversation-list/define.js');
if (tags.size === 0) problems.push('define.js registers nothing');
const foreign = [...tags.keys()].filter((tag) => !OWN_TAG.test(tag));
if (foreign.length > 0) problems.push(`define.js registers ${foreign.join(', ')}`);

// What is loaded only later, such as a dynamic import of the virtualizer, registers nothing else either.
const bundle = readFileSync(join(ROOT, 'dist/im-conversation-list.min.js'), 'utf8');
if (/define\(\s*["'`]lit-virtualizer/.test(bundle)) problems.push('the single file registers lit-virtualizer');

const vsCode = readJson('dist/vscode.html-custom-data.json').tags;
const jetBrains = readJson('dist/web-types.json').contributions.html.elements;
for (const [editor, known] of Object.entries({'VS Code': vsCode, JetBrains: jetBrains})) {
  const names = known.map(({name}) => name).sort();
  const registered = [...tags.keys()].sort();
  if (names.join() !== registered.join()) problems.push(`${editor} is told of ${names.join(', ')}`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`All exports are in place; define.js registers ${[...tags.keys()].join(', ')}.`);

function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function checkTarget(name, path) {
  if (!path.includes('*')) {
    if (!existsSync(join(ROOT, path))) problems.push(`${name} points to ${path}, which does not exist`);
    return;
  }
  const [start, end] = path.split('*');
  const folder = join(ROOT, start.endsWith('/') ? start : dirname(start));
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(end)) : [];
  if (files.length === 0) problems.push(`${name} points to ${path}, which matches nothing`);
}

async function checkNoLit(entry) {
  const {metafile} = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const foreignInputs = Object.keys(metafile.inputs).filter((input) => input.includes('node_modules/'));
  if (foreignInputs.length > 0) problems.push(`${entry} brings ${foreignInputs.join(', ')}`);
}
