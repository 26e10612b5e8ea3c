/**
 * Tests the code in the documentation: each fenced block is compiled, run, or held against what it speaks of. A language that
 * nothing here knows is a failure, so that no block escapes.
 *
 *   node scripts/docs-blocks.mjs              all
 *   node scripts/docs-blocks.mjs theming      only pages whose path contains one of the words
 *
 * Each failure is told as `page:line: what`. The last line is `N passed, N failed`.
 */
import {fileURLToPath} from 'node:url';
import {checkApps, frameworkOf} from './docs/apps.mjs';
import {blocksOf, readPages} from './docs/blocks.mjs';
import {runHtml} from './docs/browser.mjs';
import {checkCode} from './docs/code.mjs';
import {checkCss} from './docs/css.mjs';
import {checkHtml} from './docs/html.mjs';
import {checkHttp, checkJson, isHeaders} from './docs/protocol.mjs';
import {checkQuote} from './docs/quotes.mjs';
import {checkShell} from './docs/shell.mjs';
import {checkSql} from './docs/sql.mjs';

/**
 * @param {{path: string, text: string}[]} [pages] path: from the root
 * @returns {Promise<{passed: number, failed: number}>} how many blocks
 */
export async function testBlocks(pages = readPages()) {
  const blocks = pages.flatMap(blocksOf);
  await checkBlocks(blocks);
  const failed = blocks.filter(({problems}) => problems.length > 0);
  for (const {page, problems} of failed) {
    for (const {line, message} of problems) console.log(`${page}:${line}: ${message}`);
  }
  return {passed: blocks.length - failed.length, failed: failed.length};
}

/** @param {import('./docs/blocks.mjs').Block[]} blocks of whole pages; what is wrong with each is added to its problems */
export async function checkBlocks(blocks) {
  const apps = [];
  const runs = [];
  const pieces = [];
  const markup = new Map();
  const markupOf = (page) => [...markup].flatMap(([block, found]) => (block.page === page ? [found] : []));

  // Styles and code go by what the page's markup holds.
  for (const block of blocks.filter(({lang, quoted}) => lang === 'html' && !quoted)) {
    markup.set(block, checkHtml(block));
    // What a framework fills is run with its app.
    if (!frameworkOf(block)) runs.push(block);
  }
  for (const block of blocks) {
    const tags = new Map(markupOf(block.page).flatMap((found) => [...found.tags]));
    const add = (code, line, lang) => pieces.push({block, code, line, lang, tags, globals: markup.get(block)?.tags});
    if (block.quoted) checkQuote(block);
    else if (isApp(block)) apps.push(block);
    else if (block.lang === 'ts' || block.lang === 'js') add(block.code, block.line + 1, block.lang);
    else if (block.lang === 'html') markup.get(block).scripts.forEach(({code, line}) => add(code, line, 'js'));
    else if (block.lang === 'css') checkCss(block, {ownParts: new Set(markupOf(block.page).flatMap(({parts}) => parts))});
    else if (block.lang === 'sh') checkShell(block, sectionOf(block, blocks));
    else if (block.lang === 'json') checkJson(block);
    else if (block.lang === 'http' && isHeaders(block)) runs.push(block);
    else if (block.lang === 'http') checkHttp(block);
    else if (block.lang === 'sql') checkSql(block);
    else if (block.lang === 'text') checkText(block);
    else block.problems.push({line: block.line, message: `nothing tests blocks of ${block.lang || 'no language'}`});
  }
  checkCode(pieces);
  await checkApps(apps);
  await runHtml(runs);
}

/** Whether only a framework can compile it: by its language, or as a file of that framework's app. */
function isApp(block) {
  return /^(?:[jt]sx|vue|svelte)$/.test(block.lang) || (block.file && /^[jt]s$/.test(block.lang) && frameworkOf(block));
}

/** Those under the same heading of the second level. */
function sectionOf({page, headings}, blocks) {
  return blocks.filter((block) => block.page === page && block.headings[1] === headings[1]);
}

/** What a program says; code and commands have a language. */
function checkText(block) {
  if (/^(?:import |npm |npx |<im-|im-conversation)/m.test(block.code)) block.problems.push({line: block.line, message: 'this is code: name its language'});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const pages = readPages().filter(({path}) => words.length === 0 || words.some((word) => path.includes(word)));
  const {passed, failed} = await testBlocks(pages);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
