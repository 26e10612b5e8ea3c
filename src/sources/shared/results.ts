import type {OpResult} from '../../model/source.js';
import type {ToError} from './settle.js';

/** What became of each id in a call about several. */
export type Results = readonly OpResult[];

/** Makes a call for each id, once. */
export function each(ids: Iterable<string>, toError: ToError, call: (id: string) => Promise<unknown>): Promise<Results> {
  return Promise.all(
    Array.from(new Set(ids), (id) =>
      call(id).then(
        () => ({id}),
        (thrown: unknown): OpResult => ({id, error: toError(thrown)}),
      ),
    ),
  );
}

/** Makes a call for at most 100 ids at once; `failure` finds in the answer what went wrong with one of them. */
export async function batches(
  ids: Iterable<string>,
  toError: ToError,
  call: (batch: readonly string[]) => Promise<unknown>,
  failure: (answer: unknown, id: string) => unknown,
): Promise<Results> {
  const left = [...new Set(ids)];
  const results: OpResult[] = [];
  while (left.length > 0) {
    const batch = left.splice(0, 100);
    const answer = call(batch);
    const told = await each(batch, toError, async (id) => {
      const reason = failure(await answer, id);
      if (reason !== undefined) throw toError(reason);
    });
    results.push(...told);
  }
  return results;
}

/** @throws SourceError if it failed for all: the first one's. */
export function ensureSome(results: Results): Results {
  const [first] = results;
  if (first?.error && results.every(({error}) => error)) throw first.error;
  return results;
}
