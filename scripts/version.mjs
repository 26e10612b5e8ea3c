/** Gives the next version its number, by the files in `.changeset`, wherever it stands. */
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const changelog = `${ROOT}CHANGELOG.md`;
const [head] = readFileSync(changelog, 'utf8').split('## ', 1);
const [title] = head.split('\n', 1);

run('changeset', 'version');
// It writes below the title, and so above what stands between the title and the first version.
const written = readFileSync(changelog, 'utf8').replace(head.slice(title.length).trim(), '');
writeFileSync(changelog, `${head}${written.slice(title.length).trim().replace(/\n{3,}/g, '\n\n')}\n`);

const {version} = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const file = `${ROOT}src/elements/version.ts`;
writeFileSync(file, readFileSync(file, 'utf8').replace(/VERSION = '.*?'/, `VERSION = '${version}'`));
// The lock file holds the version too.
run('npm', 'install', '--package-lock-only', '--ignore-scripts');

function run(command, ...args) {
  const {status} = spawnSync(command, args, {cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status !== 0) process.exit(status ?? 1);
}
