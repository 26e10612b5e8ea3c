import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import type {OpenDemo} from '../../scripts/open-demo.mjs';
import {compare} from '../../scripts/visual/compare.mjs';
import {GROUPS, MODES, openGallery, openLook, takeGroup} from '../../scripts/visual/pictures.mjs';

/** The pictures are of one build of one browser, which npm brings for this platform only. */
const skip = process.platform === 'linux' && process.arch === 'x64' ? false : 'Chromium comes with npm for Linux on x64 only';

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Fault {
  readonly id: string;
  readonly nodes: readonly {readonly target: unknown; readonly failureSummary?: string}[];
}

describe('the gallery', {skip}, () => {
  let demo: OpenDemo;
  before(async () => {
    demo = await openGallery();
  });
  after(async () => demo?.close());

  for (const [mode, look] of Object.entries(MODES)) {
    describe(mode, () => {
      let page: Page;
      before(async () => {
        page = await openLook(demo, look);
      });
      after(async () => page?.context().close());

      it('has no fault that axe finds', {timeout: 60_000}, async () => {
        assert.deepEqual(await faults(page), []);
      });

      for (const group of GROUPS) {
        it(`looks as it did: ${group}`, async () => {
          assert.equal(compare(mode, group, await takeGroup(page, group)), undefined);
        });
      }
    });
  }

  for (const theme of ['neutral', 'sky', 'ink', 'leaf']) {
    for (const scheme of ['light', 'dark']) {
      it(`has no fault that axe finds: theme ${theme}, ${scheme}`, {timeout: 60_000}, async () => {
        const page = await openLook(demo, {query: `theme=${theme}&scheme=${scheme}`});
        assert.deepEqual(await faults(page), []);
        await page.context().close();
      });
    }
  }
});

/** What axe finds. By the debugger: the page's own policy lets no script in. */
async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Fault[]>('axe.run().then(({violations}) => violations)');
  return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${id} ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}
