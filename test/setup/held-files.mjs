/**
 * Lets a test keep files of the server from arriving in time, or at all.
 *
 * A page fetches `/__files__/hold?path=…` or `/__files__/refuse?path=…`, and `/__files__/free?path=…` to end it. A held
 * file arrives then, a refused one has failed with status 503. Paths are shared by all pages: a test takes files of
 * its own.
 */
const CONTROL = '/__files__/';

/** @returns {import('@web/test-runner').Middleware} */
export function heldFiles() {
  /** @type {Map<string, {free: Promise<void>, release: () => void}>} */
  const held = new Map();
  /** @type {Set<string>} */
  const refused = new Set();

  return async (context, next) => {
    if (context.path.startsWith(CONTROL)) {
      const path = String(context.query['path']);
      switch (context.path.slice(CONTROL.length)) {
        case 'hold': {
          let release = () => undefined;
          const free = new Promise((resolve) => (release = resolve));
          held.set(path, {free, release});
          break;
        }
        case 'refuse':
          refused.add(path);
          break;
        default:
          held.get(path)?.release();
          held.delete(path);
          refused.delete(path);
      }
      context.status = 204;
      return;
    }
    await held.get(context.path)?.free;
    if (refused.has(context.path)) context.status = 503;
    else await next();
  };
}
