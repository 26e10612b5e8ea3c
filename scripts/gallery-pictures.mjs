/** The README's pictures of the gallery: some groups of it side by side, in one look each. */
import {PNG} from 'pngjs';
import {openLook, settle, takeGroup} from './visual/pictures.mjs';

const SMALL = {deflateLevel: 9, deflateStrategy: 0, filterType: 0, colorType: 2};
const ROWS = ['people', 'life', 'unread'];

/** `groups`: the sections that are shown; `schemes`: a list for each, side by side. */
export const GALLERY_PICTURES = [
  {name: 'gallery-light', look: {query: 'scheme=light'}, groups: ROWS},
  {name: 'gallery-dark', look: {query: 'scheme=dark'}, groups: ROWS},
  {name: 'gallery-more', look: {query: 'scheme=light'}, groups: ['avatars', 'drafts', 'flags']},
  {name: 'gallery-messages', look: {query: 'scheme=light'}, groups: ['messages']},
  {name: 'gallery-rtl', look: {query: 'scheme=light&dir=rtl&lang=ar'}, groups: ROWS},
  {name: 'gallery-forced', look: {forcedColors: 'active'}, groups: ROWS},
  {name: 'gallery-rail', look: {query: 'scheme=light&width=80'}, groups: ['avatars', 'people', 'unread']},
  {name: 'gallery-states', look: {query: 'scheme=light', width: 1240}, groups: ['states']},
  ...['neutral', 'sky', 'ink', 'leaf'].map((theme) => ({name: `gallery-theme-${theme}`, theme})),
];

/** Takes one of them. Returns a PNG. */
export async function takeGalleryPicture(demo, {look, groups, theme}) {
  if (theme !== undefined) return takeTheme(demo, theme);
  const page = await openLook(demo, {width: 1860, ...look});
  await page.locator('section.group').evaluateAll((sections, shown) => {
    for (const section of sections) section.hidden = !shown.includes(section.id);
  }, groups);
  await settle(page);
  const boxes = await Promise.all(groups.map((group) => page.locator(`section#${group}`).boundingBox()));
  const edges = {left: Infinity, top: Infinity, right: 0, bottom: 0};
  for (const {x, y, width, height} of boxes) {
    edges.left = Math.min(edges.left, Math.floor(x));
    edges.top = Math.min(edges.top, Math.floor(y));
    edges.right = Math.max(edges.right, Math.ceil(x + width));
    edges.bottom = Math.max(edges.bottom, Math.ceil(y + height));
  }
  const clip = {x: edges.left, y: edges.top, width: edges.right - edges.left, height: edges.bottom - edges.top};
  const picture = await page.screenshot({clip, animations: 'disabled'});
  await page.context().close();
  return small(PNG.sync.read(picture));
}

/** A theme, light and dark side by side, with a row under the pointer and one with focus. */
async function takeTheme(demo, theme) {
  const pictures = [];
  for (const scheme of ['light', 'dark']) {
    const page = await openLook(demo, {query: `theme=${theme}&scheme=${scheme}`});
    await takeGroup(page, 'touched');
    pictures.push(PNG.sync.read(await page.locator('section#unread .box').screenshot({animations: 'disabled'})));
    await page.context().close();
  }
  const [light, dark] = pictures;
  const both = new PNG({width: light.width + dark.width, height: light.height});
  PNG.bitblt(light, both, 0, 0, light.width, light.height, 0, 0);
  PNG.bitblt(dark, both, 0, 0, dark.width, light.height, light.width, 0);
  return small(both);
}

function small(picture) {
  return PNG.sync.write(picture, SMALL);
}
