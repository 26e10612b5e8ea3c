import type * as HandsModule from './hands.js';

let loading: Promise<typeof HandsModule | undefined> | undefined;

/**
 * Loads what lists need once a person acts on them, once for all lists. `undefined` if that fails, which is reported;
 * the next call tries again.
 */
export async function loadHands(): Promise<typeof HandsModule | undefined> {
  loading ??= import('./hands.js').catch((thrown: unknown) => {
    loading = undefined;
    reportError(thrown);
    return undefined;
  });
  return loading;
}
