import {VALUES} from './measures.mjs';
import {judge} from './targets.mjs';

/** What the run has found, for the terminal. */
export function textReport(rows, subjects) {
  const tables = [valuesTable(rows, subjects)];
  const lines = judge(rows);
  if (lines.length > 0) tables.push(targetsTable(lines));
  const notes = notesOf(rows);
  return [...tables.map((table) => columns(table)), ...notes].join('\n\n');
}

/** The same in Markdown, with where and how it was measured. */
export function markdownReport(rows, subjects, about) {
  return [
    about,
    '### Against the targets',
    markdown(targetsTable(judge(rows))),
    '### All lists',
    markdown(valuesTable(rows, subjects)),
    notesOf(rows).map((note) => `- ${note}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function targetsTable(lines) {
  const header = ['measure', 'n', 'ours', 'raw', 'virtuoso', 'ours/raw', 'target', 'ours/virtuoso', 'target', ''];
  return [
    header,
    ...lines.map(({ours, raw, virtuoso, byRaw, byVirtuoso, target, met}) => {
      const {title, unit} = VALUES[ours.measure];
      const own = target.own === undefined ? [] : [`≤ ${target.own}`];
      return [
        `${title}, ${unit}`,
        ours.n.toLocaleString('en'),
        [number(ours.measure, ours.value), ...own].join(' '),
        number(ours.measure, raw),
        number(ours.measure, virtuoso),
        ...(target.raw === undefined ? ['', ''] : [ratio(byRaw), `≤ ${target.raw}`]),
        ...(target.virtuoso === undefined ? ['', ''] : [ratio(byVirtuoso), `≤ ${target.virtuoso}`]),
        met ? 'met' : 'missed',
      ];
    }),
  ];
}

function valuesTable(rows, subjects) {
  const keys = [...new Set(rows.map(({measure, n}) => `${measure} ${n}`))];
  const order = Object.keys(VALUES);
  keys.sort((a, b) => order.indexOf(a.split(' ')[0]) - order.indexOf(b.split(' ')[0]));
  return [
    ['measure', 'n', ...subjects.map(({name}) => name)],
    ...keys.map((key) => {
      const [measure, n] = key.split(' ');
      const {title, unit} = VALUES[measure];
      const cells = subjects.map(({name}) => {
        const row = rows.find((one) => one.measure === measure && String(one.n) === n && one.subject === name);
        return row === undefined ? '' : number(measure, row.value);
      });
      return [`${title}, ${unit}`, Number(n).toLocaleString('en'), ...cells];
    }),
  ];
}

/** Why figures are missing, each reason once. */
function notesOf(rows) {
  const notes = new Map();
  for (const {measure, n, subject, note} of rows) {
    if (note === undefined) continue;
    const key = `${subject}: ${note}`;
    notes.set(key, [...(notes.get(key) ?? []), `${measure} ${n.toLocaleString('en')}`]);
  }
  return [...notes].map(([why, where]) => `${why} (${where.join('; ')})`);
}

function number(measure, value) {
  if (value === null || value === undefined) return '–';
  return value.toLocaleString('en', {
    minimumFractionDigits: VALUES[measure].digits,
    maximumFractionDigits: VALUES[measure].digits,
  });
}

function ratio(value) {
  return value === null ? '–' : value.toFixed(2);
}

function columns(table) {
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return table.map((row) => line(row).trimEnd()).join('\n');
}

function markdown([header, ...rows]) {
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
