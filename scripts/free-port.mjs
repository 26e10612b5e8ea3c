import {createServer} from 'node:net';

/** @returns {Promise<number>} a port of this machine that nobody listens on now */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen({port: 0, host: '127.0.0.1'}, resolve));
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
