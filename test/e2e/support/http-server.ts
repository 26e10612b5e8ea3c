import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A server process of a test's own. */
export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  /** Ends it, by default without a chance to tidy up. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface ServerSettings {
  readonly folder: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the reference server, and waits until it listens. The people are `ann`, `bob`, `eve`, with tokens `t-ann` … */
export async function startServer({folder, port, env = {}}: ServerSettings): Promise<ServerProcess> {
  const at = port ?? (await freePort());
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'demo/server/main.mjs')], {
    env: {
      ...process.env, PORT: String(at), DATABASE: join(folder, 'server.sqlite'), FILES: folder,
      USERS: 'ann:t-ann bob:t-bob eve:t-eve', ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('Listening') && resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
  });
  return {
    port: at,
    url: `http://127.0.0.1:${at}`,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A folder for the database and for a page whose list is told nothing but `src`. */
export async function makeFolder(): Promise<{readonly folder: string; readonly remove: () => void}> {
  const folder = mkdtempSync(join(tmpdir(), 'im-e2e-'));
  const page = `<!doctype html><html lang="en"><title>Chats</title><link rel="stylesheet" href="page.css">
<script type="module" src="define.js"></script>
<im-conversation-list src="/conversations"></im-conversation-list>`;
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'page.css'), 'im-conversation-list { display: block; height: 500px; }');
  await build({
    entryPoints: [join(ROOT, 'src/define.ts')], outdir: folder, bundle: true, splitting: true, format: 'esm', logLevel: 'error',
    tsconfig: join(ROOT, 'tsconfig.json'),
  });
  return {folder, remove: () => rmSync(folder, {recursive: true, force: true})};
}

/** Asks a server as a person; gives the status and what came, if that is JSON. */
export async function ask(
  base: string,
  token: string | undefined,
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<{readonly status: number; readonly value: Readonly<Record<string, unknown>>}> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(token !== undefined && {authorization: `Bearer ${token}`}),
      ...(body !== undefined && {'content-type': 'application/json'}),
    },
    ...(body !== undefined && {body: typeof body === 'string' ? body : JSON.stringify(body)}),
  });
  const text = await response.text();
  return {status: response.status, value: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>};
}

/** What a stream of changes begins with that is to go on from a position. */
export function beginStream(conversations: string, token: string, position: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {authorization: `Bearer ${token}`, 'last-event-id': position};
    const stream = request(`${conversations}/events`, {headers}, (response) => {
      response.setEncoding('utf8').once('data', (text: string) => (resolve(text), stream.destroy()));
    }).end();
    stream.on('error', reject);
  });
}

/** Opens a chat; gives its id. */
export async function openChat(base: string, token: string, title: string, members: readonly string[]): Promise<string> {
  const {status, value} = await ask(base, token, '/chats', {type: 'group', title, members});
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(value)}`);
  return value['id'] as string;
}

export async function until(met: () => boolean | Promise<boolean>, what: string, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await met()); ) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
