import {existsSync, readdirSync} from 'node:fs';

const sources = new URL('dist/sources/', import.meta.url);
// `memory-…` are parts of the memory source.
const names = existsSync(sources)
  ? readdirSync(sources).filter((name) => name.endsWith('.js') && !name.startsWith('memory-'))
  : [];

// The goals are 24 kB for define.js, 4 kB for store.js and 3 kB for a source. Where a limit is above its goal, the limit
// keeps what is from growing; docs/performance.md says why.
const limits = {'memory.js': '3.7 kB'};

/** The virtualizer's own layout is behind a dynamic import that never runs here: no browser loads it. */
function withoutFlow(config) {
  const flow = {
    name: 'without-flow',
    setup: (build) => build.onResolve({filter: /layouts\/flow\.js$/}, ({path}) => ({path, external: true})),
  };
  return {...config, plugins: [...(config.plugins ?? []), flow]};
}

/** What reaches a browser: bundled with all dependencies, minified, brotli. */
export default [
  {name: 'define.js', path: 'dist/define.js', limit: '36 kB', modifyEsbuildConfig: withoutFlow},
  {name: 'store.js', path: 'dist/store/index.js', limit: '8.3 kB'},
  ...names.sort().map((name) => ({name: `sources/${name}`, path: `dist/sources/${name}`, limit: limits[name] ?? '3 kB'})),
];
