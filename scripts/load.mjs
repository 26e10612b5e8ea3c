/**
 * Loads the reference server on this machine: 10,000 people's lists, 500 of them listening, 1,000 messages a second.
 *
 *   npm run load                        all of that, for 20 s
 *   npm run load -- --seconds=5 --rate=200 --clients=50 --people=1000
 *
 * A message is there when its reader's stream tells the conversation with it, or with a later one; the time runs from the
 * moment when it was to be sent, so that a sender that lags counts. The exit code is not 0 if one never came.
 */
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {Agent, request} from 'node:http';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const option = (value) => ({type: 'string', default: value});
const {values} = parseArgs({
  options: {people: option('10000'), each: option('20'), clients: option('500'), rate: option('1000'), seconds: option('20')},
});
const [people, each, clients, rate, seconds] = ['people', 'each', 'clients', 'rate', 'seconds'].map((name) => Number(values[name]));
const server = fileURLToPath(new URL('../demo/server', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'im-load-'));
const file = join(folder, 'server.sqlite');

if (!existsSync(`${server}/node_modules`)) {
  const {status} = spawnSync('npm', ['ci', '--ignore-scripts'], {cwd: server, stdio: 'inherit'});
  if (status !== 0) process.exit(1);
}

let child;
try {
  await seed();
  const started = spawn(process.execPath, [join(server, 'main.mjs')], {
    env: {...process.env, DATABASE: file, PORT: '0', USERS: ''},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const base = await new Promise((resolve, reject) => {
    started.stdout.setEncoding('utf8').on('data', (text) => resolve(/http:\/\/[\d.:]+/.exec(text)[0]));
    started.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
  });
  await load(base, started.pid);
} finally {
  child?.kill('SIGKILL');
  rmSync(folder, {recursive: true, force: true});
}

/** Person i talks with those `each` before and behind it, so that each has `each` conversations. */
async function seed() {
  const [{SqliteDatabase}, {Store}] = await Promise.all(['sqlite.mjs', 'store.mjs'].map((name) => import(join(server, name))));
  const from = Date.now();
  const db = new SqliteDatabase(file);
  const store = new Store(db, () => undefined);
  await store.init();
  for (let at = 0; at < people; at += 200) {
    await Promise.all(Array.from({length: Math.min(200, people - at)}, (_, i) => store.addUser(`u${at + i}`, `Person ${at + i}`, `t${at + i}`)));
  }
  for (let at = 0; at < people; at += 100) {
    const chats = [];
    for (let i = at; i < Math.min(at + 100, people); i++) {
      for (let step = 1; step <= each / 2; step++) {
        const other = (i + step) % people;
        chats.push(store.open({id: `${i}-${step}`, type: 'direct', titles: new Map([[`u${i}`, `Person ${other}`], [`u${other}`, `Person ${i}`]])}));
      }
    }
    await Promise.all(chats);
  }
  await store.close();
  console.log(`${people} people with ${each} conversations each: ${((Date.now() - from) / 1000).toFixed(1)} s`);
}

async function load(base, pid) {
  const agent = new Agent({keepAlive: true, maxSockets: 64});
  /** By conversation: what was sent and is not there yet, oldest first. */
  const waiting = new Map();
  const latencies = [];
  let events = 0;
  const streams = await Promise.all(Array.from({length: clients}, (_, i) => listen(base, `t${i}`, (chat, number) => {
    events++;
    const queue = waiting.get(chat);
    while (queue?.length > 0 && queue[0].number <= number) latencies.push(performance.now() - queue.shift().at);
  })));
  console.log(`${clients} streams are open`);

  const cpu = cpuOf(pid);
  const total = rate * seconds;
  const from = performance.now();
  let [failed, done] = [0, 0];
  for (let number = 0; number < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - from) / 1000) * rate));
    for (; number < due; number++) {
      // To one who listens, from the one behind it.
      const reader = number % clients;
      const step = 1 + (Math.floor(number / clients) % (each / 2));
      const chat = `${reader}-${step}`;
      const at = from + (number / rate) * 1000;
      if (!waiting.has(chat)) waiting.set(chat, []);
      waiting.get(chat).push({number, at});
      const mine = number;
      void post(agent, `${base}/messages`, `t${(reader + step) % people}`, {conversation: chat, text: `#${number}`}).then(
        () => done++,
        () => {
          failed++;
          waiting.set(chat, waiting.get(chat).filter((one) => one.number !== mine));
        },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  const sent = (performance.now() - from) / 1000;
  const left = () => [...waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
  for (const end = Date.now() + 60_000; (left() > 0 || done + failed < total) && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 50));
  const spent = (performance.now() - from) / 1000;
  const used = cpuOf(pid) - cpu;
  for (const stream of streams) stream.destroy();
  agent.destroy();

  latencies.sort((a, b) => a - b);
  const at = (part) => `${Math.round(latencies[Math.min(latencies.length - 1, Math.floor(part * latencies.length))] ?? NaN)} ms`;
  console.log(`${total} messages in ${sent.toFixed(1)} s, all told after ${spent.toFixed(1)} s: ${Math.round(done / spent)} a second, two lists each`);
  console.log(`latency p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}; ${events} events`);
  console.log(`server: ${used.toFixed(1)} s of CPU; ${cpus().length} processors here, shared with the load itself`);
  console.log(`${failed} refused, ${left()} lost`);
  if (failed + left() > 0) process.exitCode = 1;
}

function listen(base, token, heard) {
  return new Promise((resolve, reject) => {
    const stream = request(`${base}/conversations/events`, {agent: false, headers: {authorization: `Bearer ${token}`}}, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`A stream got ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8').on('data', (text) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop();
        for (const part of parts) {
          if (part.includes('event: hello')) resolve(stream);
          if (!part.includes('event: upsert')) continue;
          for (const {id, lastMessage} of JSON.parse(/^data: (.*)$/m.exec(part)[1]).conversations) {
            const [, number] = /^#(\d+)$/.exec(lastMessage?.text ?? '') ?? [];
            if (number !== undefined) heard(id, Number(number));
          }
        }
      });
    });
    stream.on('error', reject).end();
  });
}

function post(agent, url, token, body) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text)};
    const asked = request(url, {method: 'POST', agent, headers}, (response) => {
      response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode)))));
    });
    asked.on('error', reject).end(text);
  });
}

/** Seconds of CPU that a process has used, where the system says so. */
function cpuOf(pid) {
  const {stdout} = spawnSync('ps', ['-o', 'cputimes=', '-p', String(pid)], {encoding: 'utf8'});
  return Number(stdout?.trim() || NaN);
}
