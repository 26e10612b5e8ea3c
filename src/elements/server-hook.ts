import type {serverRows} from './server-rows.js';

/** What only a server needs, put here by `server.js`: in a browser it is empty, and nothing of it is loaded. */
export const serverHook: {rows?: typeof serverRows} = {};
