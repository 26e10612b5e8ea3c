import type {FilterField} from '../../../src/store/index.js';
import type {ServerConfig} from './server-config.js';
import {run} from './model.js';
import type {Case, Op, OpName} from './ops.js';
import {Random} from './random.js';

/** How often each op comes, in relation to the others. */
const WEIGHTS: Readonly<Record<OpName, number>> = {
  change: 7,
  move: 8,
  remove: 3,
  revive: 1.5,
  deliver: 14,
  batch: 5,
  snapshot: 0.3,
  unread: 1,
  answerUnread: 1.5,
  compute: 6,
  answer: 16,
  fail: 2.5,
  throw: 0.5,
  tick: 4,
  want: 4,
  loadMore: 5,
  refresh: 0.7,
  filter: 1.5,
  order: 1,
  source: 0.4,
  disconnect: 0.8,
  connect: 3,
  gap: 0.8,
  login: 0.2,
  logout: 0.2,
  online: 2,
};

/** What begins paging anew, and so mends what went wrong before; calm cases do without, over more pages. */
const MENDING: ReadonlySet<OpName> = new Set([
  'refresh', 'filter', 'source', 'disconnect', 'connect', 'gap', 'login', 'logout', 'snapshot',
]);

const NAMES = Object.keys(WEIGHTS) as OpName[];
const FIELDS: readonly FilterField[] = ['types', 'mark', 'hasUnread', 'hasMention', 'pinned', 'hidden'];

/** The case that belongs to a seed. */
export function caseOf(seed: number, length: number): Case {
  const random = new Random(seed);
  const calm = random.chance(0.4);
  const servers = [server(random, calm), server(random, calm)];
  const pageSize = random.chance(0.15) ? 'all' : 1 + random.int(calm ? 4 : 8);
  const names = calm ? NAMES.filter((name) => !MENDING.has(name)) : NAMES;
  return {pageSize, servers, ops: Array.from({length}, () => op(random, names))};
}

function server(random: Random, large: boolean): ServerConfig {
  const paging = random.pick(['cursor', 'cursor', 'offset', 'offset', 'window', 'all'] as const);
  return {
    seed: random.int(2 ** 31),
    paging,
    growing: random.chance(0.5),
    serverFilters: random.chance(0.3) ? FIELDS : FIELDS.filter(() => random.chance(0.4)),
    cursors: random.pick(['object', 'string', 'bigint'] as const),
    short: random.chance(0.3),
    lateEnd: random.chance(0.3),
    authoritative: random.chance(0.4),
    junk: random.chance(0.2),
    maxPageSize: random.pick([3, 8, 100]),
    size: random.pick(large ? [40, 80] : [1, 5, 20, 40]),
  };
}

function op(random: Random, names: readonly OpName[]): Op {
  let at = random.next() * names.reduce((sum, name) => sum + WEIGHTS[name], 0);
  const name = names.find((candidate) => (at -= WEIGHTS[candidate]) < 0) ?? 'answer';
  const [a, b] = [random.int(1000), random.int(1000)];
  return random.chance(0.2) ? [name, a, b, 1] : [name, a, b];
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
  return line.replace(/\bc\d+( v\d+)?\b/g, 'a row').replace(/version \d+/, 'a version');
}

/** The smallest case that can be found which fails in the same way: ever smaller runs of ops are left out. */
export async function shrink(failing: Case): Promise<Case> {
  const kind = kindOf((await failureOf(failing)) as Error);
  const fails = async (one: Case): Promise<boolean> => {
    const failure = await failureOf(one);
    return failure !== undefined && kindOf(failure) === kind;
  };
  let best = failing;
  if (!best.ops.some(([name]) => name === 'source')) best = {...best, servers: best.servers.slice(0, 1)};
  for (let size = Math.ceil(best.ops.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.ops.length; ) {
      const smaller = {...best, ops: [...best.ops.slice(0, from), ...best.ops.slice(from + size)]};
      if (await fails(smaller)) best = smaller;
      else from += size;
    }
  }
  return best;
}
