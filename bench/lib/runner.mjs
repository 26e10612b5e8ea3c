import {EMPTY} from './build.mjs';
import {VALUES} from './measures.mjs';
import {NoSample} from './page.mjs';

/** From so many conversations on, a list that draws every row is sampled once. */
const WHOLE = 10_000;

/**
 * Takes all samples, the subjects in turn, and gives a row for each figure.
 *
 * @returns {Promise<{measure: string, n: number, subject: string, value: number | null, unit: string, note?: string}[]>}
 */
export async function runAll({plan, subjects, samples, quick}, browser, url, log) {
  const rows = [];
  /** Why a list shows nothing at a size, by its name: at larger ones nothing is tried. */
  const limits = new Map();
  for (const {measure, sizes} of plan) {
    const chosen = subjects.filter(({name}) => measure.subjects === undefined || measure.subjects.includes(name));
    if (chosen.length === 0) continue;
    const failed = new Map();
    for (const n of sizes) {
      const taken = new Map();
      // The first mount of a list fills caches, the browser's and the system's.
      const wanted = Math.min(samples, measure.samples ?? samples);
      const rounds = wanted + (measure.name === 'mount' && n === sizes[0] && !quick ? 1 : 0);
      for (let round = 0; round < rounds; round++) {
        const turn = [...chosen, EMPTY];
        turn.push(...turn.splice(0, round % turn.length));
        for (const {name, whole = false} of turn) {
          // It takes so long that what happens by chance does not show.
          if (whole && n >= WHOLE && round < rounds - 1) continue;
          const limit = limits.get(name);
          if (limit !== undefined && n >= limit.n) failed.set(name, limit.note);
          if (failed.has(name)) continue;
          log(`${measure.name} ${n.toLocaleString('en')} · ${round + 1}/${rounds} · ${name}`);
          const sample = await takeSample(browser, url, name, measure, n, quick);
          if (sample instanceof NoSample) {
            failed.set(name, sample.message);
            if (measure.name === 'mount') limits.set(name, {n, note: `did not mount ${n.toLocaleString('en')}: ${sample.message}`});
          } else if (round >= rounds - wanted) {
            taken.set(name, [...(taken.get(name) ?? []), sample]);
          }
        }
      }
      rows.push(...figures(measure, n, chosen, taken, failed));
    }
  }
  return [...rows, ...growth(rows)];
}

async function takeSample(browser, url, name, measure, n, quick) {
  const page = await browser.open(url, name);
  try {
    const sample = await measure.sample(page, n, quick);
    await page.close();
    return sample;
  } catch (error) {
    // A page that is busy with itself does not close.
    await browser.restart();
    if (error instanceof NoSample) return error;
    // One fault must not cost all other figures, but be seen.
    console.error(`${measure.name} of ${name} at ${n}:`, error);
    process.exitCode = 1;
    return new NoSample('failed');
  }
}

/** Medians, net of the empty page's. */
function figures(measure, n, subjects, taken, failed) {
  const empty = taken.get(EMPTY.name) ?? [];
  return subjects.flatMap(({name}) => {
    const note = failed.get(name);
    const samples = taken.get(name) ?? [];
    const values = Object.keys(samples[0] ?? empty[0] ?? {}).filter((value) => value in VALUES);
    return values.map((value) => {
      const {unit, net} = VALUES[value];
      const row = {measure: value, n, subject: name};
      if (note !== undefined) return {...row, value: null, unit, note};
      const base = net === true ? median(empty.map((sample) => sample[value])) : 0;
      return {...row, value: round(median(samples.map((sample) => sample[value])) - base), unit};
    });
  });
}

function growth(rows) {
  const small = rows.filter(({measure, n}) => measure === 'mount' && n === 1000);
  return small.flatMap(({subject, value}) => {
    const large = rows.find((row) => row.measure === 'mount' && row.n === 1_000_000 && row.subject === subject);
    if (large === undefined) return [];
    const ratio = large.value === null ? null : round(large.value / value);
    const note = large.note === undefined ? {} : {note: large.note};
    return [{measure: 'mount-growth', n: 1_000_000, subject, value: ratio, unit: VALUES['mount-growth'].unit, ...note}];
  });
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(value) {
  return Number(value.toFixed(3));
}
