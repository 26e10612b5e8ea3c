/** So that all rows are in view. */
const ROWS = 12;

/**
 * Whether the lists show the same words in the same order, before and after changes: a comparison of lists that
 * show different things would be worth nothing.
 *
 * @throws {Error} what differs
 */
export async function checkRows(subjects, browser, url) {
  const now = Date.now();
  const seen = [];
  for (const {name} of subjects.filter(({checked}) => checked)) {
    const page = await browser.open(url, name);
    await page.call('load', 1000, now);
    await page.call('prepare');
    await page.step('mount', 6);
    const first = await page.call('shown', ROWS);
    await page.call('ready', 7, 'middle');
    await page.call('deliver', 7);
    const second = await page.call('shown', ROWS);
    await page.close();
    seen.push({name, rows: JSON.stringify([...first, ...second], undefined, 1)});
  }
  for (const {name, rows} of seen) {
    if (rows === seen[0].rows) continue;
    const mine = rows.split('\n');
    const line = seen[0].rows.split('\n').findIndex((text, i) => text !== mine[i]);
    throw new Error(`${name} shows ${mine[line]}\nwhere ${seen[0].name} shows ${seen[0].rows.split('\n')[line]}`);
  }
}
