/**
 * Line coverage of `src` by the Node tests and the browser tests together, every file counted, also one that no test
 * loads. A line counts if a statement begins on it; types and comments do not.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, 'coverage');
const C8 = fileURLToPath(import.meta.resolve('c8/bin/c8.js'));
/** Least share of the lines. */
const LEAST = 0.95;
/** Files below this are named. */
const NAMED = 0.95;

/** Where Node's processes leave what they ran. */
export const NODE_V8_COVERAGE = join(REPORTS, 'node');

/** Removes what an earlier run has left. */
export function prepareCoverage() {
  rmSync(REPORTS, {recursive: true, force: true});
}

/** Prints the coverage. Returns it as a result of tests: one failure if it is too low. */
export async function reportCoverage() {
  const hits = new Map();
  if (existsSync(NODE_V8_COVERAGE)) {
    const out = join(REPORTS, 'node-report');
    const args = ['report', '--temp-directory', NODE_V8_COVERAGE, '--include', 'src/**/*.ts', '--reporter', 'lcovonly', '-o', out];
    const {status, stderr} = spawnSync(process.execPath, [C8, ...args], {cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26});
    if (status !== 0) console.log(stderr);
    readLcov(join(out, 'lcov.info'), hits);
  }
  readLcov(join(REPORTS, 'lcov.info'), hits);

  let lines = 0;
  let covered = 0;
  console.log('\nCoverage of src');
  for (const name of readdirSync(join(ROOT, 'src'), {recursive: true, encoding: 'utf8'}).sort()) {
    if (!name.endsWith('.ts')) continue;
    const path = `src/${name.replaceAll('\\', '/')}`;
    const statements = statementLines(readFileSync(join(ROOT, path), 'utf8'));
    const missed = statements.filter((line) => !hits.get(path)?.has(line));
    lines += statements.length;
    covered += statements.length - missed.length;
    if (missed.length > statements.length * (1 - NAMED)) {
      const share = ((1 - missed.length / statements.length) * 100).toFixed(1);
      console.log(`${share.padStart(6)} % ${path}: not line ${missed.slice(0, 12).join(', ')}${missed.length > 12 ? ' …' : ''}`);
    }
  }
  const share = covered / lines;
  console.log(`${(share * 100).toFixed(2)} % of ${lines} lines; at least ${LEAST * 100} % are asked for`);
  const ok = share >= LEAST;
  return {passed: 0, failed: ok ? 0 : 1, skipped: 0, ok};
}

/** Adds the lines that a report says have run, by path from the root. */
function readLcov(file, hits) {
  if (!existsSync(file)) return;
  let lines;
  for (const record of readFileSync(file, 'utf8').split('\n')) {
    if (record.startsWith('SF:')) {
      const path = relative(ROOT, resolve(ROOT, record.slice(3))).replaceAll('\\', '/');
      lines = hits.get(path) ?? new Set();
      hits.set(path, lines);
    } else if (record.startsWith('DA:')) {
      const [line, count] = record.slice(3).split(',').map(Number);
      if (count > 0) lines.add(line);
    }
  }
}

/** Numbers of the lines on which a statement or a member with code begins. */
function statementLines(text) {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const lines = new Set();
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (node.modifiers?.some(({kind}) => kind === ts.SyntaxKind.DeclareKeyword)) return;
    const runs = ts.isStatement(node) && !ts.isBlock(node) && !ts.isImportDeclaration(node) && !ts.isExportDeclaration(node);
    if (runs) lines.add(file.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...lines].sort((a, b) => a - b);
}
