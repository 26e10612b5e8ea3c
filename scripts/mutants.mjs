/**
 * Plants known faults in the store, one at a time, and demands that its tests find them.
 *
 *   node scripts/mutants.mjs                 all
 *   node scripts/mutants.mjs --only no-sweep the one, or several: --only no-sweep,no-budget
 *
 * Works on a copy of model and store with their tests. Tells which test killed which mutant; the last line is
 * `{"planted":N,"killed":N}`. The exit code is not 0 if one survived, or could not be planted.
 */
import {spawn} from 'node:child_process';
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {mutants} from '../test/mutants/mutants.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COPY = join(ROOT, 'node_modules/.cache/mutants');
const FOLDERS = ['src/model', 'src/store', 'test/model', 'test/store'];
/** From quick to thorough; a mutant that lives through one goes on to the next. */
const ROUNDS = [
  {name: 'model', files: ['test/store/model.test.ts'], seeds: 100},
  {name: 'tests', files: undefined, seeds: 0},
  {name: 'model', files: ['test/store/model.test.ts'], seeds: 2000},
];
/** A mutant that makes the tests run without end is found as well. */
const TIMEOUT = 120_000;

const at = process.argv.indexOf('--only');
const only = at < 0 ? undefined : process.argv[at + 1]?.split(',');
const chosen = mutants.filter(({name}) => only === undefined || only.includes(name));
if (chosen.length === 0) throw new Error(`No mutant is called ${only?.join(' or ')}.`);
const names = new Set(mutants.map(({name}) => name));
if (names.size < mutants.length) throw new Error('Two mutants have one name.');

rmSync(COPY, {recursive: true, force: true});
mkdirSync(COPY, {recursive: true});
for (const folder of FOLDERS) cpSync(join(ROOT, folder), join(COPY, folder), {recursive: true});
for (const file of ['package.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(COPY, file));
symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'));
for (const folder of ['model', 'store']) {
  const tests = readdirSync(join(COPY, 'test', folder)).filter((name) => name.endsWith('.test.ts'));
  for (const test of tests) if (test !== 'model.test.ts') (ROUNDS[1].files ??= []).push(`test/${folder}/${test}`);
}

let killed = 0;
try {
  const sound = await firstFailure(ROUNDS[0]);
  if (sound !== undefined) throw new Error(`Without a mutant, a test fails already: ${sound}`);
  for (const mutant of chosen) if (await isKilled(mutant)) killed++;
} finally {
  rmSync(COPY, {recursive: true, force: true});
}
console.log(JSON.stringify({planted: chosen.length, killed}));
process.exitCode = killed === chosen.length ? 0 : 1;

async function isKilled({name, file, find, replace, why}) {
  const path = join(COPY, file);
  const source = readFileSync(path, 'utf8');
  const count = source.split(find).length - 1;
  if (count !== 1) {
    console.log(`?  ${name}: what it replaces occurs ${count} times in ${file}.`);
    return false;
  }
  // As a function, so that no $ in it means anything.
  writeFileSync(path, source.replace(find, () => replace));
  try {
    for (const round of ROUNDS) {
      const test = await firstFailure(round);
      if (test === undefined) continue;
      console.log(`ok ${name}: killed by ${test}`);
      return true;
    }
    console.log(`!! ${name} survived: ${why}.`);
    return false;
  } finally {
    writeFileSync(path, source);
  }
}

/** Runs tests until one fails; resolves to its name. */
function firstFailure({name, files, seeds}) {
  return new Promise((resolve, reject) => {
    const env = {...process.env, CORPUS: 'off', SEEDS: String(seeds), OPS: '200'};
    const args = ['--import', 'tsx', '--test', '--test-reporter=tap', ...files];
    const child = spawn(process.execPath, args, {cwd: COPY, env, stdio: ['ignore', 'pipe', 'ignore'], detached: true});
    let rest = '';
    let found;
    const end = (why) => {
      found ??= why;
      // The group: the tests run in processes of their own.
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => end(`${name}, which ran without end`), TIMEOUT);
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const failed = /^\s*not ok \d+ - (.*)$/.exec(line)?.[1];
        if (failed !== undefined) end(failed.replace(/^.*\/test\//, 'test/'));
      }
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(found ?? (code === 0 ? undefined : `${name}, which broke off`));
    });
  });
}
