/**
 * Builds `dist`: the modules as the compiler writes them, for bundlers, and one file with everything in it, for
 * pages without a build step.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';
import {tidyCss} from './tidy-css.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});

/** What `load-locale` imports besides these two is a language. */
const LANGUAGE = /^\.\/(?!en|merge-strings)[a-z-]+\.js$/;

const {status} = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], {cwd: root, stdio: 'inherit'});
if (status !== 0) process.exit(status ?? 1);

const elements = new URL('../dist/elements/', import.meta.url);
for (const name of readdirSync(elements, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.styles.js'))) {
  const file = new URL(name, elements);
  writeFileSync(file, tidyCss(readFileSync(file, 'utf8')));
}
cpSync(new URL('../src/themes', import.meta.url), new URL('../dist/themes', import.meta.url), {recursive: true});

/** The virtualizer's own layout is behind a dynamic import that never runs here, and would come along whole. */
const withoutFlow = {
  name: 'without-flow',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('layouts/flow.js') ? '\0without-flow' : undefined),
  load: (id) => (id === '\0without-flow' ? 'export const FlowLayout = undefined;' : undefined),
};

const tidyStyles = {
  name: 'tidy-styles',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('.styles.ts') ? {code: tidyCss(code), map: null} : undefined),
};

/** The languages stay in their files: whoever serves the single file from `dist` has them beside it, in `locales`. */
const languagesBeside = {
  name: 'languages-beside',
  enforce: 'pre',
  resolveId: (source, importer) =>
    importer?.endsWith('/load-locale.ts') && LANGUAGE.test(source)
      ? {id: source.replace('./', './locales/'), external: 'relative'}
      : undefined,
};

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  plugins: [withoutFlow, tidyStyles, languagesBeside],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    copyPublicDir: false,
    sourcemap: true,
    target: 'es2022',
    lib: {entry: 'src/bundle.ts', formats: ['es'], fileName: () => 'im-conversation-list.min.js'},
    // `build.minify` leaves the white space in a library.
    rolldownOptions: {output: {codeSplitting: false, minify: true}},
  },
});

// As it has no code of its own, it is its own declaration.
cpSync(new URL('../src/bundle.ts', import.meta.url), new URL('../dist/im-conversation-list.min.d.ts', import.meta.url));

// The manifest is committed, so that what editors and frameworks are told can be written last.
await import('./typings.mjs');
