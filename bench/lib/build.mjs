import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const BENCH = fileURLToPath(new URL('..', import.meta.url));

/**
 * The lists compared, in the order of the tables.
 *
 * `checked`: its rows must show the same as those of the others. `whole`: it draws every row.
 */
export const SUBJECTS = [
  {name: 'ours', file: 'ours.ts', checked: true},
  {name: 'raw', file: 'raw.ts', checked: true},
  {name: 'react-virtuoso', file: 'react-virtuoso.jsx', checked: true},
  {name: 'virtua', file: 'virtua.jsx', checked: true},
  {name: '@tanstack/react-virtual', file: 'tanstack.jsx', checked: true},
  {name: 'vue-advanced-chat', file: 'vue-advanced-chat.js', checked: false, whole: true},
  {name: '@chatscope/chat-ui-kit-react', file: 'chatscope.jsx', checked: false, whole: true},
];

/** The page with nothing in it. */
export const EMPTY = {name: 'empty', file: 'empty.ts', checked: false};

/**
 * Builds a page for each subject, as an app would for production.
 *
 * @param {{name: string, file: string}[]} subjects
 * @param {{minify: boolean}} options
 * @returns {Promise<Map<string, string>>} the content of each path that the server has
 */
export async function buildPages(subjects, {minify}) {
  const files = new Map();
  for (const {name, file} of subjects) {
    const {outputFiles} = await build({
      stdin: {
        contents: `
          import {Harness} from './page/harness.ts';
          import styles from './page/rows.css';
          import {subject} from './subjects/${file}';
          const style = document.createElement('style');
          style.textContent = styles + 'html, body, #host { margin: 0; height: 100%; overflow: hidden }';
          document.head.append(style);
          globalThis.bench = new Harness(subject);`,
        resolveDir: BENCH,
      },
      bundle: true,
      write: false,
      minify,
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      tsconfig: fileURLToPath(new URL('../tsconfig.json', new URL('../', import.meta.url))),
      define: {'process.env.NODE_ENV': '"production"'},
      loader: {'.css': 'text'},
      logLevel: 'warning',
    });
    const path = `/${encodeURIComponent(name)}`;
    files.set(`${path}.js`, outputFiles[0].text);
    files.set(path, `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><body><script src="${path}.js"></script>`);
  }
  return files;
}

/** Whether the lists to compare with are there. */
export function installed() {
  return existsSync(new URL('../node_modules/.package-lock.json', import.meta.url));
}
