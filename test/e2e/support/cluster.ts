import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort, until} from './http-server.js';

/** Something that can be killed and started again on the same port. */
export interface Node {
  readonly port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
}

const PACKAGES = ['nats-server', 'postgresql'];

/** Installs what is missing, where that can be done. Gives why it could not. */
export function installCluster(): string | undefined {
  if (natsPath() !== undefined && postgresFolder() !== undefined) return undefined;
  if (process.getuid?.() !== 0) return 'nats-server and PostgreSQL are not installed, and only root can install them';
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  for (const args of [['update', '-qq'], ['install', '-qq', '-y', '--no-install-recommends', ...PACKAGES]]) {
    const {status, error, stderr} = spawnSync('apt-get', args, {env, encoding: 'utf8', timeout: 600_000});
    if (status !== 0) return `apt-get ${args[0]}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
  }
  return undefined;
}

function natsPath(): string | undefined {
  return ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((path) => existsSync(path));
}

function postgresFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const [version] = existsSync(root) ? readdirSync(root).sort().reverse() : [];
  return version === undefined ? undefined : join(root, version, 'bin');
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });
}

function node(port: number, run: () => ChildProcess): Node {
  let child: ChildProcess | undefined;
  return {
    port,
    async start() {
      child = run();
      await until(() => listens(port), `port ${port} is open`, 30_000);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Three nodes of NATS that know each other. */
export async function natsNodes(folder: string): Promise<readonly Node[]> {
  const ports = await Promise.all([1, 2, 3].map(freePort));
  const routes = await Promise.all([1, 2, 3].map(freePort));
  return ports.map((port, i) => {
    const args = [
      '-a', '127.0.0.1', '-p', String(port), '-n', `n${i}`, '-js', '-sd', join(folder, `nats${i}`),
      '--cluster_name', 'im', '--cluster', `nats://127.0.0.1:${routes[i]}`,
      '--routes', routes.map((route) => `nats://127.0.0.1:${route}`).join(','),
    ];
    return node(port, () => spawn(natsPath() ?? '', args, {stdio: 'ignore'}));
  });
}

/** PostgreSQL with a database of its own, as the user `postgres`, for it does not run as root. */
export async function postgresNode(folder: string): Promise<Node & {readonly url: string}> {
  const bin = postgresFolder() ?? '';
  const data = join(folder, 'postgres');
  mkdirSync(data);
  const root = process.getuid?.() === 0;
  const ids = root ? {uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres']))} : {};
  if (ids.uid !== undefined) chownSync(data, ids.uid, ids.gid ?? 0);
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'im', '--no-sync'], {...ids, stdio: 'ignore', cwd: '/'});
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data];
  return {...node(port, () => spawn(join(bin, 'postgres'), args, {...ids, stdio: 'ignore', cwd: '/'})), url: `postgres://im@127.0.0.1:${port}/postgres`};
}

/** A database that the reference server can have: its name and address, and what ends it. */
export interface TestDatabase {
  readonly name: string;
  /** Of PostgreSQL; none: SQLite in memory. */
  readonly url?: string;
  end(): Promise<void>;
}

/** Each database that the server can have and that is to be had here, empty; says on the console which is not. */
export async function testDatabases(): Promise<readonly TestDatabase[]> {
  const databases: TestDatabase[] = [{name: 'SQLite', end: async () => undefined}];
  const missing = installCluster();
  if (missing !== undefined) {
    console.log(`Without PostgreSQL: ${missing}`);
    return databases;
  }
  const folder = mkdtempSync(join(tmpdir(), 'im-postgres-'));
  // PostgreSQL goes through it as another user.
  chmodSync(folder, 0o755);
  const node = await postgresNode(folder);
  await node.start();
  const end = async (): Promise<void> => {
    await node.kill();
    rmSync(folder, {recursive: true, force: true});
  };
  return [...databases, {name: 'PostgreSQL', url: node.url, end}];
}
