import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createConnection} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort} from '../../scripts/free-port.mjs';
import {Peers} from './peers.js';
import {until} from './until.js';

const FILES = fileURLToPath(new URL('prosody', import.meta.url));

/** What stands in the database before the tests, one line each; see `prosody/seed.lua`. */
export type Seed = readonly string[];

/** A Prosody of one's own, on free ports of this machine, with its data in a folder in memory if there is one. */
export class Server {
  readonly url: string;
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #httpPort: number;
  readonly #componentPort: number;
  #process: ChildProcess | undefined;
  #peers: Peers | undefined;

  private constructor(home: string, httpPort: number, componentPort: number, inbox: boolean) {
    this.#home = home;
    this.#httpPort = httpPort;
    this.#componentPort = componentPort;
    this.url = `ws://127.0.0.1:${httpPort}/xmpp-websocket`;
    this.#env = {
      ...process.env,
      E2E_HOME: home,
      E2E_INBOX: inbox ? '1' : '0',
      E2E_MODS: join(home, 'mods'),
      E2E_HTTP_PORT: String(httpPort),
      E2E_COMPONENT_PORT: String(componentPort),
    };
  }

  static async start({inbox, seed}: {readonly inbox: boolean; readonly seed: Seed}): Promise<Server> {
    const memory = '/dev/shm';
    const home = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'im-conversation-list-e2e-'));
    cpSync(FILES, home, {recursive: true});
    mkdirSync(join(home, 'data'));
    const server = new Server(home, await freePort(), await freePort(), inbox);
    try {
      server.#own();
      server.#seed(seed);
      await server.boot();
      server.#peers = await Peers.connect(server.#componentPort);
      return server;
    } catch (thrown) {
      await server.end();
      throw thrown;
    }
  }

  /** Sends as other people do; thousands of them need no accounts. */
  get peers(): Peers {
    if (!this.#peers) throw new Error('The server does not run');
    return this.#peers;
  }

  /** Starts it, once more after {@link kill}. */
  async boot(): Promise<void> {
    const child = spawn('prosody', ['-F', '--config', join(this.#home, 'prosody.cfg.lua')], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit'],
      ...owner(),
    });
    this.#process = child;
    const listens = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`Prosody ended with ${child.exitCode}:\n${this.log()}`);
      return (await answers(this.#httpPort)) && (await answers(this.#componentPort));
    };
    await until(listens, 'Prosody listens', 20_000);
    if (this.#peers) this.#peers = await Peers.connect(this.#componentPort);
  }

  /** Ends it at once, as a power cut does. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#peers?.close();
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops it where it is, so that it answers nothing, or lets it go on. */
  freeze(on: boolean): void {
    this.#process?.kill(on ? 'SIGSTOP' : 'SIGCONT');
  }

  log(): string {
    const file = join(this.#home, 'prosody.log');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-20).join('\n') : '';
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#home, {recursive: true, force: true});
  }

  #own(): void {
    const {uid, gid} = owner();
    chmodSync(this.#home, 0o755);
    if (uid === undefined || gid === undefined) return;
    for (const folder of ['', 'data']) chownSync(join(this.#home, folder), uid, gid);
  }

  #seed(seed: Seed): void {
    const {LUA_PATH, LUA_CPATH} = {LUA_PATH: '/usr/lib/prosody/?.lua;;', LUA_CPATH: '/usr/lib/prosody/?.so;;'};
    const lua = /^#!.*?(lua[\d.]*)\s/.exec(readFileSync('/usr/bin/prosody', 'utf8'))?.[1] ?? 'lua5.4';
    const run = (command: string, args: readonly string[], input = ''): void => {
      const env = {...this.#env, LUA_PATH, LUA_CPATH};
      const {status, stdout, stderr} = spawnSync(command, args, {input, encoding: 'utf8', env, ...owner()});
      if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
    };
    // The first account makes the tables.
    run('prosodyctl', ['--config', join(this.#home, 'prosody.cfg.lua'), 'register', 'first', 'localhost', 'secret']);
    const db = join(this.#home, 'data', 'prosody.sqlite');
    run(lua, [join(this.#home, 'seed.lua'), db], `${seed.join('\n')}\n`);
  }
}

/** Prosody does not run as root: as root it is started as its own user. */
function owner(): {uid?: number; gid?: number} {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'prosody'], {encoding: 'utf8'}).stdout);
  return {uid: id('-u'), gid: id('-g')};
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({port, host: '127.0.0.1'});
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });
}
