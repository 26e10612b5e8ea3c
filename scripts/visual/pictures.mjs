/** Takes pictures of the gallery: always the same browser, font, clock, data and size, so that only a change differs. */
/* global document, requestAnimationFrame -- of the page */
import {openDemo} from '../open-demo.mjs';
import {bundledFont} from './bundled-font.mjs';

const NOW = new Date('2026-05-14T15:42:00Z');

/** In which looks every group of the gallery is taken. */
export const MODES = {
  light: {query: 'scheme=light'},
  dark: {query: 'scheme=dark'},
  forced: {query: '', forcedColors: 'active'},
  rtl: {query: 'scheme=light&dir=rtl'},
  rail: {query: 'scheme=light&width=80'},
};

/** The groups of the gallery, by the ids of their sections; `touched` has a row under the pointer and one with focus. */
export const GROUPS = [
  ...['avatars', 'people', 'messages', 'life', 'drafts', 'unread', 'flags', 'template', 'states'],
  'touched',
];

/**
 * Opens the gallery in Chromium as npm brought it, with the font that comes along.
 *
 * @returns {Promise<import('../open-demo.mjs').OpenDemo>}
 */
export async function openGallery() {
  process.env['NPM_CHROMIUM'] = '1';
  return openDemo({browserEnv: await bundledFont()});
}

/**
 * Opens the gallery in a look and waits until all of it is drawn.
 *
 * @param {import('../open-demo.mjs').OpenDemo} demo
 * @param {{query?: string, forcedColors?: 'active' | 'none', scale?: number, width?: number}} look
 */
export async function openLook(demo, {query = '', forcedColors = 'none', scale = 1, width = 1280}) {
  const context = await demo.browser.newContext({
    // So high that every list is in view: those out of sight load nothing.
    viewport: {width, height: 5000},
    deviceScaleFactor: scale,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    forcedColors,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(`${demo.url}gallery.html?${query}`);
  await page.waitForFunction(() => {
    const state = (name, list) => list.matches(`:state(${name})`);
    const lists = [...document.querySelectorAll('im-conversation-list')];
    const images = lists.flatMap((list) => [...list.shadowRoot.querySelectorAll('.row:not([hidden]) img')]);
    return (
      lists.length > 15 &&
      lists.every((list) => list.dataset.state === 'loading' || !state('loading', list)) &&
      state('paused', document.querySelector('[data-state="paused"]')) &&
      state('page-failed', document.querySelector('[data-state="page-failed"]')) &&
      document.querySelector('#template im-conversation-list').shadowRoot.querySelector('[part="card"]') !== null &&
      images.length > 0 &&
      // One that is not displayed is not loaded either.
      images.every((image) => image.complete || !image.checkVisibility())
    );
  });
  await settle(page);
  return page;
}

/** Two frames, and what follows from them. */
export async function settle(page) {
  for (let i = 0; i < 2; i++) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/**
 * Takes a group.
 *
 * @returns {Promise<Buffer>} a PNG
 */
export async function takeGroup(page, group) {
  if (group === 'touched') return takeTouched(page);
  return page.locator(`section#${group}`).screenshot({animations: 'disabled', caret: 'hide'});
}

/** The last group: a pointer and a focus stay on it. */
async function takeTouched(page) {
  const section = page.locator('section#unread');
  const rows = section.locator('im-conversation-list .row:not([hidden])');
  await section.locator('im-conversation-list').evaluate((list) => list.focus());
  await page.keyboard.press('ArrowUp');
  await rows.nth(1).hover();
  await settle(page);
  return section.screenshot({animations: 'disabled', caret: 'hide'});
}
