/** The figures of the last bench, read when the site is built. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
// The titles are those of the tables.
import {VALUES} from '../../../../bench/lib/measures.mjs';
import {chartsOf, type BenchChart, type Figure} from './charts';

const RESULTS = fileURLToPath(new URL('../../../../bench/results/latest.json', import.meta.url));

export declare const data: BenchChart[];

export default {
  watch: [RESULTS],
  load: (): BenchChart[] => chartsOf(JSON.parse(readFileSync(RESULTS, 'utf8')) as Figure[], VALUES),
};
