import type {FiltersView} from './filters-view.js';

let loading: Promise<typeof FiltersView | undefined> | undefined;

/**
 * The module of the chips, once for all filters. `undefined` if it cannot be loaded, which is reported; the next call
 * tries again. Never rejects.
 */
export async function loadFilters(): Promise<typeof FiltersView | undefined> {
  loading ??= import('./filters-view.js').then(
    (loaded) => loaded.FiltersView,
    (cause: unknown) => {
      loading = undefined;
      reportError(new Error('im-conversation-list: could not load the filters.', {cause}));
      return undefined;
    },
  );
  return loading;
}
