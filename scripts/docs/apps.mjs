/** Code in a framework's own language: compiled and type-checked by that framework, with what its example has installed. */
import {spawn} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {installExample, packPackage} from '../install-examples.mjs';
import {ROOT} from './blocks.mjs';
import {UNSAID} from './code.mjs';

/** What checks the types of each framework's files: a program, and its arguments before the configuration's path. */
const CHECKERS = {
  react: ['tsc', '-p'],
  preact: ['tsc', '-p'],
  solid: ['tsc', '-p'],
  vue: ['vue-tsc', '-p'],
  svelte: ['svelte-check', '--output', 'machine', '--tsconfig'],
  angular: ['ngc', '--noEmit', '-p'],
};
const OF_LANGUAGE = {vue: 'vue', svelte: 'svelte'};

/**
 * @param {import('./blocks.mjs').Block} block
 * @returns {string | undefined} the framework that it is for, by its language or the nearest heading that names one
 */
export function frameworkOf({lang, headings}) {
  const named = headings.map((heading) => Object.keys(CHECKERS).find((name) => new RegExp(`\\b${name}\\b`, 'i').test(heading)));
  return OF_LANGUAGE[lang] ?? named.findLast(Boolean) ?? (/^[jt]sx$/.test(lang) ? 'react' : undefined);
}

/**
 * @param {import('./blocks.mjs').Block[]} blocks each for a framework; those of one section are files of one app
 */
export async function checkApps(blocks) {
  if (blocks.length === 0) return;
  const tarball = packPackage();
  for (const [framework, checker] of Object.entries(CHECKERS)) {
    const own = blocks.filter((block) => frameworkOf(block) === framework);
    if (own.length === 0) continue;
    const problem = installExample(framework, tarball) ?? (await checkApp(framework, checker, own));
    if (problem) own[0].problems.push({line: own[0].line, message: problem});
  }
}

/** @returns {Promise<string | undefined>} what it says, if it fails and names no file */
async function checkApp(framework, [program, ...args], blocks) {
  const app = join(ROOT, 'examples', framework);
  // Beside what is installed, so that imports lead there.
  const folder = join(app, 'docs-blocks');
  const byFile = new Map(blocks.map((block) => [fileOf(block), block]));
  rmSync(folder, {recursive: true, force: true});
  try {
    for (const [file, block] of byFile) {
      mkdirSync(dirname(join(folder, file)), {recursive: true});
      // Each line has the number that it has on the page.
      writeFileSync(join(folder, file), '\n'.repeat(block.line) + block.code);
    }
    const compilerOptions = {allowJs: true, checkJs: true};
    const config = {extends: '../tsconfig.json', compilerOptions, files: [], include: ['.']};
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const {status, said} = await run(join(app, 'node_modules/.bin', program), [...args, join(folder, 'tsconfig.json')], app);
    const errors = errorsIn(said).map((error) => ({...error, block: byFile.get(relative(folder, join(app, error.file)))}));
    for (const {block, file, line, code, message} of errors) {
      if (block === undefined || (/\.jsx?$/.test(file) && UNSAID.has(code))) continue;
      block.problems.push({line, message});
    }
    return status === 0 || errors.length > 0 ? undefined : said;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** A section's files stand together; a block without a name is a module of its own. */
function fileOf({page, line, lang, file, headings}) {
  const section = `${page}-${headings.slice(0, 2).join('-')}`.replace(/\W+/g, '-');
  return join(section, file ?? `block-${line}.${lang}`);
}

/** Of tsc and vue-tsc `file(1,2): error TS3: …`, of ngc `file:1:2 - error TS3: …`, of svelte-check `0 ERROR "file" 1:2 "…"`. */
function errorsIn(said) {
  const pattern = /^(?:(?<a>\S.*?)[(:](?<b>\d+)[,:]\d+\)?(?::| -) error TS(?<code>\d+): (?<c>.*)|\d+ (?:ERROR|WARNING) "(?<d>.*?)" (?<e>\d+):\d+ "(?<f>.*)")$/gm;
  return [...said.matchAll(pattern)].map(({groups: {a, b, code, c, d, e, f}}) => ({
    file: a ?? d,
    line: Number(b ?? e),
    code: Number(code),
    message: c ?? f,
  }));
}

function run(program, args, cwd) {
  const child = spawn(program, args, {cwd, shell: process.platform === 'win32'});
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += stripVTControlCharacters(text)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({status, said}));
  });
}
