/**
 * Finds a Chromium for the browser tests, so that `npm test` runs on a fresh machine.
 *
 * In this order: `CHROME_PATH`; an installed Chrome, Chromium or Edge; the copy that npm brought
 * (`@sparticuz/chromium`, Linux on x64 only). `NPM_CHROMIUM=1` skips the first two.
 */
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {delimiter, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));

/**
 * For a browser that sees nothing but the pages of this checkout: root and containers without user
 * namespaces have no sandbox to offer, and no test may depend on the network.
 */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {Record<string, string>} env what the browser must be started with
 * @property {string} source where it comes from, for people to read
 */

/** @returns {Promise<Chromium>} rejects when there is none */
export async function findChromium() {
  const forceNpm = process.env['NPM_CHROMIUM'] === '1';
  const found = (!forceNpm && (fromEnvironment() ?? installed())) || (await fromNpm());
  if (found) return found;
  throw new Error('No Chromium found: install Chrome, Chromium or Edge, or set CHROME_PATH.');
}

function fromEnvironment() {
  const executablePath = process.env['CHROME_PATH'];
  return executablePath ? {executablePath, env: {...process.env}, source: 'CHROME_PATH'} : undefined;
}

function installed() {
  // On Windows `--version` opens a window instead of answering, so there the file has to do.
  const usable = (path) => existsSync(path) && (process.platform === 'win32' || runs(path, process.env));
  const executablePath = candidates().find(usable);
  return executablePath ? {executablePath, env: {...process.env}, source: 'installed'} : undefined;
}

/** Where the browsers' installers put them. */
function candidates() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return programs.flatMap((program) => roots.filter(Boolean).map((root) => join(root, program)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin']);
  return names.flatMap((name) => [...folders].filter(Boolean).map((folder) => join(folder, name)));
}

function runs(executablePath, env) {
  return spawnSync(executablePath, ['--version'], {env, timeout: 30_000}).status === 0;
}

async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = await unpack();
  const executablePath = join(folder, 'chromium');
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  // The machine's own NSS first, if it has one: it fits its C library.
  const env = [{...process.env}, {...process.env, LD_LIBRARY_PATH: libraries}].find((e) => runs(executablePath, e));
  if (env === undefined) throw new Error(`The Chromium in ${folder} does not start; set CHROME_PATH to one that does.`);
  // Without a font, text is 0 pixels high and a virtual list draws every row.
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_FILE'] = join(folder, 'fonts', 'fonts.conf');
  return {executablePath, env, source: 'npm'};
}

/**
 * Unpacks the npm package once per version.
 *
 * Its own `executablePath()` unpacks into the system's temporary folder, gives a half-written file to the
 * second of two processes, and leaves the libraries out; hence a private folder and a rename.
 */
async function unpack() {
  const pkg = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const {version} = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  mkdirSync(CACHE, {recursive: true});
  const staging = mkdtempSync(join(CACHE, 'unpack-'));
  try {
    const {inflate} = await import('@sparticuz/chromium');
    await inTemporaryFolder(staging, () =>
      Promise.all(
        ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'].map((name) =>
          inflate(join(pkg, 'bin', name)),
        ),
      ),
    );
    writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontsConf(folder));
    // Readable by whoever runs the tests next, not only by whoever unpacked.
    for (const path of [staging, join(staging, 'chromium')]) chmodSync(path, 0o755);
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, {recursive: true, force: true});
    // Another process was faster: its folder is as good.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** `inflate()` writes into `os.tmpdir()` and takes no other folder. */
async function inTemporaryFolder(folder, action) {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await action();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** The package's own file names a folder that is not ours. */
function fontsConf(folder) {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${folder}/fonts</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${folder}/fonts-cache</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}
