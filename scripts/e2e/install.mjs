/** Installs what the end-to-end tests need besides Node and a browser, where this is Debian and root. */
import {spawnSync} from 'node:child_process';
import {existsSync, rmSync, writeFileSync} from 'node:fs';

/** The server, its database, and what its WebSockets are the better for. */
export const PACKAGES = ['prosody', 'lua-dbi-sqlite3', 'lua-event', 'lua-zlib'];

/** What Debian asks whether a service may be started. */
const POLICY = '/usr/sbin/policy-rc.d';

/** ms for each of the two steps. */
const LIMIT = 5 * 60_000;

/** @returns {string | undefined} why there is no server, if there is none */
export function installProsody() {
  if (isThere()) return undefined;
  if (process.platform !== 'linux') return 'there is no apt-get here';
  if (process.getuid?.() !== 0) return `only root can install it: apt-get install ${PACKAGES.join(' ')}`;
  const problem = withoutServices(() => {
    const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
    for (const args of [['update', '-qq'], ['install', '-qq', '-y', '--no-install-recommends', ...PACKAGES]]) {
      const {error, status, stderr} = spawnSync('apt-get', args, {
        env, encoding: 'utf8', maxBuffer: 2 ** 26, timeout: LIMIT, killSignal: 'SIGKILL',
      });
      if (error) return `apt-get: ${error.message}`;
      if (status !== 0) return `apt-get ${args[0]} ended with ${status}: ${stderr.trim().split('\n').slice(-3).join(' ')}`;
    }
    return undefined;
  });
  if (problem) return problem;
  console.log(`Installed: ${PACKAGES.join(', ')}.`);
  return isThere() ? undefined : 'it is installed, but does not start';
}

/** The package would start a server of its own, open to the network: while this runs, none may be started. */
function withoutServices(install) {
  if (existsSync(POLICY)) return install();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', {mode: 0o755});
  try {
    return install();
  } finally {
    rmSync(POLICY, {force: true});
  }
}

function isThere() {
  const lua = spawnSync('prosodyctl', ['about'], {encoding: 'utf8', timeout: 30_000});
  const database = spawnSync('dpkg-query', ['-W', '-f', '${Status}', 'lua-dbi-sqlite3'], {encoding: 'utf8'});
  return lua.status === 0 && (database.error !== undefined || database.stdout.includes('install ok installed'));
}
