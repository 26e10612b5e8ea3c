import {existsSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {ROOT} from './blocks.mjs';

/** What npm does by itself, and what a machine may be expected to have besides. */
const NPM = new Set(['ci', 'install', 'create', 'init', 'pack', 'exec', 'audit', 'publish']);
const OTHERS = new Set(['curl', 'npx', 'mkdir']);
/** Scripts that a new project has by `npm create`. */
const OF_TEMPLATE = new Set(['dev', 'build', 'preview', 'start']);

/**
 * Commands: each can be run where it stands, scripts and files are there, and our own scripts know the flags and the
 * variables that they are given.
 *
 * @param {import('./blocks.mjs').Block} block
 * @param {import('./blocks.mjs').Block[]} section the blocks that stand with it: files that they write are there, too
 */
export function checkShell(block, section) {
  // From a folder that the reader has made on, the repository is out of reach.
  const place = {folder: ROOT, own: true, written: section.flatMap(({file}) => file ?? [])};
  const earlier = block.inline ? [] : section.filter(({lang, line}) => lang === 'sh' && line < block.line);
  for (const {words} of earlier.flatMap(({code}) => commandsIn(code))) move(place, words);
  for (const {words, line} of commandsIn(block.code)) {
    const message = problemOf(words, place);
    if (message) block.problems.push({line: block.line + 1 + line, message});
    move(place, words);
  }
}

function move(place, [name, folder]) {
  if (name === 'mkdir' || name === 'npx' || (name === 'npm' && folder === 'create')) place.own = false;
  if (name !== 'cd') return;
  place.folder = join(place.folder, folder);
  place.own &&= existsSync(place.folder);
}

function problemOf(all, place) {
  const first = all.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const variables = all.slice(0, first).map((word) => word.split('=')[0]);
  const [name, ...words] = all.slice(first);
  if (name === 'cd') return place.own && !existsSync(join(place.folder, words[0])) ? `there is no folder ${words[0]}` : undefined;
  if (name === 'node') return problemOfFiles([words.join(' ')], words, variables, place);
  if (OTHERS.has(name)) return undefined;
  if (name !== 'npm') return `whether there is a command ${name} is not known: see scripts/docs/shell.mjs`;
  const [command, script] = words;
  if (NPM.has(command)) return undefined;
  const wanted = command === 'run' ? script : command;
  const dash = words.indexOf('--');
  if (!place.own) return OF_TEMPLATE.has(wanted) || place.written.includes('package.json') ? undefined : `no template has a script ${wanted}`;
  const {scripts} = JSON.parse(readFileSync(join(place.folder, 'package.json'), 'utf8'));
  if (scripts[wanted] === undefined) return `package.json has no script ${wanted}`;
  const commands = commandsIn(scripts[wanted]).map((one) => one.words.join(' '));
  return problemOfFiles(commands, dash < 0 ? [] : words.slice(dash + 1), variables, place);
}

/** Of what the commands run by `node`: each file is there, and one of them knows the flags and variables. */
function problemOfFiles(commands, words, variables, {folder, own, written}) {
  const files = commands.flatMap((command) => /^(?:node )?(?:-\S+ )*(\S+\.mjs)\b/.exec(command)?.[1] ?? []);
  const missing = files.find((file) => !(own && existsSync(join(folder, file))) && !written.includes(file));
  if (missing) return `there is no file ${missing}`;
  if (!own || files.length === 0) return undefined;
  const text = files.map((file) => withImports(join(folder, file))).join('\n');
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0]);
  // As they are written where they are read: `'--quick'`, or `quick: {type: …}` for `parseArgs`.
  const unknown = [
    ...flags.filter((flag) => !text.includes(`--${flag}`) && !new RegExp(`\\b${flag}['"]?: ?\\{`).test(text)),
    ...variables.filter((name) => !text.includes(name)),
  ];
  return unknown.length > 0 ? `${files.join(', ')} does not know ${unknown.join(', ')}` : undefined;
}

/** A line that goes on, what separates commands, a comment, space, and a word with its quotes. */
const TOKEN = /\\\n|\n|&&|[;|]|#[^\n]*|[^\S\n]+|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\[^\n]|[^\s'"\\;|&])+/g;

/** A file and what it imports of its own. */
function withImports(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file) || !statSync(file).isFile()) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)].map(([, path]) => join(dirname(file), path));
  return [text, ...imports.map((path) => withImports(path, seen))].join('\n');
}

/**
 * @param {string} code
 * @returns {{words: string[], line: number}[]} its commands, each with the line that it begins in, from 0
 */
export function commandsIn(code) {
  const commands = [];
  let words = [];
  let line = 0;
  let first = 0;
  const end = () => {
    if (words.length > 0) commands.push({words, line: first});
    words = [];
  };
  for (const [text] of code.matchAll(TOKEN)) {
    if (/^(?:\n|&&|[;|])$/.test(text)) end();
    else if (!/^(?:\\\n|#|\s)/.test(text)) {
      if (words.length === 0) first = line;
      words.push(text.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, '$1$2'));
    }
    line += text.split('\n').length - 1;
  }
  end();
  return commands;
}
