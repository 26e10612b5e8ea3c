/** What the site does to Markdown that also reads well on a code host. */
import type {MarkdownRenderer} from 'vitepress';
import {anchorOf, pageOf, ROOT, targetOf} from './outside.mjs';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

/** What VitePress says of the page that is being read. */
interface Env {
  readonly path?: string;
  readonly realPath?: string;
  readonly frontmatter?: {readonly origin?: string};
}

export function extendMarkdown(md: MarkdownRenderer): void {
  links(md);
  liveFences(md);
  tables(md);
}

/** Links to other pages and to files outside `docs` lead to where the site has them. */
function links(md: MarkdownRenderer): void {
  md.core.ruler.push('links_of_the_repository', (state) => {
    const env = state.env as Env;
    const own = env.realPath ?? env.path;
    const origin = env.frontmatter?.origin ?? own?.slice(ROOT.length).replaceAll('\\', '/');
    if (origin === undefined) return;
    for (const token of state.tokens.flatMap(({children}) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      const target = href === null ? undefined : targetOf(href, origin);
      if (href === null || target === undefined) continue;
      token.attrSet('href', addressOf(target, /#.*$/.exec(href)?.[0] ?? ''));
    }
  });
}

function addressOf(target: string, hash: string): string {
  if (target.startsWith('docs/')) {
    return `/${target.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md')}${hash}`;
  }
  const {page, file} = pageOf(target);
  if (file !== undefined) return `/${page}#${anchorOf(file)}`;
  // Of a heading in Markdown; a line of code has no place on the site.
  return `/${page}${target.endsWith('.md') ? hash : ''}`;
}

/** A fence ```` ```html live ```` becomes `<LiveExample>` around the block, named after the heading above it. */
function liveFences(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token === undefined || fence === undefined) return '';
    const live = /^html live\b/.test(token.info);
    if (live) token.info = 'html';
    const block = fence(tokens, index, ...rest);
    return live ? `<LiveExample title="${md.utils.escapeHtml(headingAbove(tokens, index))}">${block}</LiveExample>\n` : block;
  };
}

function headingAbove(tokens: readonly Token[], index: number): string {
  const open = tokens.slice(0, index).findLastIndex(({type}) => type === 'heading_open');
  return tokens[open + 1]?.content.replaceAll('`', '') ?? '';
}

/** Tables scroll by themselves. Markdown needs a header where a table has none: an empty one is left out. */
function tables(md: MarkdownRenderer): void {
  md.renderer.rules['table_open'] = () => '<TableScroll><table>\n';
  md.renderer.rules['table_close'] = () => '</table></TableScroll>\n';
  md.core.ruler.push('empty_headers', (state) => {
    const {tokens} = state;
    for (let start = 0; start < tokens.length; start++) {
      if (tokens[start]?.type !== 'thead_open') continue;
      const end = tokens.findIndex(({type}, index) => index > start && type === 'thead_close');
      const cells = tokens.slice(start, end).filter(({type}) => type === 'inline');
      if (cells.every(({content}) => content.trim() === '')) {
        tokens.splice(start, end - start + 1);
        continue;
      }
      for (const [index, token] of tokens.slice(start, end).entries()) {
        const cell = tokens[start + index + 1];
        if (token.type !== 'th_open' || cell?.content.trim() !== '') continue;
        // A header cell that says nothing would be read as one.
        token.tag = 'td';
        const close = tokens[start + index + 2];
        if (close !== undefined) close.tag = 'td';
      }
    }
  });
}
