import {mock} from 'node:test';
import {fork} from 'node:child_process';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {Pager} from '../../../src/store/pager.js';
import {failureOfSeed, type Failure, type Kind} from './cases.js';

/** Which cases to run. */
export interface FuzzOptions {
  readonly kind: Kind;
  /** The first seed, */
  readonly first: number;
  /** how many there are, */
  readonly seeds: number;
  /** and how many ops each has. */
  readonly ops: number;
  /** Runs all, does not shrink, and has the pager not notice that positions drifted. */
  readonly sweepless?: boolean;
}

/** What came of them. */
export interface FuzzResult {
  /** Cases that ran. */
  readonly ran: number;
  readonly failures: readonly Failure[];
}

type Message = {readonly failure: Failure} | {readonly ran: number};

/** How often a process tells how far it is. */
const TOLD = 25;

/**
 * Runs cases in as many processes as there are processors; ends at the first that fails.
 *
 * In processes of their own also because Node's test runner follows every promise made within a test, which takes longer
 * than what is tested.
 */
export async function fuzz(options: FuzzOptions, progress: (ran: number) => void = () => undefined): Promise<FuzzResult> {
  const shares = Math.min(availableParallelism(), Math.ceil(options.seeds / TOLD));
  const failures: Failure[] = [];
  let ran = 0;
  const workers = Array.from({length: shares}, (_, share) => {
    const worker = fork(fileURLToPath(import.meta.url), [JSON.stringify(options), String(share), String(shares)], {
      execArgv: ['--import', 'tsx', '--no-warnings'],
    });
    const ended = new Promise<void>((resolve, reject) => {
      worker.on('message', (message: Message) => {
        if ('ran' in message) progress((ran += message.ran));
        else {
          failures.push(message.failure);
          if (options.sweepless !== true) end();
        }
      });
      worker.on('error', reject);
      worker.on('exit', (code, signal) => {
        if (code === 0 || signal === 'SIGKILL') resolve();
        else reject(new Error(`A process of the run broke off: ${code ?? signal}.`));
      });
    });
    return {worker, ended};
  });
  const end = (): void => workers.forEach(({worker}) => worker.kill('SIGKILL'));
  process.once('exit', end);
  try {
    await Promise.all(workers.map(({ended}) => ended));
  } finally {
    end();
    process.off('exit', end);
  }
  return {ran, failures};
}

/** Every `shares`th seed, from the `share`th on. */
async function work({kind, first, seeds, ops, sweepless = false}: FuzzOptions, share: number, shares: number): Promise<void> {
  if (sweepless) mock.method(Pager.prototype, 'drift', () => undefined);
  const tell = (message: Message): unknown => process.send?.(message);
  let ran = 0;
  for (let i = share; i < seeds; i += shares) {
    const failure = await failureOfSeed(kind, first + i, ops, !sweepless);
    if (++ran % TOLD === 0) tell({ran: TOLD});
    if (failure === undefined) continue;
    tell({failure});
    if (!sweepless) break;
  }
  tell({ran: ran % TOLD});
  process.disconnect();
}

const [, path, options, share, shares] = process.argv;
if (path === fileURLToPath(import.meta.url) && options !== undefined) {
  await work(JSON.parse(options) as FuzzOptions, Number(share), Number(shares));
}
