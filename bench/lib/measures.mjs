const SIZES = [1000, 10_000, 100_000, 1_000_000];
/** Frames after a mount that count as its cost. */
const MOUNT_FRAMES = 3;
/** Conversations a slice, when a million are taken in. */
const SLICE = 5000;
/** What is typed, keystroke by keystroke. */
const KEYSTROKES = ['e', 'ev', 'eve', 'even', 'eve', 'ma', 'mar', 'mari', 'maria g', 'x', 'xq', 'xqz'];

/**
 * What is measured. Each measure takes a fresh page for each sample and gives one or several values, by name.
 *
 * @typedef {object} Measure
 * @property {string} name
 * @property {number[]} sizes how many conversations
 * @property {number[]} quick the sizes of a quick run; none: left out
 * @property {string[]} [subjects] only these; absent: all
 * @property {number} [samples] at most so many: what hardly varies
 * @property {(page: import('./page.mjs').Page, n: number, quick: boolean) => Promise<Record<string, number>>} sample
 */

/**
 * The values that measures give. `net`: what the empty page takes is taken off.
 *
 * @type {Record<string, {title: string, unit: string, digits: number, net?: boolean}>}
 */
export const VALUES = {
  mount: {title: 'Mount to first rows', unit: 'ms', digits: 1, net: true},
  'mount-after': {title: 'Work left over to the 400 ms after it', unit: 'ms', digits: 1, net: true},
  'mount-again': {title: 'Mount again, later on the same page', unit: 'ms', digits: 1, net: true},
  'mount-wall': {title: 'Mount to first rows, by the clock', unit: 'ms', digits: 0},
  'mount-growth': {title: 'Growth of mount from 1,000 to 1,000,000', unit: '×', digits: 2},
  change: {title: 'One live change that jumps to the top', unit: 'ms', digits: 2, net: true},
  'change-still': {title: 'The same, with reduced motion', unit: 'ms', digits: 2, net: true},
  batch: {title: '1,000 changes one by one in one task', unit: 'ms', digits: 1, net: true},
  'batch-renders': {title: 'Renders for them', unit: 'renders', digits: 0},
  'frame-200': {title: '200 changes/s: frame p95', unit: 'ms', digits: 2, net: true},
  'frame-5000': {title: '5,000 changes/s: frame p95', unit: 'ms', digits: 2, net: true},
  'interval-200': {title: '200 changes/s: p95 between frames', unit: 'ms', digits: 1},
  'interval-5000': {title: '5,000 changes/s: p95 between frames', unit: 'ms', digits: 1},
  'scroll-120': {title: 'Scroll 120 px a frame: each frame', unit: 'ms', digits: 2, net: true},
  'scroll-3000': {title: 'Scroll 3,000 px a frame: each frame', unit: 'ms', digits: 2, net: true},
  'blank-120': {title: 'Blank frames at 120 px a frame', unit: 'frames', digits: 0},
  'blank-3000': {title: 'Blank frames at 3,000 px a frame', unit: 'frames', digits: 0},
  heap: {title: 'Heap beyond the data', unit: 'bytes each', digits: 0, net: true},
  nodes: {title: 'More DOM nodes after scrolling 10,000 rows', unit: 'nodes', digits: 0},
  ingest: {title: `Ingest in slices of ${SLICE.toLocaleString('en')}`, unit: 'ms', digits: 0, net: true},
  'search-first': {title: 'Search: longest task of the first keystroke, nothing kept', unit: 'ms', digits: 1},
  'search-longest': {title: 'Search: longest task of any later keystroke', unit: 'ms', digits: 1},
  'search-answer': {title: 'Search: a keystroke until all is found', unit: 'ms', digits: 0},
  'ingest-longest': {title: 'Longest task of the ingest', unit: 'ms', digits: 1},
};

