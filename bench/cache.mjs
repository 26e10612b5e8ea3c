/**
 * Measures the local stores: `npm run bench:cache -- [--count 100000] [--samples 5] [--latency 150] [--keepers ours,raw]`.
 *
 * For each store a profile of its own is filled; the browser is started anew for each sample of the first rows. Prints a
 * table and, if all stores are measured, writes `bench/results/cache.json`.
 */
/* global window -- of the page */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {launch} from 'puppeteer-core';
import {CHROMIUM_ARGS, findChromium} from '../scripts/find-chromium.mjs';
import {serve} from './lib/server.mjs';

const KEEPERS = ['ours', 'raw', 'dexie', 'network'];
const {values} = parseArgs({
  options: {
    count: {type: 'string', default: '100000'},
    samples: {type: 'string', default: '5'},
    latency: {type: 'string', default: '150'},
    keepers: {type: 'string', default: KEEPERS.join()},
  },
});
const keepers = KEEPERS.filter((keeper) => values.keepers.split(',').includes(keeper));
const [count, samples, latency] = [values.count, values.samples, values.latency].map(Number);
const median = (all) => all.toSorted?.((a, b) => a - b)[all.length >> 1] ?? [...all].sort((a, b) => a - b)[all.length >> 1];

if (!existsSync(new URL('node_modules/dexie', import.meta.url))) {
  console.error('Run `npm ci --ignore-scripts` in the folder bench first.');
  process.exit(1);
}
const {executablePath, env} = await findChromium();
const {outputFiles} = await build({
  entryPoints: ['page', 'server'].map((name) => fileURLToPath(new URL(`cache/${name}.ts`, import.meta.url))),
  outdir: '/', bundle: true, write: false, minify: true, format: 'iife', target: 'es2022', logLevel: 'error', ignoreAnnotations: true,
});
const files = new Map([
  ['/', '<!doctype html><html lang="en"><meta charset="utf-8"><title>Cache</title><body><script src="/page.js"></script>'],
  ...outputFiles.map(({path, text}) => [`/${basename(path)}`, text]),
]);
const server = await serve(files);
const folder = mkdtempSync(join(tmpdir(), 'bench-cache-'));
const results = [];
let version = '';

/** Runs something in a page of a browser that was just started, with the profile of a store. */
async function inPage(keeper, run, ...args) {
  const browser = await launch({executablePath, env, args: CHROMIUM_ARGS, userDataDir: join(folder, keeper), protocolTimeout: 600_000});
  version = await browser.version();
  try {
    const [page] = await browser.pages();
    await page.goto(server.url);
    return await page.evaluate(run, ...args);
  } finally {
    await browser.close();
  }
}

try {
  files.set('/first-page', await inPage('network', () => window.cacheBench.firstPage()));
  for (const keeper of keepers) {
    const result = {keeper};
    if (keeper !== 'network') {
      result.fill = await inPage(keeper, (...of) => window.cacheBench.fill(...of), keeper, count);
      result.diskMB = sizeOf(join(folder, keeper, 'Default', 'IndexedDB')) / 1e6;
      const changes = [];
      for (let i = 0; i < samples; i++) changes.push(await inPage(keeper, (...of) => window.cacheBench.change(...of), keeper, count));
      result.change = median(changes);
    }
    if (keeper === 'ours') {
      result.again = await inPage(keeper, (of) => window.cacheBench.sync(of), count);
      for (const [name, query] of [['rare', 'zzz no such name'], ['common', 'e']]) {
        const searches = [];
        for (let i = 0; i < samples; i++) searches.push(await inPage(keeper, (of) => window.cacheBench.search(of), query));
        const worst = searches.reduce((a, b) => (a.longest > b.longest ? a : b));
        result[name] = {...worst, ms: median(searches.map(({ms}) => ms))};
      }
    }
    const shown = [];
    for (let i = 0; i < samples; i++) shown.push(await inPage(keeper, (...of) => window.cacheBench.show(...of), keeper, latency));
    result.read = median(shown.map(({read}) => read));
    result.painted = median(shown.map(({painted}) => painted));
    results.push(result);
    console.log(line(result));
  }
  const out = new URL('results/', import.meta.url);
  mkdirSync(out, {recursive: true});
  const about = {count, samples, latency, browser: version, cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`, date: new Date().toISOString().slice(0, 10)};
  if (results.length === KEEPERS.length) writeFileSync(new URL('cache.json', out), `${JSON.stringify({about, results}, null, 1)}\n`);
} finally {
  await server.close();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

function sizeOf(path) {
  return readdirSync(path, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}

function line({keeper, read, painted, change, diskMB, fill, again, rare, common}) {
  const ms = (value) => (value === undefined ? '–' : `${value.toFixed(value < 10 ? 1 : 0)} ms`);
  const frames = ({longest, over50, frames: all, tasks, longestTask}) =>
    longest === undefined ? '' : ` (${over50} of ${all} frames over 50 ms, the longest ${ms(longest)}; ${tasks} tasks, the longest ${ms(longestTask)})`;
  const seconds = (of) => `${(of.ms / 1000).toFixed(of.ms < 1000 ? 3 : 1)} s${frames(of)}`;
  const filled = fill === undefined ? '' : `; filled in ${seconds(fill)}; ${diskMB.toFixed(1)} MB`;
  const walked = again === undefined ? '' : `; synced again in ${seconds(again)}`;
  const searched = rare === undefined ? '' : `; searched for what is nowhere in ${seconds(rare)}, for a letter in ${seconds(common)}`;
  return `${keeper.padEnd(8)} first 50 read in ${ms(read)}, painted after ${ms(painted)}; 1,000 changes ${ms(change)}${filled}${walked}${searched}`;
}
