/** Compares pictures with those that are kept, pixel by pixel. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';

const BASELINES = fileURLToPath(new URL('../../test/visual', import.meta.url));
/** Where a picture that differs is put, with what differs in it. */
const DIFFERENCES = fileURLToPath(new URL('../../test/visual/differences', import.meta.url));
/** How far a pixel's colour may be off, from 0 to 1, before it counts. */
const COLOUR = 0.06;
/** As many pixels may differ: none that a person would see, and a changed icon has more. */
const MOST_PIXELS = 4;

/** The smallest that the writer makes of flat colours. */
const SMALL = {deflateLevel: 9, deflateStrategy: 0, filterType: 0, colorType: 2};

/** Where a picture is kept. */
function baseline(mode, group) {
  return join(BASELINES, mode, `${group}.png`);
}

/** Keeps a picture, if it differs from the one that is kept. Returns whether it did. */
export function keep(mode, group, picture) {
  if (compare(mode, group, picture, false) === undefined) return false;
  const path = baseline(mode, group);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, PNG.sync.write(PNG.sync.read(picture), SMALL));
  return true;
}

/**
 * Says how a picture differs from the one that is kept; `undefined` if it does not.
 *
 * @param {boolean} [tell] puts both into `test/visual/differences`, with the difference in red
 * @returns {string | undefined}
 */
export function compare(mode, group, picture, tell = true) {
  const path = baseline(mode, group);
  const now = PNG.sync.read(picture);
  const name = `${mode}/${group}.png`;
  if (!existsSync(path)) return `${name} is not kept yet: npm run visual -- --update`;
  const before = PNG.sync.read(readFileSync(path));
  const {width, height} = before;
  if (width !== now.width || height !== now.height) {
    if (tell) write(mode, group, {now: picture});
    return `${name} is ${now.width} × ${now.height} px, not ${width} × ${height}`;
  }
  const difference = new PNG({width, height});
  const pixels = pixelmatch(before.data, now.data, difference.data, width, height, {threshold: COLOUR, includeAA: true});
  if (pixels <= MOST_PIXELS) return undefined;
  if (tell) write(mode, group, {now: picture, difference: PNG.sync.write(difference)});
  return `${name} differs in ${pixels} pixels${tell ? '; see test/visual/differences' : ''}`;
}

function write(mode, group, pictures) {
  mkdirSync(DIFFERENCES, {recursive: true});
  for (const [kind, data] of Object.entries(pictures)) writeFileSync(join(DIFFERENCES, `${mode}-${group}-${kind}.png`), data);
}
