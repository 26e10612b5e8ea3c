/** Gives the next version its number, by the files in `.changeset`, wherever it stands. */
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

run('changeset', 'version');
const {version} = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const file = `${ROOT}src/elements/version.ts`;
writeFileSync(file, readFileSync(file, 'utf8').replace(/VERSION = '.*?'/, `VERSION = '${version}'`));
// The lock file holds the version too.
run('npm', 'install', '--package-lock-only', '--ignore-scripts');

function run(command, ...args) {
  const {status} = spawnSync(command, args, {cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status !== 0) process.exit(status ?? 1);
}
