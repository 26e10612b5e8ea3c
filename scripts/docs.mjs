/**
 * The documentation site in `docs`. Installs what it is made with if that is not there, and writes the pages that are made
 * from the code.
 *
 *   npm run docs               serves it on 127.0.0.1 for writing: a page that is saved shows at once
 *   npm run docs -- --build    writes it into docs/.vitepress/dist; also npm run docs:build
 *
 * `DOCS_BASE=/folder/` builds it for a folder of its host.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const DOCS = new URL('../docs/', import.meta.url);
const GENERATE = new URL('.vitepress/generate/', DOCS);
const cwd = fileURLToPath(DOCS);

if (!existsSync(new URL('node_modules/.package-lock.json', DOCS))) {
  console.log('Installing what the site is made with …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(npm, ['ci', '--ignore-scripts'], {shell: process.platform === 'win32'});
}

for (const name of readdirSync(GENERATE).filter((file) => file.endsWith('.mjs')).sort()) {
  const {generate} = await import(new URL(name, GENERATE).href);
  await generate();
}

const vitepress = fileURLToPath(new URL('node_modules/vitepress/bin/vitepress.js', DOCS));
const task = process.argv.includes('--build') ? ['build'] : ['dev', '--host', '127.0.0.1'];
run(process.execPath, [vitepress, ...task]);

function run(command, args, options) {
  const {status} = spawnSync(command, args, {cwd, stdio: 'inherit', ...options});
  if (status !== 0) process.exit(status ?? 1);
}
