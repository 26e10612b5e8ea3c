/**
 * Builds `dist`: the modules as the compiler writes them, for bundlers, and one file with everything in it, for
 * pages without a build step.
 */
import {spawnSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});

const {status} = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], {cwd: root, stdio: 'inherit'});
if (status !== 0) process.exit(status ?? 1);

await build({
  configFile: false,
  root,
  logLevel: 'warn',
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
