import {existsSync, readdirSync} from 'node:fs';

const sources = new URL('dist/sources/', import.meta.url);
// `memory-…` are parts of the memory source.
const names = existsSync(sources)
  ? readdirSync(sources).filter((name) => name.endsWith('.js') && !name.startsWith('memory-'))
  : [];

const languages = ['ar', 'de', 'es', 'fr', 'he', 'hi', 'id', 'ja', 'ko', 'pt', 'ru', 'th', 'vi', 'zh-cn', 'zh-tw'];

// The goals are 24 kB for define.js, 4 kB for store.js and 3 kB for a source. Where a limit is above its goal, the limit
// keeps what is from growing; docs/performance.md and docs/sources.md say why.
const limits = {
  'cached.js': '13.4 kB',
  'easemob.js': '6.8 kB',
  'http.js': '6.6 kB',
  'local.js': '10.5 kB',
  'matrix.js': '12.3 kB',
  'memory.js': '4.5 kB',
  'nim.js': '4.3 kB',
  'open-im.js': '4.1 kB',
  'rong.js': '6.9 kB',
  'tencent.js': '4.7 kB',
  'v2-tim.js': '5.3 kB',
  'xmpp.js': '18.2 kB',
};

/**
 * What is behind a dynamic import is no part of the file: the languages are chunks of their own, and the virtualizer's
 * own layout is never loaded.
 */
function withoutChunks(config) {
  const chunks = {
    name: 'without-chunks',
    setup: (build) =>
      build.onResolve({filter: /^\./}, ({path, kind}) => (kind === 'dynamic-import' ? {path, external: true} : undefined)),
  };
  return {...config, plugins: [...(config.plugins ?? []), chunks]};
}

/** What reaches a browser: bundled with all dependencies, minified, brotli. */
export default [
  {name: 'define.js', path: 'dist/define.js', limit: '52.6 kB', modifyEsbuildConfig: withoutChunks},
  {name: 'store.js', path: 'dist/store/index.js', limit: '11.2 kB', modifyEsbuildConfig: withoutChunks},
  ...names.sort().map((name) => ({name: `sources/${name}`, path: `dist/sources/${name}`, limit: limits[name] ?? '3 kB'})),
  ...languages.map((name) => ({name: `locales/${name}.js`, path: `dist/locales/${name}.js`, limit: '2.7 kB'})),
];
