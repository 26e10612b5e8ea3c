/** The server inside another process, for tests that move it from within: with nothing on the disk, or with PostgreSQL. */
import {createApp} from './app.mjs';
import {Failure} from './failure.mjs';
import {toWire} from './rows.mjs';
import {SqliteDatabase} from './sqlite.mjs';
import {Store} from './store.mjs';
import {Streams} from './streams.mjs';

/** @param {string} [databaseUrl] of PostgreSQL */
export async function startContained(databaseUrl) {
  const database = databaseUrl ? new (await import('./postgres.mjs')).PostgresDatabase(databaseUrl) : new SqliteDatabase(':memory:');
  const store = new Store(database, (userIds) => streams.changed(userIds));
  await store.init();
  const streams = new Streams(store, {toWire});
  const app = createApp({store, streams});
  const [failing, down] = [new Set(), new Set()];
  const sockets = new Map();
  // After the server's own look at the token; in the place of a network between the two.
  app.addHook('preHandler', async (request) => {
    const {userId, raw} = request;
    if (down.has(userId)) throw new Failure(503, 'server', 'Cut off');
    if (request.url.startsWith('/conversations?') && failing.delete(userId)) throw new Failure(503, 'server', 'Told to fail');
    if (request.url.endsWith('/events')) sockets.set(userId, [...(sockets.get(userId) ?? []), raw.socket]);
  });
  await app.listen({host: '127.0.0.1', port: 0});
  return {
    store,
    url: `http://127.0.0.1:${app.server.address().port}/conversations`,
    failing,
    down,
    cut(userId) {
      down.add(userId);
      for (const socket of sockets.get(userId) ?? []) socket.destroy();
    },
    async close() {
      streams.close();
      app.server.closeAllConnections();
      await app.close();
      await store.close();
    },
  };
}
