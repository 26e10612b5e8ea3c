/**
 * Where the site has what lies outside `docs`: pages link to files of this repository, as on a code host, and the site has no
 * code host to send anybody to. `generate/code.mjs` writes these pages; the rule for links in `markdown.ts` leads to them.
 */
import {posix} from 'node:path';
import {fileURLToPath} from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The id of a file's heading on the page of its folder. */
export const anchorOf = (file) => file.replace(/^\.?\/?/, '').replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();

/**
 * Where a relative link leads.
 *
 * @param {string} href as it is written
 * @param {string} origin the file that it is written in, from the root of the repository
 * @returns {string | undefined} from the root of the repository; nothing for addresses, and for places on the same page
 */
export function targetOf(href, origin) {
  if (/^(?:[a-z][a-z\d+.-]*:|[/#?])/i.test(href)) return undefined;
  return posix.join(posix.dirname(origin), decodeURI(href.replace(/[?#].*$/, ''))).replace(/\/$/, '');
}

/**
 * The page that shows a file or folder outside `docs`: an app of `examples` is one page with all its files, everything else
 * is a page for itself.
 *
 * @param {string} path from the root of the repository
 * @returns {{page: string, file?: string}} `page`: below `docs`; `file`: the path from the folder that the page shows
 */
export function pageOf(path) {
  if (path === '.' || path === 'README.md') return {page: 'index.md'};
  if (/^examples(?:\/README\.md)?$/.test(path)) return {page: 'code/examples/index.md'};
  const [, app, file] = /^(examples\/[^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  if (app) return {page: `code/${app}.md`, file};
  return {page: `code/${path.replace(/^\./, '').replace(/\.md$/, '').replaceAll('.', '-').toLowerCase()}.md`};
}
