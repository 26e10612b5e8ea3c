/**
 * Builds the package from `src` for the live examples, into `public/live`: a file for each module that the package exports,
 * what they share in chunks, `lit`, and the themes. An import map in the examples' frames leads there.
 */
import {cpSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {ROOT} from '../outside.mjs';

const OUT = join(ROOT, 'docs/public/live');

/** @param {string} [out] another folder, for a test that is not to disturb a site that is being served */
export async function generate(out = OUT) {
  rmSync(out, {recursive: true, force: true});
  await build({
    absWorkingDir: ROOT,
    entryPoints: {...exported(), lit: 'lit'},
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    tsconfig: join(ROOT, 'tsconfig.json'),
    logLevel: 'warning',
  });
  cpSync(join(ROOT, 'src/themes'), join(out, 'themes'), {recursive: true});
}

/** The source of each module in the package's `exports`, by its name there without `.js`. */
function exported() {
  const {exports} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const hidden = Object.keys(exports).filter((name) => exports[name] === null);
  const entries = {};
  for (const [name, target] of Object.entries(exports)) {
    const module = typeof target === 'string' ? target : target?.default;
    // Of the types there is no code.
    if (!module?.endsWith('.js') || name.startsWith('./types/')) continue;
    if (name === './im-conversation-list.min.js') entries['im-conversation-list.min'] = 'src/bundle.ts';
    else if (name.includes('*')) Object.assign(entries, matching(name, hidden));
    else entries[name === '.' ? 'index' : name.slice(2, -3)] = module.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
  }
  return entries;
}

/** `./sources/*.js` stands for each file of the folder, those aside that are taken out again by name. */
function matching(pattern, hidden) {
  const folder = pattern.slice(2, pattern.indexOf('*') - 1);
  const out = hidden.map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
  const names = readdirSync(join(ROOT, 'src', folder)).filter((name) => name.endsWith('.ts'));
  const modules = names.map((name) => `${folder}/${name.slice(0, -3)}`);
  const open = modules.filter((name) => !out.some((expression) => expression.test(`./${name}.js`)));
  return Object.fromEntries(open.map((name) => [name, `src/${name}.ts`]));
}
