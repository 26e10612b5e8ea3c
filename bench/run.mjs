/**
 * Compares the list with others and with a lower bound written by hand: `npm run bench -- --help`.
 *
 * Prints tables and writes `bench/results/latest.json`; a complete run also writes the chart and the tables of
 * `docs/performance.md`.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {fileURLToPath} from 'node:url';
import {Browser} from './lib/browser.mjs';
import {buildPages, EMPTY, installed} from './lib/build.mjs';
import {checkRows} from './lib/check-rows.mjs';
import {chart} from './lib/chart.mjs';
import {readOptions, USAGE} from './lib/options.mjs';
import {summarize, summarizeKinds} from './lib/profile.mjs';
import {markdownReport, textReport} from './lib/report.mjs';
import {runAll} from './lib/runner.mjs';
import {serve} from './lib/server.mjs';

const DOCS = new URL('../docs/', import.meta.url);
const RESULTS = new URL('results/', import.meta.url);

const options = readOptions(process.argv.slice(2));
if (options.help) {
  console.log(USAGE);
} else {
  if (!installed()) install();
  await main();
}

async function main() {
  const {profile, subjects} = options;
  const pages = profile === undefined ? [...subjects, EMPTY] : [profile.subject];
  const server = await serve(await buildPages(pages, {minify: profile === undefined}));
  let browser;
  try {
    browser = await Browser.start();
    if (profile !== undefined) return await runProfile(browser, server.url);
    const start = performance.now();
    await checkRows(subjects, browser, server.url);
    const rows = await runAll(options, browser, server.url, progress);
    progress('');
    const minutes = (performance.now() - start) / 60_000;
    console.log(`${textReport(rows, subjects)}\n\n${minutes.toFixed(1)} minutes`);
    write(rows, browser.version);
  } finally {
    await browser?.close();
    await server.close();
  }
}

function write(rows, version) {
  mkdirSync(RESULTS, {recursive: true});
  writeFileSync(new URL('latest.json', RESULTS), `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
  if (!options.complete) return console.log('Not a complete run: the docs stay as they are.');
  const svg = chart(rows, options.subjects);
  mkdirSync(new URL('images/', DOCS), {recursive: true});
  writeFileSync(new URL('images/bench.svg', DOCS), svg);
  const page = new URL('performance.md', DOCS);
  const about =
    `Chromium ${version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}; ` +
    `medians of ${options.samples} samples.`;
  const between = /(?<=<!-- bench:start -->\n)[^]*(?=<!-- bench:end -->)/;
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, text.replace(between, () => `${markdownReport(rows, options.subjects, about)}\n`));
}

async function runProfile(browser, url) {
  const {subject, measure, n} = options.profile;
  mkdirSync(RESULTS, {recursive: true});
  for (const kinds of [false, true]) {
    const page = Object.assign(await browser.open(url, subject.name), {profiles: [], kinds});
    await measure.sample(page, n, options.quick);
    await page.close();
    for (const [i, profile] of page.profiles.entries()) {
      const name = `${subject.name.replaceAll('/', '-')}-${measure.name}-${n}-${i + 1}`;
      if (kinds) {
        console.log(`${name}: work by kind, ms\n${summarizeKinds(profile)}\n`);
      } else {
        writeFileSync(new URL(`${name}.cpuprofile`, RESULTS), JSON.stringify(profile));
        console.log(`bench/results/${name}.cpuprofile\n${summarize(profile)}\n`);
      }
    }
  }
}

function install() {
  console.log('Installing the lists to compare with …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const {status} = spawnSync(npm, ['ci', '--ignore-scripts'], {cwd, stdio: 'inherit', shell: process.platform === 'win32'});
  if (status !== 0) process.exit(status ?? 1);
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
