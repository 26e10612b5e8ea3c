/**
 * Installs the engines of `npm run test:engines` where one is missing and this is Debian and root. Never fails: an
 * engine that cannot be had is left out of the tests, which say so.
 */
import {spawnSync} from 'node:child_process';
import {ENGINES, PACKAGES} from './engines.mjs';

/** ms for each of the two steps; 245 packages take 20 to 70 s. */
const LIMIT = 10 * 60_000;

const lack = ENGINES.map(({missing}) => missing()).filter(Boolean);
if (lack.length > 0) {
  console.log(`\nNot installed: ${lack.join('; ')}.`);
  const problem = install();
  if (problem) console.log(`It cannot be installed either: ${problem}`);
}

function install() {
  if (process.getuid?.() !== 0) return 'only root can.';
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  for (const args of [['update', '-qq'], ['install', '-qq', '-y', '--no-install-recommends', ...PACKAGES]]) {
    const {error, status, stderr} = spawnSync('apt-get', args, {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      timeout: LIMIT,
      killSignal: 'SIGKILL',
    });
    if (error) return `apt-get: ${error.message}`;
    if (status !== 0) return `apt-get ${args[0]} ended with ${status}: ${stderr.trim().split('\n').slice(-3).join(' ')}`;
  }
  console.log(`Installed: ${PACKAGES.join(', ')}.`);
  return undefined;
}
