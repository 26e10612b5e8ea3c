/** Installs the packed package into the apps of `examples`. */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'examples');
const OPTIONS = {encoding: 'utf8', shell: process.platform === 'win32'};

/**
 * Packs what stands in `dist`.
 *
 * @returns {string} the path of the package
 */
export function packPackage() {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', FOLDER];
  const {status, stdout, stderr} = spawnSync('npm', args, {...OPTIONS, cwd: ROOT});
  if (status !== 0) throw new Error(stderr);
  const tarball = join(FOLDER, 'im-conversation-list.tgz');
  renameSync(join(FOLDER, JSON.parse(stdout)[0].filename), tarball);
  return tarball;
}

/**
 * Everything else as the lock file says, and only if that has changed; the package itself always as it was just packed.
 *
 * @param {string} name of the app's folder
 * @param {string} tarball
 * @returns {string | undefined} what is wrong
 */
export function installExample(name, tarball) {
  const app = join(FOLDER, name);
  const {dependencies} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const {packages} = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8'));
  const locked = JSON.stringify(packages['node_modules/im-conversation-list']?.dependencies);
  if (locked !== JSON.stringify(dependencies)) return 'its package-lock.json has other dependencies than the package';
  const modules = join(app, 'node_modules');
  const stamp = join(modules, '.installed');
  const lock = createHash('sha256').update(readFileSync(join(app, 'package-lock.json'))).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    const {status, stderr} = spawnSync('npm', args, {...OPTIONS, cwd: app});
    if (status !== 0) return stderr;
    writeFileSync(stamp, lock);
  }
  const own = join(modules, 'im-conversation-list');
  rmSync(own, {recursive: true, force: true});
  mkdirSync(own, {recursive: true});
  const {status, stderr} = spawnSync('tar', ['-xzf', tarball, '-C', own, '--strip-components', '1'], {encoding: 'utf8'});
  return status === 0 ? undefined : stderr;
}
