import type * as Search from './search-engine.js';

let loaded: typeof Search | undefined;

/**
 * What it takes to search: a module of its own, since most visits to a page search nothing. At once if it is here, else a
 * promise, which rejects where it cannot be had.
 */
export function loadSearch(): typeof Search | Promise<typeof Search> {
  return loaded ?? import('./search-engine.js').then((module) => (loaded = module));
}
