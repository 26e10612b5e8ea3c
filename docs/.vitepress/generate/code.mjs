/** Writes what pages link to and the site would not have: see `outside.mjs`. */
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, extname, join} from 'node:path';
import {anchorOf, pageOf, ROOT, targetOf} from '../outside.mjs';

const DOCS = join(ROOT, 'docs');
/** Not worth reading: what a tool writes, and what is no text. */
const SKIPPED = /(?:^|\/)(?:node_modules|dist|\.[^/]+|package-lock\.json|[^/]+\.(?:png|svg|ico|tgz|gz|sqlite))(?:\/|$)/;
/** Highlighting goes by another name than the file's ending. */
const LANGUAGES = {mjs: 'js', cjs: 'js', mts: 'ts', cts: 'ts', yml: 'yaml', '': 'txt'};
const LINK = /(!?)\[(?:[^\][]|\[[^\]]*\])*\]\(([^)\s]+)/g;

export async function generate() {
  rmSync(join(DOCS, 'code'), {recursive: true, force: true});
  const pages = files('docs', /(?:^|\/)(?:node_modules|\.[^/]+|public)(?:\/|$)/).filter((file) => file.endsWith('.md'));
  const done = new Set();
  const queue = ['examples', 'CONTRIBUTING.md'];
  for (const page of pages) follow(page);
  for (const path of queue) write(path);

  /** Queues what a page links to. */
  function follow(page) {
    const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^( *)(`{3,}|~{3,})[^]*?^\1\2 *$/gm, '');
    for (const [, image, href] of text.matchAll(LINK)) {
      const path = image ? undefined : targetOf(href, page);
      if (path === undefined || path === 'README.md' || path === '.') continue;
      if (!existsSync(join(ROOT, path))) {
        // VitePress itself checks links between pages.
        if (path.startsWith('docs/')) continue;
        throw new Error(`${page} links to ${href}, which is not there.`);
      }
      if (path.startsWith('docs/')) copy(path);
      else queue.push(path);
    }
  }

  function write(path) {
    const {page} = pageOf(path);
    if (done.has(page)) return;
    done.add(page);
    const file = join(DOCS, page);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, contentOf(path, page));
    const markdown = path === 'examples' ? 'examples/README.md' : path;
    if (markdown.endsWith('.md')) follow(markdown);
  }
}

/** A file that is no page is served as it is, at its place. */
function copy(path) {
  if (path.endsWith('.md') || statSync(join(ROOT, path)).isDirectory()) return;
  const target = join(DOCS, 'public', path.slice('docs/'.length));
  mkdirSync(dirname(target), {recursive: true});
  copyFileSync(join(ROOT, path), target);
}

function contentOf(path, page) {
  if (page === 'code/examples/index.md') {
    const apps = readdirSync(join(ROOT, 'examples'), {withFileTypes: true}).filter((entry) => entry.isDirectory());
    const links = apps.map(({name}) => `- [${name}](${name})`).join('\n');
    return `${head('examples/README.md')}${read('examples/README.md').trim()}\n\n${links}\n`;
  }
  if (path.endsWith('.md')) return `${head(path)}${read(path)}`;
  const {file} = pageOf(path);
  const shown = file === undefined ? path : path.slice(0, -file.length - 1);
  if (!statSync(join(ROOT, shown)).isDirectory()) return `${head(shown, 'search: false')}# \`${shown}\`\n\n${fence(shown)}`;
  const parts = files(shown, SKIPPED).map((name) => {
    const inside = name.slice(shown.length + 1);
    return `## \`${inside}\` {#${anchorOf(inside)}}\n\n${fence(name)}`;
  });
  return `${head(shown, 'search: false')}# \`${shown}\`\n\n${parts.join('\n')}`;
}

/** `origin` is what the links of the page are relative to. */
const head = (path, ...lines) => ['---', `origin: ${path}`, ...lines, '---', '', ''].join('\n');

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

function fence(path) {
  const text = read(path);
  const ending = extname(path).slice(1);
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${LANGUAGES[ending] ?? ending}\n${text.trimEnd()}\n${ticks}\n`;
}

/** All files of a folder, from the root, in the order of their names; those near the top first. */
function files(folder, skipped) {
  const depth = (name) => name.split('/').length;
  return readdirSync(join(ROOT, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .filter((name) => !skipped.test(name.slice(folder.length)))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
