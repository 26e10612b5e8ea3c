/** Serves a folder, for pages that show the list; no more than a demo needs. */
import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {extname, join, resolve, sep} from 'node:path';
import {notFound} from './failure.mjs';

const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml', '.map': 'application/json'};

export function serveFiles(folder) {
  const root = resolve(folder);
  return async (app) => {
    app.get('/files/*', async (request, reply) => {
      const path = join(root, request.params['*']);
      const type = TYPES[extname(path)];
      const found = path.startsWith(root + sep) && type !== undefined && (await stat(path).catch(() => undefined));
      if (!found || !found.isFile()) throw notFound('such file');
      return reply.type(type).header('content-security-policy', "default-src 'self'").send(createReadStream(path));
    });
  };
}
