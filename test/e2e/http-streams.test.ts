import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {it} from 'node:test';
import {startContained} from '../../demo/server/contained.mjs';
import {testDatabases} from './support/cluster.js';
import {beginStream} from './support/http-server.js';

for (const {name, url, end} of await testDatabases()) {
  it(`readers that leave before their streams begin take nobody's place, with ${name}`, async (t) => {
    const server = await startContained(url);
    t.after(async () => {
      await server.close();
      await end();
    });
    await server.store.addUser('x', 'x', 't-x');
    const {port} = new URL(server.url);
    for (let i = 0; i < 200; i++) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write('GET /conversations/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t-x\r\n\r\n');
          setTimeout(() => (socket.destroy(), resolve()), i % 8);
        });
        socket.on('error', () => undefined);
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.match(await beginStream(server.url, 't-x', ''), /event: hello/);
  });
}
