/** A figure of the bench, as `bench/results/latest.json` has them. */
export interface Figure {
  readonly measure: string;
  /** Conversations. */
  readonly n: number;
  readonly subject: string;
  /** `null`: it could not be measured, and `note` says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly note?: string;
}

/** How a measure is called, and how exactly it is told. */
export interface Measure {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
}

/** A measure of several lists, at several sizes. */
export interface BenchChart extends Measure {
  readonly measure: string;
  readonly sizes: readonly number[];
  readonly rows: readonly {readonly subject: string; readonly values: readonly (number | null)[]; readonly notes: readonly string[]}[];
  /** Some are many times others. */
  readonly logarithmic: boolean;
  /** There is something to compare. */
  readonly drawn: boolean;
}

/** The longest bar is this many times the shortest: on a plain scale the short ones would not be told apart. */
const WIDE = 20;

/** px, of a bar and of what stands around them. */
const BAR = 15;
const GROUP = 14;
const AROUND = 130;

/** A chart for each measure that has figures, in the order of the measures. */
export function chartsOf(figures: readonly Figure[], measures: Readonly<Record<string, Measure>>): BenchChart[] {
  return Object.entries(measures).flatMap(([measure, about]) => {
    const own = figures.filter((figure) => figure.measure === measure);
    return own.length === 0 ? [] : [chartOf(measure, about, own)];
  });
}

function chartOf(measure: string, about: Measure, figures: readonly Figure[]): BenchChart {
  const sizes = [...new Set(figures.map(({n}) => n))].sort((a, b) => a - b);
  const subjects = [...new Set(figures.map(({subject}) => subject))];
  const rows = subjects.map((subject) => {
    const own = sizes.map((n) => figures.find((figure) => figure.subject === subject && figure.n === n));
    return {subject, values: own.map((figure) => figure?.value ?? null), notes: own.map((figure) => figure?.note ?? '')};
  });
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  const least = Math.min(...values.filter((value) => value > 0));
  const drawn = rows.length > 1 && new Set(values).size > 1;
  return {...about, measure, sizes, rows, logarithmic: Math.max(...values) > WIDE * least, drawn};
}

/** A value as a reader wants it. */
export function tell(value: number | null, digits: number): string {
  if (value === null) return '–';
  return value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** What the chart is about, for who does not see it. */
export function describe({title, unit, rows, sizes, digits}: BenchChart): string {
  const last = sizes.length - 1;
  const said = rows.filter(({values}) => values[last] != null).map(({subject, values}) => `${subject} ${tell(values[last] ?? null, digits)}`);
  return `${title}, bars; at ${(sizes[last] ?? 0).toLocaleString('en')} conversations, in ${unit}: ${said.join(', ')}. All figures are in the table below.`;
}

/** px, how high a chart is drawn. */
export function heightOf({rows, sizes}: BenchChart): number {
  return AROUND + sizes.length * (rows.length * BAR + GROUP);
}
