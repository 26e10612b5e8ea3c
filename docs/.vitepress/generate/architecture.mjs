/**
 * Draws the house: the rooms of `src`, and who imports whom, counted in the code. The picture is committed, as pages are
 * read on GitHub too; a test asks for a new one when the code has others.
 */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {posix} from 'node:path';
import ts from 'typescript';
import {LAYERS} from '../../../eslint.config.js';

const SRC = new URL('../../../src/', import.meta.url);
export const PICTURE = new URL('../../images/architecture.svg', import.meta.url);

/** They import everything there is, to pass it on. */
const PASSED_ON = ['index', 'bundle'];
/** Lines are told in hundreds, so that not every commit asks for another picture. */
const LINES = 100;

export async function generate() {
  const house = readHouse();
  // Only drawing needs the site's packages.
  const {instance} = await import('@viz-js/viz');
  const svg = (await instance()).renderString(graphOf(house), {format: 'svg', engine: 'dot'});
  writeFileSync(PICTURE, dress(svg, house));
}

/**
 * @returns {{rooms: {name: string, files: number, lines: number}[], imports: {from: string, to: string, count: number, allowed: boolean}[]}}
 *   the rooms by name; the imports by name
 */
export function readHouse() {
  const rooms = new Map();
  const imports = new Map();
  for (const path of readdirSync(SRC, {recursive: true, encoding: 'utf8'}).map((name) => name.replaceAll('\\', '/')).sort()) {
    const from = roomOf(path);
    if (!path.endsWith('.ts') || PASSED_ON.includes(from)) continue;
    const text = readFileSync(new URL(path, SRC), 'utf8');
    const {files, lines} = rooms.get(from) ?? {files: 0, lines: 0};
    rooms.set(from, {files: files + 1, lines: lines + text.split('\n').length - 1});
    for (const {fileName} of ts.preProcessFile(text, true, true).importedFiles.filter((one) => one.fileName.startsWith('.'))) {
      const to = roomOf(posix.join(posix.dirname(path), fileName));
      const key = `${from} ${to}`;
      if (from !== to) imports.set(key, (imports.get(key) ?? 0) + 1);
    }
  }
  return {
    rooms: [...rooms].map(([name, {files, lines}]) => ({name, files, lines})),
    imports: [...imports].map(([key, count]) => {
      const [from, to] = key.split(' ');
      // What the single files at the top may import, ESLint says file by file.
      return {from, to, count, allowed: LAYERS[from]?.folders?.includes(to) ?? !(from in LAYERS)};
    }),
  };
}

/** Says from which house a picture is. */
export function markOf(house) {
  return createHash('sha256').update(graphOf(house)).digest('hex').slice(0, 16);
}

/** The same as text, for who does not see the picture. */
function sentence({rooms, imports}) {
  const from = (name) => imports.filter((one) => one.from === name).map(({to, count}) => `${to} (${count})`);
  return rooms.map(({name, files}) => {
    const known = from(name);
    return `${name}, ${plural(files)}, ${known.length === 0 ? 'imports no other room' : `imports ${known.join(', ')}`}`;
  }).join('. ');
}

function graphOf({rooms, imports}) {
  const label = ({name, files, lines}) => {
    const size = lines < LINES ? `${lines} lines` : `${(Math.round(lines / LINES) * LINES).toLocaleString('en')} lines`;
    return `"${name}\\n${plural(files)}, ${size}"`;
  };
  return [
    'digraph {',
    '  graph [rankdir=TB, ranksep=0.65, nodesep=0.4, pad=0.25, bgcolor=transparent, fontname=Helvetica]',
    '  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin="0.15,0.08"]',
    '  edge [fontname=Helvetica, fontsize=11, arrowsize=0.7]',
    '  {rank=source; define; server}',
    '  {rank=sink; model}',
    ...rooms.map((room) => `  ${room.name} [label=${label(room)}, class="room"]`),
    ...imports.map(({from, to, count, allowed}) => `  ${from} -> ${to} [label=" ${count}", class="${allowed ? 'import' : 'import wrong'}"]`),
    '}',
  ].join('\n');
}

/** Graphviz draws in black; the classes give colours that follow the reader's light or dark. */
function dress(svg, house) {
  const drawing = svg
    .slice(svg.indexOf('<g id="graph0"'))
    .replace(/ (?:stroke|fill)="[^"]*"/g, '')
    // Each room's and arrow's name would come up as a tooltip, and be read out twice.
    .replace(/<title>[^<]*<\/title>\n/g, '')
    .replace(/<!--[^]*?-->\n/g, '');
  const [, width, height] = /viewBox="0\.00 0\.00 ([\d.]+) ([\d.]+)"/.exec(svg);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" data-house="${markOf(house)}">
<title id="title">The rooms of src, and who imports whom</title>
<desc id="desc">${sentence(house)}.</desc>
<style>
  .paper { fill: #fff }
  text { font-family: Helvetica, Arial, sans-serif; fill: #24292f }
  .room text:first-of-type { font-weight: bold }
  .room text:last-of-type { font-size: 11.5px }
  .room path { fill: #eef4fb; stroke: #0b5cad }
  .import path { fill: none; stroke: #6e7781 }
  .import polygon { fill: #6e7781; stroke: #6e7781 }
  .import text { fill: #57606a }
  .wrong path { stroke: #cf222e; stroke-width: 2.5 }
  .wrong polygon, .wrong text { fill: #cf222e; stroke: none }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #161b22 }
    text { fill: #e6edf3 }
    .room path { fill: #12263f; stroke: #58a6ff }
    .import path { stroke: #8b949e }
    .import polygon { fill: #8b949e; stroke: #8b949e }
    .import text { fill: #9198a1 }
    .wrong path { stroke: #ff7b72 }
    .wrong polygon, .wrong text { fill: #ff7b72 }
  }
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${drawing}`;
}

const roomOf = (path) => path.split('/')[0].replace(/\.(?:ts|js)$/, '');
const plural = (files) => `${files} ${files === 1 ? 'file' : 'files'}`;
