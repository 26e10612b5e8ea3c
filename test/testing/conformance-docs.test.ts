import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {CONFORMANCE_RULES, type ConformanceRule} from '../../src/testing/source-conformance.js';

/**
 * The list of checks in the docs is made from the code.
 *
 *   WRITE=1 npm test -- conformance-docs     writes it
 */
const FILE = new URL('../../docs/conformance.md', import.meta.url);
const START = '<!-- checks: start -->';
const END = '<!-- checks: end -->';

function line({name, why, needs}: ConformanceRule): string {
  return `- **${name}**: ${why}.${needs.length > 0 ? ` _Needs ${needs.join(', ')}._` : ''}`;
}

function list(): string {
  const sections = [...new Set(CONFORMANCE_RULES.map(({section}) => section))];
  const parts = sections.map((section) => {
    const lines = CONFORMANCE_RULES.filter((rule) => rule.section === section).map(line);
    return `### ${section[0]?.toUpperCase()}${section.slice(1)}\n\n${lines.join('\n')}`;
  });
  return `${CONFORMANCE_RULES.length} checks, each with what comes of breaking its rule.\n\n${parts.join('\n\n')}`;
}

test('docs/conformance.md lists the checks that there are', () => {
  const text = readFileSync(FILE, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.split(END)[1] ?? '';
  const expected = `${before}${START}\n\n${list()}\n\n${END}${after}`;
  if (process.env['WRITE'] !== undefined) writeFileSync(FILE, expected);
  else assert.equal(text, expected, 'WRITE=1 npm test -- conformance-docs');
});
