import type * as Search from './search-engine.js';

/** What it takes to search: a module of its own, since most visits to a page search nothing. */
export function loadSearch(): Promise<typeof Search> {
  return import('./search-engine.js');
}
