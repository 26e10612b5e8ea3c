import {existsSync, readdirSync} from 'node:fs';

const sources = new URL('dist/sources/', import.meta.url);
const names = existsSync(sources) ? readdirSync(sources).filter((name) => name.endsWith('.js')) : [];

/** What reaches a browser: bundled with all dependencies, minified, brotli. */
export default [
  {name: 'define.js', path: 'dist/define.js', limit: '24 kB'},
  {name: 'store.js', path: 'dist/store/index.js', limit: '4 kB'},
  ...names.sort().map((name) => ({name: `sources/${name}`, path: `dist/sources/${name}`, limit: '3 kB'})),
];
