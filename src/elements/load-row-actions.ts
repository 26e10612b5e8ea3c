import type {RowActions} from './row-actions/row-actions.js';

let module: Promise<typeof RowActions | undefined> | undefined;

/**
 * The module of what can be done to rows, once for the page; `undefined` if it cannot be loaded, which is told once
 * with `reportError`. Never rejects.
 */
export function loadRowActions(): Promise<typeof RowActions | undefined> {
  module ??= import('./row-actions/row-actions.js').then(
    (loaded) => loaded.RowActions,
    (cause: unknown) => {
      reportError(new Error('im-conversation-list: could not load the actions of rows.', {cause}));
      return undefined;
    },
  );
  return module;
}
