/**
 * Checks MatrixSource against a real Synapse, which this starts for the run, on this machine alone, and ends.
 *
 *   npm run test:synapse
 *
 * Synapse is `synapse_homeserver` of the PATH, as Debian's package `matrix-synapse` brings it, or that of a Debian tree
 * in the folder `SYNAPSE_ROOT`, which takes root to enter. Where there is neither, the run says that it was skipped.
 *
 * The last line is `N passed, N failed`.
 */
import {spawn, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort} from './free-port.mjs';
import {conclude} from './run-tests.mjs';
import {startTests} from './run-node-tests.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const tree = process.env['SYNAPSE_ROOT'];
const inTree = tree !== undefined && tree !== '';

/** Runs one of Synapse's programs. */
function command(program, args) {
  return inTree ? ['chroot', [tree, `/usr/bin/${program}`, ...args]] : [program, args];
}

const {status} = spawnSync(...command('synapse_homeserver', ['--help']), {stdio: 'ignore'});
if (status !== 0) {
  const where = inTree ? `in ${tree}` : 'on the PATH; SYNAPSE_ROOT may name a Debian tree that has it';
  console.log(`Synapse: skipped, there is no synapse_homeserver that runs ${where}`);
  console.log('\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}

const name = `im-synapse-${randomBytes(6).toString('hex')}`;
/** The folder as Synapse sees it, and as this process does. */
const inside = inTree ? `/var/tmp/${name}` : join(tmpdir(), name);
const outside = inTree ? join(tree, inside) : inside;
mkdirSync(outside, {recursive: true});
const port = await freePort();
const secret = randomBytes(16).toString('hex');
const config = {
  server_name: 'localhost',
  report_stats: false,
  suppress_key_server_warning: true,
  trusted_key_servers: [],
  pid_file: `${inside}/pid`,
  signing_key_path: `${inside}/signing.key`,
  media_store_path: `${inside}/media`,
  macaroon_secret_key: secret,
  registration_shared_secret: secret,
  database: {name: 'sqlite3', args: {database: `${inside}/homeserver.db`}},
  listeners: [{port, type: 'http', tls: false, bind_addresses: ['127.0.0.1'], resources: [{names: ['client']}]}],
  ...Object.fromEntries(['rc_message', 'rc_registration', 'rc_joins_per_room', 'rc_room_creation'].map((limit) => [limit, {per_second: 1000, burst_count: 1000}])),
  ...Object.fromEntries(['rc_joins', 'rc_invites', 'rc_login'].map((limit) => [limit, nested(limit)])),
};
// JSON is YAML.
writeFileSync(join(outside, 'homeserver.yaml'), JSON.stringify(config));

function nested(limit) {
  const kinds = {rc_joins: ['local', 'remote'], rc_invites: ['per_room', 'per_user', 'per_issuer'], rc_login: ['address', 'account']};
  return Object.fromEntries(kinds[limit].map((kind) => [kind, {per_second: 1000, burst_count: 1000}]));
}

const yaml = ['-c', `${inside}/homeserver.yaml`];
spawnSync(...command('synapse_homeserver', [...yaml, '--generate-keys']), {stdio: 'ignore'});
const server = spawn(...command('synapse_homeserver', yaml), {stdio: ['ignore', 'pipe', 'pipe']});
let log = '';
for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (log = (log + chunk).slice(-4000)));
const ended = new Promise((resolve) => server.once('exit', resolve));

try {
  const homeserver = `http://127.0.0.1:${port}`;
  if (await healthy(homeserver)) {
    const files = readdirSync(join(ROOT, 'test', 'synapse')).filter((file) => file.endsWith('.test.ts'));
    const env = {...process.env, SYNAPSE_URL: homeserver, SYNAPSE_SECRET: secret};
    conclude([await startTests(files.map((file) => `test/synapse/${file}`), {env, timeoutMs: 120_000})]);
  } else {
    console.log(`Synapse did not start:\n${log}`);
    conclude([{ok: false, passed: 0, failed: 1, skipped: 0}]);
  }
} finally {
  server.kill();
  await ended;
  rmSync(outside, {recursive: true, force: true});
}

/** Waits until it answers, for a minute at most. */
async function healthy(homeserver) {
  for (let tries = 0; tries < 240 && server.exitCode === null; tries++) {
    const answer = await fetch(`${homeserver}/health`).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}
