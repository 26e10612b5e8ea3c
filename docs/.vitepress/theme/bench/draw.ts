import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
} from 'chart.js';
import {tell, type BenchChart} from './charts';
import {colorsOf, PAGE, type Scheme} from './colors';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LogarithmicScale, Tooltip);

/** Draws bars that lie, as many in a group as there are lists, a group for each number of conversations. */
export function draw(canvas: HTMLCanvasElement, chart: BenchChart, scheme: Scheme): {destroy: () => void} {
  return new Chart(canvas, configure(chart, scheme));
}

function configure({unit, digits, sizes, rows, logarithmic}: BenchChart, scheme: Scheme): ChartConfiguration<'bar', (number | null)[]> {
  const {text, line} = PAGE[scheme];
  const colors = colorsOf(rows.map(({subject}) => subject), scheme);
  const positive = rows.flatMap(({values}) => values.filter((value) => value !== null && value > 0)) as number[];
  return {
    type: 'bar',
    data: {
      labels: sizes.map((n) => n.toLocaleString('en')),
      datasets: rows.map(({subject, values}, i) => ({label: subject, data: [...values], backgroundColor: colors[i] as string})),
    },
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      // Room for the figures at the ends of the bars.
      layout: {padding: {right: 52}},
      scales: {
        x: {
          type: logarithmic ? 'logarithmic' : 'linear',
          // Where a bar begins on a logarithmic scale says nothing; below the shortest all can be seen.
          ...(logarithmic ? {min: 10 ** Math.floor(Math.log10(Math.min(...positive)))} : {beginAtZero: true}),
          title: {display: true, text: logarithmic ? `${unit}, logarithmic` : unit, color: text},
          ticks: {color: text, maxTicksLimit: 6, maxRotation: 0},
          grid: {color: line},
        },
        y: {title: {display: true, text: 'conversations', color: text}, ticks: {color: text}, grid: {display: false}},
      },
      plugins: {
        legend: {position: 'bottom', labels: {color: text, boxWidth: 12}},
        tooltip: {callbacks: {label: ({dataset, raw}) => `${dataset.label}: ${tell(raw as number | null, digits)} ${unit}`}},
      },
    },
    plugins: [figures(digits, text)],
  };
}

/** Writes each figure at the end of its bar. */
function figures(digits: number, color: string): Plugin<'bar'> {
  return {
    id: 'figures',
    afterDatasetsDraw(chart) {
      const {ctx} = chart;
      ctx.save();
      ctx.fillStyle = color;
      ctx.font = '11px system-ui, sans-serif';
      ctx.textBaseline = 'middle';
      for (const {index} of chart.getSortedVisibleDatasetMetas()) {
        for (const [i, bar] of chart.getDatasetMeta(index).data.entries()) {
          const value = chart.data.datasets[index]?.data[i];
          if (typeof value === 'number') ctx.fillText(tell(value, digits), bar.x + 5, bar.y);
        }
      }
      ctx.restore();
    },
  };
}
