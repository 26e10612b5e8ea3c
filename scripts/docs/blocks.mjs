/** The fenced blocks of the documentation's pages, with what stands around them. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import MarkdownIt from 'markdown-it';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} Block
 * @property {string} page path from the root
 * @property {number} line of the fence, from 1; the code begins on the next
 * @property {string} lang what the fence names first; '' if nothing
 * @property {string} code
 * @property {string[]} headings that it stands under, the page's title first
 * @property {string} [file] where a reader is to write it: `<!-- file: path -->` above
 * @property {string} [quoted] the file of the repository that it is a part of: "From [file](…):" above
 * @property {boolean} [inline] a command in a sentence, which is meant for the root
 * @property {{line: number, message: string}[]} problems that were found
 */

/** What is written by people: what the site generates from code is checked where it is generated. */
export function readPages() {
  const docs = readdirSync(join(ROOT, 'docs'), {recursive: true, encoding: 'utf8'})
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !/^docs\/(?:api|code|public)\/|\/(?:node_modules|\.vitepress)\//.test(path));
  return ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...docs.sort()].map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
}

// The parser of VitePress, so that a block here is what it is on the site.
const markdown = new MarkdownIt({html: true});

/** @returns {Block[]} the blocks of a page, from its top; a command in a sentence, such as `npm test`, is one, too */
export function blocksOf({path, text}) {
  const blocks = [];
  const headings = [];
  let file, quoted;
  let line = 0;
  const add = (block) => blocks.push({page: path, headings: [...headings], problems: [], ...block});
  const tokens = markdown.parse(text, {});
  for (const [at, token] of tokens.entries()) {
    // Cells of a table have no place of their own.
    line = token.map ? token.map[0] + 1 : line;
    if (token.type === 'inline') {
      for (const {type, content} of token.children) {
        if (type === 'code_inline' && /^(?:npm|node) [a-z]/.test(content)) add({line: line - 1, lang: 'sh', code: content, inline: true});
      }
      const before = tokens[at - 1];
      const level = before.type === 'heading_open' ? Number(before.tag.slice(1)) : 0;
      if (level > 0) {
        headings.length = level - 1;
        headings.push(token.content);
      }
      quoted = /^From \[([^\]]+)\]\([^)]*\).*:$/s.exec(token.content)?.[1];
      file = undefined;
    }
    if (token.type === 'html_block') file = /<!-- file: (\S+) -->/.exec(token.content)?.[1];
    if (token.type !== 'fence') continue;
    const [lang] = token.info.trim().split(/\s+/);
    add({line, lang, code: token.content, file, quoted});
    file = quoted = undefined;
  }
  return blocks;
}
