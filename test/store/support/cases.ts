import fc from 'fast-check';
import type {FilterField} from '../../../src/store/index.js';
import type {ServerConfig} from './server-config.js';
import {run} from './model.js';
import {PAGE_SIZES, type Case, type Op, type OpName} from './ops.js';

/** How the source of a case pages: `window` by a growing window, `whole` with everything in the first page. */
export const KINDS = ['keyset', 'offset', 'window', 'whole'] as const;
export type Kind = (typeof KINDS)[number];

/** How often each op comes, in relation to the others. */
const WEIGHTS: Readonly<Record<OpName, number>> = {
  change: 70,
  move: 80,
  remove: 30,
  revive: 15,
  deliver: 140,
  batch: 50,
  snapshot: 3,
  unread: 10,
  answerUnread: 15,
  compute: 60,
  answer: 160,
  double: 8,
  fail: 25,
  throw: 5,
  lose: 5,
  late: 5,
  tick: 40,
  want: 40,
  loadMore: 50,
  refresh: 7,
  filter: 15,
  order: 10,
  pageSize: 5,
  search: 20,
  source: 4,
  disconnect: 8,
  connect: 30,
  gap: 8,
  login: 2,
  logout: 2,
  online: 20,
  offline: 4,
  sync: 10,
  inListener: 70,
  inPage: 25,
  inSubscribe: 6,
  throwListener: 5,
};

/** What begins paging anew, and so mends what went wrong before; calm cases do without, over more pages. */
const MENDING: ReadonlySet<OpName> = new Set([
  'refresh', 'filter', 'source', 'disconnect', 'connect', 'gap', 'login', 'logout', 'snapshot',
  'inListener', 'inPage', 'inSubscribe',
]);

const PAGING = {keyset: 'cursor', offset: 'offset', window: 'window', whole: 'all'} as const;
const FIELDS: readonly FilterField[] = ['types', 'mark', 'hasUnread', 'hasMention', 'pinned', 'hidden'];

/** Cases of so many ops, over sources of one kind. */
export function cases(kind: Kind, length: number): fc.Arbitrary<Case> {
  return fc.oneof(
    {weight: 4, arbitrary: record(kind, length, true)},
    {weight: 6, arbitrary: record(kind, length, false)},
  );
}

function record(kind: Kind, length: number, calm: boolean): fc.Arbitrary<Case> {
  return fc.record({
    pageSize: fc.noShrink(fc.constantFrom<number | 'all'>(...(calm ? [1, 2, 3, 4] : PAGE_SIZES))),
    servers: fc.tuple(server(kind, calm), server(kind, calm)),
    ops: new OpsArbitrary(length, calm),
  });
}

function server(kind: Kind, large: boolean): fc.Arbitrary<ServerConfig> {
  const often = (percent: number): fc.Arbitrary<boolean> => fc.nat(99).map((n) => n < percent);
  return fc.noShrink(
    fc.record({
      seed: fc.nat(),
      paging: fc.constant(PAGING[kind]),
      growing: fc.boolean(),
      serverFilters: fc.oneof({weight: 3, arbitrary: fc.constant([...FIELDS])}, {weight: 7, arbitrary: fc.subarray([...FIELDS])}),
      cursors: fc.constantFrom('object', 'string', 'bigint'),
      short: often(30),
      lateEnd: often(30),
      authoritative: often(40),
      junk: often(20),
      maxPageSize: fc.constantFrom(3, 8, 100),
      size: large ? fc.constantFrom(40, 80) : fc.constantFrom(1, 5, 20, 40),
    } as const),
  );
}

/** Where the shrinking of a list of ops stands: how many are left out, and from where. */
interface Cut {
  readonly size: number;
  readonly from: number;
}

/**
 * Exactly so many ops; a list that fails shrinks by ever smaller runs left out.
 *
 * `fc.array` shrinks only a list that it could have made, so it makes none of one length that may become shorter.
 */
class OpsArbitrary extends fc.Arbitrary<readonly Op[]> {
  /** Each name as often as it weighs, so that one draw finds it. */
  readonly #names: readonly OpName[];

  constructor(readonly length: number, calm: boolean) {
    super();
    const names = (Object.keys(WEIGHTS) as OpName[]).filter((name) => !calm || !MENDING.has(name));
    this.#names = names.flatMap((name) => Array.from({length: WEIGHTS[name]}, () => name));
  }

  override generate(random: fc.Random): fc.Value<readonly Op[]> {
    return new fc.Value(Array.from({length: this.length}, () => this.#op(random)), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is readonly Op[] {
    return Array.isArray(value);
  }

  override shrink(ops: readonly Op[], context: unknown): fc.Stream<fc.Value<readonly Op[]>> {
    const cut = (context as Cut | undefined) ?? {size: Math.ceil(ops.length / 2), from: 0};
    return fc.stream(shorter(ops, cut));
  }

  #op(random: fc.Random): Op {
    const name = this.#names[random.nextInt(0, this.#names.length - 1)] as OpName;
    const bits = random.nextInt(0, 2 ** 31 - 1);
    const [a, b] = [bits % 1000, (bits >>> 10) % 1000];
    return bits >>> 28 === 0 ? [name, a, b, 1] : [name, a, b];
  }
}

function* shorter(ops: readonly Op[], cut: Cut): IterableIterator<fc.Value<readonly Op[]>> {
  for (let {size, from} = cut; size >= 1 && ops.length > 0; size = size === 1 ? 0 : Math.ceil(size / 2), from = 0) {
    for (; from < ops.length; from += size) {
      yield new fc.Value([...ops.slice(0, from), ...ops.slice(from + size)], {size, from} satisfies Cut);
    }
  }
}

/** A case that fails, made as small as can be. */
export interface Failure {
  readonly seed: number;
  readonly kind: Kind;
  readonly message: string;
  readonly smallest: Case;
  /** The message of the smallest. */
  readonly why: string;
}

/** Runs the case that belongs to a seed. */
export async function failureOfSeed(kind: Kind, seed: number, length: number, shrink = true): Promise<Failure | undefined> {
  let first: Error | undefined;
  const property = fc.asyncProperty(cases(kind, length), async (one) => {
    const failure = await failureOf(one);
    first ??= failure;
    // Smaller cases have to fail in the same way.
    if (failure !== undefined && kindOf(failure) === kindOf(first as Error)) throw failure;
  });
  const {counterexample} = await fc.check(property, {seed, numRuns: 1, endOnFailure: !shrink});
  if (counterexample === null) return undefined;
  const [found] = counterexample;
  const withOne = found.ops.some(([name]) => /^(source|in)/.test(name)) ? found : {...found, servers: found.servers.slice(0, 1)};
  const smallest = (await failureOf(withOne)) === undefined ? found : withOne;
  const {message} = first as unknown as Error;
  return {seed, kind, message, smallest, why: (await failureOf(smallest))?.message ?? message};
}

/** The error that a case ends with, if it does. */
export async function failureOf(one: Case): Promise<Error | undefined> {
  try {
    await run(one);
    return undefined;
  } catch (thrown) {
    return thrown as Error;
  }
}

/** What went wrong, without where and to whom. */
export function kindOf(failure: Error): string {
  const [line = ''] = failure.message.replace(/^at step .*?\]: /, '').split('\n');
  return line.replace(/:$/, '').replace(/\bc\d+( v\d+)?\b/g, 'a row').replace(/version \d+/, 'a version');
}
