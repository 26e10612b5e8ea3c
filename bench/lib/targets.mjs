/**
 * What ours has to reach: `raw` and `virtuoso` are ratios to these lists' figures, `own` is the figure itself.
 * Named by value; `n` absent: at every size.
 */
const TARGETS = [
  {value: 'mount', raw: 2, virtuoso: 0.7},
  {value: 'mount-growth', own: 1.3},
  {value: 'change', raw: 1.5, virtuoso: 0.8},
  {value: 'change-still', raw: 1.5, virtuoso: 0.8},
  {value: 'batch', raw: 1.5, virtuoso: 0.9},
  {value: 'batch-renders', own: 1},
  {value: 'frame-200', raw: 1.3, virtuoso: 1},
  {value: 'frame-5000', raw: 1.3, virtuoso: 1},
  {value: 'blank-3000', own: 0},
  {value: 'heap', own: 160},
  {value: 'nodes', own: 50},
];

/** One line for each figure of ours that has a target. */
export function judge(rows) {
  return TARGETS.flatMap((target) =>
    rows
      .filter(({measure, subject}) => measure === target.value && subject === 'ours')
      .map((ours) => {
        const of = (name) => rows.find((row) => row.measure === ours.measure && row.n === ours.n && row.subject === name)?.value;
        const raw = of('raw') ?? null;
        const virtuoso = of('react-virtuoso') ?? null;
        const ratio = (other) => (other === null || ours.value === null ? null : ours.value / other);
        const line = {ours, raw, virtuoso, byRaw: ratio(raw), byVirtuoso: ratio(virtuoso), target};
        return {...line, met: met(line)};
      }),
  );
}

/** Ratios are compared as they are shown, with two digits. */
function met({ours, byRaw, byVirtuoso, target}) {
  const within = (value, limit) => limit === undefined || value === null || Number(value.toFixed(2)) <= limit;
  return within(ours.value, target.own) && within(byRaw, target.raw) && within(byVirtuoso, target.virtuoso);
}
