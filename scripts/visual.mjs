/**
 * Compares the gallery, in every look, with the pictures that are kept in `test/visual`.
 *
 *   npm run visual                   all; what differs is in test/visual/differences
 *   npm run visual -- dark states    pictures whose name contains all of the words
 *   npm run visual -- --update       keeps what is seen now; look at it before you commit
 */
import {compare, keep} from './visual/compare.mjs';
import {GROUPS, MODES, openGallery, openLook, takeGroup} from './visual/pictures.mjs';

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const update = process.argv.includes('--update');
const chosen = (mode, group) => words.every((word) => `${mode}/${group}`.includes(word));

let looked = 0;
let changed = 0;
const demo = await openGallery();
try {
  for (const [mode, look] of Object.entries(MODES)) {
    const groups = GROUPS.filter((group) => chosen(mode, group));
    if (groups.length === 0) continue;
    const page = await openLook(demo, look);
    for (const group of groups) {
      const picture = await takeGroup(page, group);
      looked++;
      const difference = update ? keep(mode, group, picture) && `${mode}/${group}.png is new` : compare(mode, group, picture);
      if (!difference) continue;
      changed++;
      console.log(difference);
    }
    await page.context().close();
  }
} finally {
  await demo.close();
}
console.log(`${looked} pictures, ${changed} ${update ? 'written' : 'differ'}`);
if (looked === 0 || (changed > 0 && !update)) process.exitCode = 1;