/** @type {Measure[]} */
export const MEASURES = [
  {
    name: 'mount',
    sizes: SIZES,
    quick: [10_000],
    async sample(page, n, quick) {
      await ready(page, n, quick);
      const {ms, result} = await page.time('mount', MOUNT_FRAMES);
      const after = quick ? undefined : await page.time('wait', 400);
      await page.call('unmount');
      const again = await page.time('mount', MOUNT_FRAMES);
      return {mount: ms, 'mount-wall': result, ...(after && {'mount-after': after.ms}), 'mount-again': again.ms};
    },
  },
  {name: 'change', sizes: SIZES, quick: [10_000], sample: change('change')},
  {
    name: 'change-still',
    sizes: [100_000],
    quick: [],
    subjects: ['ours', 'raw', 'react-virtuoso'],
    async sample(page, n, quick) {
      await page.reduceMotion();
      return change('change-still')(page, n, quick);
    },
  },
  {
    name: 'batch',
    sizes: [1000, 100_000],
    quick: [1000],
    async sample(page, n, quick) {
      await shown(page, n, quick);
      await page.call('ready', quick ? 1000 : 2000, 'each');
      await page.step('deliver', 1000);
      const count = quick ? 2 : 5;
      await page.call('ready', count * 1000, 'each');
      const {ms, result} = await page.time('deliver', 1000);
      return {batch: ms / count, 'batch-renders': result / count};
    },
  },
  traffic(200),
  traffic(5000),
  scroll(120, []),
  scroll(3000, [10_000]),
  {
    name: 'heap',
    samples: 3,
    sizes: [1_000_000],
    quick: [],
    async sample(page, n) {
      await page.call('load', n);
      await page.call('settle');
      const before = await page.heap();
      await page.call('prepare');
      await page.step('mount', MOUNT_FRAMES);
      await page.call('settle');
      return {heap: ((await page.heap()) - before) / n};
    },
  },
  {
    name: 'nodes',
    samples: 3,
    sizes: [10_000],
    quick: [],
    async sample(page, n, quick) {
      await shown(page, n, quick);
      // Away from the top, where as many rows are drawn as anywhere.
      await page.call('scroll', 3000, 4);
      await page.call('settle');
      const before = await page.nodes();
      await page.time('tour', 3000, 12_000);
      return {nodes: (await page.nodes()) - before};
    },
  },
  {
    name: 'search',
    sizes: [100_000],
    quick: [],
    subjects: ['ours'],
    async sample(page, n, quick) {
      await shown(page, n, quick);
      // Typed, grown, and typed over: what many, few and no conversations have.
      const longest = [];
      let spent = 0;
      for (const query of KEYSTROKES) {
        const start = performance.now();
        const {tasks} = await page.trace('search', query);
        spent += performance.now() - start;
        longest.push(Math.max(0, ...tasks.map((task) => task.ms)));
        await page.call('settle');
      }
      const [first, ...others] = longest;
      return {'search-first': first, 'search-longest': Math.max(...others), 'search-answer': spent / KEYSTROKES.length};
    },
  },
  {
    name: 'ingest',
    sizes: [1_000_000],
    quick: [],
    subjects: ['ours'],
    async sample(page, n) {
      await page.call('load', n);
      await page.call('settle');
      const {tasks} = await page.trace('ingest', SLICE);
      const ms = tasks.reduce((total, task) => total + task.ms, 0);
      return {ingest: ms, 'ingest-longest': Math.max(0, ...tasks.map((task) => task.wall))};
    },
  },
];

function change(value) {
  return async (page, n, quick) => {
    await shown(page, n, quick);
    await page.call('ready', quick ? 1 : 3, 'middle');
    await page.step('deliver', 1);
    const count = quick ? 3 : 10;
    await page.call('ready', count, 'middle');
    const {ms} = await page.time('deliver', 1);
    return {[value]: ms / count};
  };
}

function traffic(rate) {
  return {
    name: `frame-${rate}`,
    sizes: [100_000],
    quick: [],
    async sample(page, n, quick) {
      await shown(page, n, quick);
      await page.call('ready', rate, 'any');
      await page.step('traffic', rate);
      await page.call('ready', rate * 5, 'any');
      const {result, marks, tasks} = await page.trace('traffic', rate);
      return {[`frame-${rate}`]: p95(frames(marks, tasks)), [`interval-${rate}`]: p95(result)};
    },
  };
}

function scroll(step, quickSizes) {
  return {
    name: `scroll-${step}`,
    sizes: [100_000],
    quick: quickSizes,
    async sample(page, n, quick) {
      await shown(page, n, quick);
      await page.step('scroll', step, quick ? 5 : 10);
      const count = quick ? 30 : 120;
      const {ms} = await page.time('scroll', step, count);
      const {blank, wrong} = await page.call('blanks', step, quick ? 10 : 120);
      if (wrong > 0) throw new Error(`${wrong} frames showed a wrong row.`);
      return {[`scroll-${step}`]: ms / count, [`blank-${step}`]: blank};
    },
  };
}

async function ready(page, n, quick) {
  if (quick) await page.call('hurry');
  await page.call('load', n);
  await page.call('prepare');
}

async function shown(page, n, quick) {
  await ready(page, n, quick);
  await page.step('mount', MOUNT_FRAMES);
  await page.call('settle');
}

/** The main thread's time in each frame: of the task that draws it, and of all after it until the next. */
function frames(marks, tasks) {
  const out = [];
  let frame = -1;
  for (const {at, wall, ms} of tasks) {
    while (frame + 1 < marks.length && marks[frame + 1] < at + wall) out[++frame] = 0;
    if (frame >= 0) out[frame] += ms;
  }
  return out.slice(0, -1);
}

function p95(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}
