/**
 * What must be right before a release, checked without one: the files that would be published and their size, that a
 * second build gives the same bytes, what the package is made of, and that its origin would be stated.
 *
 * Takes `dist` as it was built last for the first of the two builds.
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readSbom} from './sbom.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WINDOWS = process.platform === 'win32';
/** Bytes, a little above what there is: what comes in by mistake is found. */
const LIMITS = {size: 1_750_000, unpackedSize: 7_200_000};
/** Licences that ask for no more than their text. */
const LICENCES = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);
const NEEDED = [
  ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'custom-elements.json', 'src/index.ts'],
  ...['dist/index.js', 'dist/index.d.ts', 'dist/define.js', 'dist/im-conversation-list.min.js', 'dist/web-types.json'],
  ...['dist/vscode.html-custom-data.json', 'dist/vscode.css-custom-data.json'],
  ...['react', 'preact', 'solid', 'vue', 'svelte'].map((name) => `dist/types/${name}.d.ts`),
];
const PUBLISHED = /^(?:dist|src)\/|^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|custom-elements\.json)$/;

const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const problems = [...publication(), ...parts(), ...origin(), ...sameBytes()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** What `npm publish` would send. */
function publication() {
  const {id, files, size, unpackedSize} = published();
  console.log(`${id}: ${files.length} files, ${(size / 1e6).toFixed(2)} MB packed, ${(unpackedSize / 1e6).toFixed(2)} MB unpacked`);
  const paths = new Set(files.map(({path}) => path));
  return [
    ...NEEDED.filter((path) => !paths.has(path)).map((path) => `${path} would not be published`),
    ...[...paths].filter((path) => !PUBLISHED.test(path)).map((path) => `${path} would be published`),
    ...[...paths].filter((path) => /\.test\.|\.tsbuildinfo$/.test(path)).map((path) => `${path} would be published`),
    ...(size > LIMITS.size ? [`${size} bytes packed; at most ${LIMITS.size}`] : []),
    ...(unpackedSize > LIMITS.unpackedSize ? [`${unpackedSize} bytes unpacked; at most ${LIMITS.unpackedSize}`] : []),
  ];
}

/** Older versions of npm give the package itself, newer ones by its name. */
function published() {
  const answer = JSON.parse(npm('publish', '--dry-run', '--json', '--ignore-scripts'));
  return answer[own.name] ?? answer;
}

/** The list of parts (SBOM) names what the package depends on, and nothing that only its makers need. */
function parts() {
  const {components} = readSbom();
  console.log(`Made of ${components.map(({name, version}) => `${name} ${version}`).join(', ')}`);
  const names = new Set(components.map(({name}) => name));
  const licencesOf = ({licenses = []}) => licenses.map(({license, expression}) => license?.id ?? expression);
  return [
    ...Object.keys(own.dependencies).filter((name) => !names.has(name)).map((name) => `${name} is missing in the SBOM`),
    ...Object.keys(own.devDependencies).filter((name) => names.has(name)).map((name) => `${name} is in the SBOM`),
    ...components
      .filter((component) => !licencesOf(component).some((licence) => LICENCES.has(licence)))
      .map((component) => `${component.name} has the licence ${licencesOf(component).join(', ') || 'unknown'}`),
  ];
}

/** The workflow may state where the package comes from, and does. */
function origin() {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');
  const wanted = {'id-token: write': /^\s+id-token: write$/m, 'npm publish --provenance': /run: npm publish .*--provenance/};
  const missing = Object.keys(wanted).filter((name) => !wanted[name].test(workflow));
  return [
    ...missing.map((name) => `The release workflow has no "${name}"`),
    ...(own.publishConfig?.provenance === true ? [] : ['publishConfig.provenance is not true']),
  ];
}

function sameBytes() {
  const first = hashes();
  const {status} = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], {cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit']});
  if (status !== 0) return ['the second build failed'];
  const second = hashes();
  const names = new Set([...first.keys(), ...second.keys()]);
  console.log(`Two builds: ${names.size} files`);
  return [...names].filter((name) => first.get(name) !== second.get(name)).map((name) => `dist/${name} differs between two builds`);
}

function hashes() {
  const dist = join(ROOT, 'dist');
  const names = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter((name) => statSync(join(dist, name)).isFile());
  return new Map(names.map((name) => [name, createHash('sha256').update(readFileSync(join(dist, name))).digest('hex')]));
}

function npm(...args) {
  const {status, stdout, stderr} = spawnSync('npm', args, {cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26, shell: WINDOWS});
  if (status === 0) return stdout;
  console.error(stderr);
  process.exit(1);
}
