import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {chartsOf, describe as inWords, heightOf, tell, type Figure} from '../../docs/.vitepress/theme/bench/charts.js';
import {colorsOf, PAGE} from '../../docs/.vitepress/theme/bench/colors.js';
import {contrast, fromHex, SHAPE, TEXT} from '../../docs/.vitepress/theme/theme-editor/contrast.js';

const figures = JSON.parse(readFileSync(new URL('../../bench/results/latest.json', import.meta.url), 'utf8')) as Figure[];
const SUBJECTS = [...new Set(figures.map(({subject}) => subject))];
const measures = Object.fromEntries(figures.map(({measure, unit}) => [measure, {title: measure, unit, digits: 1}]));

describe('the charts of the bench', () => {
  const charts = chartsOf(figures, measures);

  it('hold every figure, each once', () => {
    const shown = charts.flatMap(({measure, sizes, rows}) =>
      rows.flatMap(({subject, values}) => values.map((value, i) => `${measure} ${sizes[i]} ${subject} ${value}`)),
    );
    const known = figures.map(({measure, n, subject, value}) => `${measure} ${n} ${subject} ${value}`);
    assert.ok(known.length > 50);
    assert.deepEqual(known.filter((one) => !shown.includes(one)), []);
    assert.deepEqual(shown.filter((one) => !one.endsWith(' null')).sort(), known.filter((one) => !one.endsWith(' null')).sort());
  });

  it('are logarithmic where sizes differ widely, and drawn where there is something to compare', () => {
    const of = (...values: readonly (number | null)[]) => {
      const rows = values.map((value, i): Figure => ({measure: 'x', n: 10, subject: `list ${i}`, value, unit: 'ms'}));
      const [chart] = chartsOf(rows, {x: {title: 'X', unit: 'ms', digits: 1}, y: {title: 'Y', unit: 'ms', digits: 1}});
      return [chart?.logarithmic, chart?.drawn];
    };
    assert.deepEqual(of(1, 15), [false, true]);
    assert.deepEqual(of(1, 25), [true, true]);
    assert.deepEqual(of(0, 25), [false, true]);
    assert.deepEqual(of(0, 0, null), [false, false]);
    assert.deepEqual(of(7), [false, false]);
    assert.deepEqual(of(null), [false, false]);
  });

  it('say themselves in words', () => {
    const rows: Figure[] = [
      {measure: 'x', n: 1000, subject: 'ours', value: 1234.56, unit: 'ms'},
      {measure: 'x', n: 1000, subject: 'other', value: null, unit: 'ms', note: '> 20 s'},
    ];
    const [chart] = chartsOf(rows, {x: {title: 'Mount', unit: 'ms', digits: 1}});
    assert.ok(chart);
    assert.equal(inWords(chart), 'Mount, bars; at 1,000 conversations, in ms: ours 1,234.6. All figures are in the table below.');
    assert.equal(tell(null, 1), '–');
    assert.equal(chart.rows[1]?.notes[0], '> 20 s');
    assert.ok(heightOf(chart) > 100);
  });
});

describe('the colours of the bars', () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`are told from the page, ${scheme}, and from each other by hue`, () => {
      const colors = colorsOf(SUBJECTS, scheme);
      assert.equal(new Set(colors).size, SUBJECTS.length);
      const page = fromHex(PAGE[scheme].background);
      assert.deepEqual(colors.filter((color) => contrast(fromHex(color), page) < SHAPE), []);
      assert.ok(contrast(fromHex(PAGE[scheme].text), page) >= TEXT);
    });
  }
});
