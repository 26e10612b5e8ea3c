import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './blocks.mjs';

const lines = (text) => text.split('\n').map((line) => line.trim());

/**
 * Part of a file that is compiled and driven by a test of its own: lines may be left out, but none is made up, and they
 * keep their order.
 *
 * @param {import('./blocks.mjs').Block} block
 */
export function checkQuote(block) {
  const path = join(ROOT, block.quoted);
  if (!existsSync(path)) return void block.problems.push({line: block.line, message: `there is no file ${block.quoted}`});
  let rest = lines(readFileSync(path, 'utf8'));
  for (const [at, line] of lines(block.code).entries()) {
    const found = rest.indexOf(line);
    if (line !== '' && found < 0) {
      block.problems.push({line: block.line + 1 + at, message: `not in ${block.quoted}, or not in this order: ${line}`});
    }
    if (line !== '') rest = rest.slice(found + 1);
  }
}
