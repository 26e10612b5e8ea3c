/**
 * Everything that must hold besides the tests, in order of price; stops at the first failure.
 *
 *   npm run check                all
 *   npm run check -- lint size   those whose name contains one of the words
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {EXAMPLES} from './examples.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache');
const WINDOWS = process.platform === 'win32';
const env = {...process.env, PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)};

const checks = [
  ['lock file', lockFile],
  ['machine paths', machinePaths],
  ['lint', command('eslint', '.', '--max-warnings', '0')],
  ['types of src', command('tsc', '-p', 'tsconfig.json', '--noEmit')],
  ['types of test and demo', command('tsc', '-p', 'tsconfig.test.json')],
  ['templates', command('lit-analyzer', 'src/**/*.ts', '--strict', '--quiet')],
  ['manifest', manifest],
  ['build', command('node', 'scripts/build.mjs')],
  ['exports', command('node', 'scripts/check-exports.mjs')],
  ['publint', command('publint', '--strict')],
  ['attw', attw],
  ['size', command('size-limit')],
  ['packed files', packedFiles],
  ['release', command('node', 'scripts/check-release.mjs')],
];

const words = process.argv.slice(2);
const chosen = checks.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
const done = [];
for (const [name, check] of chosen) {
  console.log(`\n▶ ${name}`);
  const start = performance.now();
  const problems = check();
  problems.forEach((problem) => console.error(problem));
  done.push(`${problems.length > 0 ? '✖' : '✔'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (problems.length > 0) {
    process.exitCode = 1;
    break;
  }
}

console.log(`\n${done.join('\n')}`);
const left = chosen.slice(done.length).map(([name]) => name);
if (left.length > 0) console.log(`Not run: ${left.join(', ')}`);
if (chosen.length === 0) {
  console.error(`No check is called ${words.join(' or ')}.`);
  process.exitCode = 1;
}

/** A check that runs a program and shows what it says. */
function command(name, ...args) {
  return () => {
    const {status, error} = run(name, args, {stdio: 'inherit'});
    return status === 0 ? [] : [`${name} ended with ${error?.message ?? status}`];
  };
}

/** Whether types resolve for every export. It leaves out patterns, so the modules behind them are named. */
function attw() {
  const hidden = /^(?:sources\/memory-|\w+\/[^/]+\/|locales\/(?:load-locale|merge-strings)\.js$)/;
  const modules = ['sources', 'testing', 'types', 'locales'].flatMap((folder) => {
    const names = readdirSync(join(ROOT, 'dist', folder), {recursive: true, encoding: 'utf8'});
    const modules = names.filter((name) => name.endsWith('.js')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
    return modules.filter((module) => !hidden.test(module));
  });
  const excluded = ['sources/*.js', 'sources/memory-*.js', 'sources/*/*', 'testing/*.js', 'testing/conformance/*'];
  // Styles have no types.
  excluded.push('themes/*.css');
  excluded.push('types/*.js', 'locales/*.js', 'locales/load-locale.js', 'locales/merge-strings.js');
  const args = ['--pack', '.', '--profile', 'esm-only', '--format', 'table-flipped'];
  args.push('--include-entrypoints', ...modules, '--exclude-entrypoints', ...excluded);
  const {status, stdout, stderr} = run('attw', args);
  // A table of every export is worth reading only if something is wrong with one.
  return status === 0 ? [] : [`${stdout}${stderr}`];
}

function run(name, args, options) {
  return spawnSync(name, args, {cwd: ROOT, env, encoding: 'utf8', maxBuffer: 2 ** 26, shell: WINDOWS, ...options});
}

/** A lock file that names no server installs from whichever registry the machine is set to. */
function lockFile() {
  const files = ['package-lock.json', 'docs/package-lock.json', ...EXAMPLES.map((name) => `examples/${name}/package-lock.json`)];
  return files.flatMap((file) => {
    const {packages} = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    const named = ({resolved, link}) => resolved !== undefined && !link && !resolved.startsWith('file:');
    const resolved = Object.keys(packages).filter((path) => named(packages[path]));
    return resolved.map((path) => `${file}: ${path} has "resolved"`);
  });
}

/** Paths that mean something only on the machine where they were written. */
function machinePaths() {
  const absolute = /(?<![\w.~@/-])(?:\/(?:work|tmp|root|home\/\w+|Users\/\w+)\/|[A-Z]:\\Users\\)/;
  const {status, stdout} = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {shell: false});
  if (status !== 0) return ['git does not list the files of this checkout'];
  const text = /\.(?:[cm]?[jt]s|json|md|html|css|ya?ml|sh|txt)$|(?:^|\/)\.[\w-]+$|^\.ci\//;
  return stdout
    .split('\0')
    .filter((file) => text.test(file))
    .flatMap((file) => {
      const lines = readText(file).split('\n');
      return lines.flatMap((line, i) => (absolute.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : []));
    });
}

/** A tracked file may be gone from the checkout. */
function readText(file) {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return '';
  }
}

/** The committed manifest is what the analyzer writes now. */
function manifest() {
  mkdirSync(CACHE, {recursive: true});
  const folder = mkdtempSync(join(CACHE, 'manifest-'));
  try {
    // The analyzer takes the folder relative to the one it runs in.
    const outdir = folder.slice(ROOT.length);
    const args = ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet', '--outdir', outdir];
    const {status, stdout, stderr} = run('cem', args);
    if (status !== 0) return [`${stdout}${stderr}`];
    const same = readText('custom-elements.json') === readFileSync(join(folder, 'custom-elements.json'), 'utf8');
    return same ? [] : ['custom-elements.json is out of date: npm run analyze'];
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** The package holds what `files` names, all of it, and nothing else. */
function packedFiles() {
  const {status, stdout, stderr} = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  if (status !== 0) return [stderr];
  const packed = JSON.parse(stdout)[0].files.map(({path}) => path);
  const {files} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const covers = (entry, path) => path === entry || path.startsWith(`${entry}/`);
  const always = /^(?:package\.json|README\.md|LICENSE)$/;
  const extra = packed.filter((path) => !always.test(path) && !files.some((entry) => covers(entry, path)));
  const missing = [...files, 'README.md', 'LICENSE'].filter((entry) => !packed.some((path) => covers(entry, path)));
  console.log(`${packed.length} files`);
  return [
    ...extra.map((path) => `${path} is packed, but "files" does not name it`),
    ...missing.map((entry) => `${entry} is not packed: it does not exist`),
  ];
}
