import {VALUES} from './measures.mjs';

/** What the chart shows: the figures that matter most, where every list that can take part does. */
const PANELS = [
  ['mount', 1000],
  ['mount', 1_000_000],
  ['change', 100_000],
  ['batch', 100_000],
  ['frame-5000', 100_000],
  ['scroll-3000', 100_000],
];

const WIDTH = 880;
const GAP = 32;
const PANEL = (WIDTH - GAP) / 2;
const LABEL = 170;
const VALUE = 60;
const BAR = 16;
const STEP = 22;
const HEAD = 34;

/** A bar for each list, in panels; shorter is better. Follows the reader's light or dark. */
export function chart(rows, subjects) {
  const panels = PANELS.map(([measure, n]) => panel(rows, subjects, measure, n)).filter((found) => found !== undefined);
  if (panels.length === 0) return undefined;
  const height = (i) => HEAD + panels[i].length * STEP + GAP / 2;
  let y = 0;
  let content = '';
  for (let i = 0; i < panels.length; i += 2) {
    for (const [column, at] of [i, i + 1].entries()) {
      if (panels[at] === undefined) continue;
      content += `<g transform="translate(${column * (PANEL + GAP)} ${y})">${panels[at].content}</g>`;
    }
    y += Math.max(height(i), panels[i + 1] === undefined ? 0 : height(i + 1));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -4 ${WIDTH + 16} ${y + 4}" role="img" aria-label="Main-thread time of the lists compared, in milliseconds; less is better">
<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .value { fill: #57606a }
  .bar { fill: #afb8c1 }
  .ours { fill: #0b5cad }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .value { fill: #9198a1 }
    .bar { fill: #656c76 }
    .ours { fill: #58a6ff }
  }
</style>
${content}
</svg>
`;
}

function panel(rows, subjects, measure, n) {
  const found = rows.filter((row) => row.measure === measure && row.n === n && row.value !== null);
  const values = subjects.flatMap(({name}) => found.filter(({subject}) => subject === name));
  if (values.length === 0) return undefined;
  const most = Math.max(...values.map(({value}) => value));
  const {title, unit, digits} = VALUES[measure];
  const bars = values.map(({subject, value}, i) => {
    const y = HEAD + i * STEP;
    const width = Math.max(1, (Math.max(0, value) / most) * (PANEL - LABEL - VALUE));
    return `<text x="${LABEL - 8}" y="${y + 12}" text-anchor="end">${subject}</text>
<rect class="bar${subject === 'ours' ? ' ours' : ''}" x="${LABEL}" y="${y - 1}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>
<text class="value" x="${(LABEL + width + 6).toFixed(1)}" y="${y + 12}">${value.toFixed(digits)}</text>`;
  });
  const head = `<text class="title" y="18">${title}, ${n.toLocaleString('en')} (${unit})</text>`;
  return {length: values.length, content: `${head}\n${bars.join('\n')}`};
}
