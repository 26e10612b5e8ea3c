/**
 * The reference server: `npm run server`.
 *
 *   HOST, PORT     default 127.0.0.1, 8787
 *   DATABASE       a file for SQLite; default server.sqlite beside this file
 *   DATABASE_URL   PostgreSQL instead, for several processes: postgres://…
 *   NATS_URL       NATS servers, separated by commas, by which these tell each other of changes
 *   NATS_REPLICAS  on how many of them; default 3
 *   FILES          a folder to serve under /files/
 *   ORIGINS        other origins whose pages may ask, separated by spaces
 *   PATIENCE_MS    how long a reader may take nothing; default 30,000
 *   KEEP_DAYS      how long deletions are kept for clients that were away; default 30
 *   USERS          people to add, as `id:token` separated by spaces
 */
import {fileURLToPath} from 'node:url';
import {createApp} from './app.mjs';
import {toWire} from './rows.mjs';
import {SqliteDatabase} from './sqlite.mjs';
import {Store} from './store.mjs';
import {Streams} from './streams.mjs';

const {HOST = '127.0.0.1', PORT = '8787', DATABASE = fileURLToPath(new URL('server.sqlite', import.meta.url)), FILES, ORIGINS = '', USERS = ''} = process.env;
const {DATABASE_URL, NATS_URL, NATS_REPLICAS = '3', KEEP_DAYS = '30'} = process.env;
const words = (text) => text.split(' ').filter(Boolean);

// What only several processes need is loaded only by them.
const database = DATABASE_URL ? new (await import('./postgres.mjs')).PostgresDatabase(DATABASE_URL) : new SqliteDatabase(DATABASE);
const store = new Store(database, (userIds) => {
  streams.changed(userIds);
  void bus?.tell(userIds);
});
await store.init();
const streams = new Streams(store, {
  toWire,
  ...(DATABASE_URL && {sweepMs: 3000}),
  ...(process.env['PATIENCE_MS'] && {patienceMs: Number(process.env['PATIENCE_MS']), beatMs: 200}),
});
const bus = NATS_URL ? await (await import('./nats.mjs')).openBus(NATS_URL.split(','), Number(NATS_REPLICAS), (userIds) => streams.changed(userIds)) : undefined;
const prune = () => store.prune(Date.now() - Number(KEEP_DAYS) * 86_400_000).catch(console.error);
void prune();
setInterval(prune, 3_600_000).unref();
for (const user of words(USERS)) {
  const [id, token] = user.split(':');
  if ((await store.userOf(token)) === undefined) await store.addUser(id, id, token);
}
const app = createApp({store, streams, origins: words(ORIGINS), ...(FILES && {files: FILES})});
console.log(`Listening at ${await app.listen({host: HOST, port: Number(PORT)})}/conversations`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    streams.close();
    await app.close();
    await bus?.close();
    await store.close();
    process.exit(0);
  });
}
