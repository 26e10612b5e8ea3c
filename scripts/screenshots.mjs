/**
 * Makes the README's pictures from the demo and its gallery, into `docs/images`: made-up people, a fixed seed and a fixed clock.
 *
 *   npm run screenshots            all
 *   npm run screenshots -- dark    those whose name contains one of the words
 */
/* global document -- of the page */
import {mkdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {GALLERY_PICTURES, takeGalleryPicture} from './gallery-pictures.mjs';
import {openDemo} from './open-demo.mjs';

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));
const NOW = new Date('2026-05-14T15:42:00Z');
/** Bytes. */
const MOST = 160_000;

/** `open`: the place of the conversation that is opened, from 0. */
const PICTURES = [
  {name: 'list-light', query: {theme: 'light', seed: 360}, width: 800, height: 500, open: 3},
  {name: 'list-dark', query: {theme: 'dark', seed: 360}, width: 800, height: 500, open: 3},
  {name: 'list-rtl', query: {theme: 'light', names: 'rtl', dir: 'rtl', seed: 54}, width: 800, height: 500, open: 2},
  {name: 'list-rail', query: {theme: 'light', width: 72, seed: 360}, width: 720, height: 500, open: 3},
  {name: 'list-phone', query: {theme: 'light', seed: 360}, width: 390, height: 640},
];

const words = process.argv.slice(2);
const chosen = [...PICTURES, ...GALLERY_PICTURES].filter(({name}) => words.length === 0 || words.some((word) => name.includes(word)));
mkdirSync(IMAGES, {recursive: true});
const demo = await openDemo();
try {
  for (const picture of chosen) {
    const bytes = await (picture.query === undefined ? takeGallery(picture) : take(picture));
    console.log(`${picture.name}.png, ${Math.round(bytes / 1000)} kB`);
    if (bytes > MOST) throw new Error(`${picture.name}.png is larger than ${MOST / 1000} kB.`);
  }
} finally {
  await demo.close();
}

/** Returns the picture's size in bytes. */
async function takeGallery(picture) {
  const png = await takeGalleryPicture(demo, picture);
  writeFileSync(join(IMAGES, `${picture.name}.png`), png);
  return png.length;
}

/** Returns the picture's size in bytes. */
async function take({name, query, width, height, open}) {
  const context = await demo.browser.newContext({
    viewport: {width, height},
    deviceScaleFactor: 1.5,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    // Not every machine has fonts for more than Latin letters.
    const parameters = new URLSearchParams({size: '120', names: 'latin', latency: '0', ...query});
    await page.goto(`${demo.url}?${parameters}`);
    const rows = page.locator('im-conversation-list .row');
    await rows.first().waitFor();
    if (open !== undefined) {
      await page.locator(`im-conversation-list [aria-rowindex="${open + 1}"]`).click();
      await page.locator('conversation-pane .message').first().waitFor();
      // The caret would blink, and the pointer would mark a row.
      await page.evaluate(() => document.activeElement?.blur());
      await page.mouse.move(width / 2, 1);
    }
    await page.waitForTimeout(200);
    const path = join(IMAGES, `${name}.png`);
    await page.screenshot({path, animations: 'disabled'});
    return statSync(path).size;
  } finally {
    await context.close();
  }
}
