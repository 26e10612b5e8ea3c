/**
 * The reference server: `npm run server`.
 *
 *   HOST, PORT     default 127.0.0.1, 8787
 *   DATABASE       a file for SQLite; default server.sqlite beside this file
 *   FILES          a folder to serve under /files/
 *   ORIGINS        other origins whose pages may ask, separated by spaces
 *   USERS          people to add, as `id:token` separated by spaces
 */
import {fileURLToPath} from 'node:url';
import {createApp} from './app.mjs';
import {toWire} from './rows.mjs';
import {SqliteDatabase} from './sqlite.mjs';
import {Store} from './store.mjs';
import {Streams} from './streams.mjs';

const {HOST = '127.0.0.1', PORT = '8787', DATABASE = fileURLToPath(new URL('server.sqlite', import.meta.url)), FILES, ORIGINS = '', USERS = ''} = process.env;
const words = (text) => text.split(' ').filter(Boolean);

const store = new Store(new SqliteDatabase(DATABASE), (userIds) => streams.changed(userIds));
await store.init();
const streams = new Streams(store, {toWire, ...(process.env['PATIENCE_MS'] && {patienceMs: Number(process.env['PATIENCE_MS']), beatMs: 200})});
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
    await store.close();
    process.exit(0);
  });
}
