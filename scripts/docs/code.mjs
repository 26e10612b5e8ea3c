import {existsSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {ROOT} from './blocks.mjs';
import {EVENTS} from './manifest.mjs';

/** Where blocks stand as modules, in memory alone: inside the package, whose exports its own name then follows. */
const FOLDER = join(ROOT, 'test/docs/blocks');
/** What pages speak of without introducing it in code: `api`, `list`. */
const NAMES = join(ROOT, 'test/docs/names');

/** Plain JavaScript says no types of parameters, and does not ask whether what it looks for is there. */
export const UNSAID = new Set([7005, 7006, 7019, 7031, 7034, 2531, 2532, 18047, 18048]);

/** Nor does it say of a field's text that it is one of those that a property takes. */
const ANY_TEXT = /^Type 'string' is not assignable to type '"[^\n]*$/;

/** "Not under rootDir": `src` is it, so that the compiler takes its files for those in `dist` that the exports name. */
const OUTSIDE = 6059;

/**
 * @typedef {object} Piece code of a block
 * @property {import('./blocks.mjs').Block} block
 * @property {string} code
 * @property {number} line of the page that the code begins in
 * @property {'ts' | 'js'} lang
 * @property {ReadonlyMap<string, string>} tags by the ids of elements on the page
 * @property {ReadonlyMap<string, string>} [globals] of these, the elements that stand in the block: each is a name in its scripts
 */

/**
 * TypeScript and JavaScript: it compiles, all of it in one program with `src`. A block knows what it imports and declares,
 * what blocks above it do, and the names of its page.
 *
 * @param {Piece[]} pieces from the top of each page
 */
export function checkCode(pieces) {
  const modules = new Map();
  for (const piece of pieces) {
    const above = [...modules.values()].filter(({block}) => block.page === piece.block.page).reverse();
    const module = moduleOf(piece, above);
    modules.set(module.path, module);
  }
  const texts = [...modules.values()].flatMap(({path, text, globals = []}) => [
    [path, text],
    [`${path}.ids.d.ts`, [...globals].map(([id, tag]) => `export const ${id}: HTMLElementTagNameMap['${tag}'];`).join('\n')],
  ]);
  const program = programOf(new Map(texts));
  for (const {path, block, lang, file} of modules.values()) {
    const source = program.getSourceFile(path);
    for (const {code, start = 0, messageText} of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      if (code === OUTSIDE || (lang === 'js' && (UNSAID.has(code) || ANY_TEXT.test(message)))) continue;
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      block.problems.push({line, message});
    }
    for (const {name, line} of eventsIn(file)) {
      if (name.startsWith('im-') && !EVENTS.has(name)) block.problems.push({line, message: `no such event: ${name}`});
    }
  }
}

/** A piece as a module in which every line has the number that it has on the page. */
function moduleOf(piece, above) {
  const {block, line, lang} = piece;
  const path = join(FOLDER, `${block.page}.${line}.${lang}`);
  const code = '\n'.repeat(line - 1) + piece.code;
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const {declared, exported} = declarationsOf(file);
  const imports = [...identifiersOf(file)].filter((name) => !declared.has(name)).flatMap((name) => importOf(name, path, piece, above));
  const own = [...declared].filter((name) => !exported.has(name));
  return {
    ...piece,
    path,
    file,
    declared,
    text: [found(file, piece.tags), ...imports, `export {${own.join(', ')}};`].join('\n'),
  };
}

function importOf(name, path, {block, globals}, above) {
  const pageNames = join(NAMES, `${block.page.replace(/\.md$/, '')}.d.ts`);
  const module =
    (globals?.has(name) && `${path}.ids.js`) ||
    (namesOf(pageNames).has(name) && pageNames.replace(/\.d\.ts$/, '.js')) ||
    above.find(({declared}) => declared.has(name))?.path.replace(/\.ts$/, '.js') ||
    (namesOf(`${NAMES}.d.ts`).has(name) && `${NAMES}.js`);
  return module ? [`import {${name}} from ${JSON.stringify(module)};`] : [];
}

const known = new Map();
function namesOf(path) {
  if (!known.has(path)) {
    const text = existsSync(path) ? ts.sys.readFile(path) : '';
    known.set(path, declarationsOf(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)).exported);
  }
  return known.get(path);
}

/** What stands at the top of a module. */
function declarationsOf(file) {
  const declared = new Set();
  const exported = new Set();
  for (const statement of file.statements) {
    const names = namesIn(statement);
    const exports = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({kind}) => kind === ts.SyntaxKind.ExportKeyword);
    for (const name of names) {
      declared.add(name);
      if (exports) exported.add(name);
    }
  }
  return {declared, exported};
}

function namesIn(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({name}) => bound(name));
  if (!ts.isImportDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  const {name, namedBindings} = statement.importClause ?? {};
  const bindings = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
  return [name, ...bindings.map((binding) => binding?.name)].filter(Boolean).map(({text}) => text);
}

const bound = (name) => (ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (element.name ? bound(element.name) : [])));

function identifiersOf(file) {
  const names = new Set();
  visit(file, (node) => ts.isIdentifier(node) && names.add(node.text));
  return names;
}

function visit(node, each) {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/**
 * The code with what only a browser or a reader knows: `document.querySelector('#list')` is what has this id in the page's
 * markup, the package goes by its name where it is imported by a path, and `type: 'direct'` in JavaScript is no other text.
 */
function found(file, tags) {
  const {text} = file;
  const isScript = file.fileName.endsWith('.js');
  const edits = [];
  visit(file, (node) => {
    const [, name] = (ts.isImportDeclaration(node) && /\/im-conversation-list\/(?:dist\/)?(.+)$/.exec(node.moduleSpecifier.text)) || [];
    if (name) edits.push({node: node.moduleSpecifier, text: JSON.stringify(moduleNamed(name))});
    const [call, argument] = callOf(node);
    const id = call === 'querySelector' ? /^#([\w-]+)$/.exec(argument)?.[1] : call === 'getElementById' ? argument : undefined;
    const type = tags.has(id) ? `HTMLElementTagNameMap['${tags.get(id)}']` : isScript && isValue(node) ? 'const' : undefined;
    if (type) edits.push({node, text: isScript ? `/** @type {${type}} */ (${node.getText()})` : `(${node.getText()} as ${type})`});
  });
  return edits.reduceRight((all, edit) => all.slice(0, edit.node.getStart()) + edit.text + all.slice(edit.node.end), text);
}

/**
 * A text or a few numbers as the value of a property, which the compiler takes for any text or any number of numbers unless it
 * sees at once what the object is for, as in a call.
 */
function isValue(node) {
  if (node.parent?.kind !== ts.SyntaxKind.PropertyAssignment || node.parent.initializer !== node) return false;
  const outer = ts.findAncestor(node, ({parent}) => !/^(?:PropertyAssignment|ObjectLiteral|ArrayLiteral|Parenthesized)/.test(ts.SyntaxKind[parent.kind]));
  if (outer.parent.arguments?.includes(outer)) return false;
  return ts.isStringLiteral(node) || (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && node.elements.every(ts.isNumericLiteral));
}

/** The single file holds more than its types say, which are those of the package's main module. */
function moduleNamed(name) {
  return name === 'im-conversation-list.min.js' ? join(ROOT, 'src/bundle.js') : `im-conversation-list/${name}`;
}

/** The method that is called, and the text that it is given first. */
function callOf(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const [first] = node.arguments;
  return first && ts.isStringLiteral(first) ? [node.expression.name.text, first.text] : [];
}

/** What is listened to by its name, which the compiler lets be any text. */
function eventsIn(file) {
  const events = [];
  visit(file, (node) => {
    const [call, name] = callOf(node);
    if (!/^(?:add|remove)EventListener$/.test(call)) return;
    events.push({name, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1});
  });
  return events;
}

/** @param {Map<string, string>} texts of the modules, by path */
function programOf(texts) {
  const {config} = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const {options} = ts.parseJsonConfigFileContent({...config, include: []}, ts.sys, ROOT);
  const host = ts.createCompilerHost(Object.assign(options, {
    noEmit: true,
    declaration: false,
    declarationMap: false,
    sourceMap: false,
    allowJs: true,
    checkJs: true,
    types: ['node'],
    // A block shows; it need not use all that it declares, nor say which of its imports are types.
    noUnusedLocals: false,
    noUnusedParameters: false,
    isolatedModules: false,
    verbatimModuleSyntax: false,
    // A service's SDK is checked against where it is installed, and against what the source asks of it elsewhere.
    paths: {'*': [join(ROOT, 'test/sdk/node_modules/*'), join(ROOT, 'test/docs/modules/*')]},
  }));
  const {fileExists, readFile, directoryExists} = host;
  host.directoryExists = (path) => path.startsWith(FOLDER) || directoryExists(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  return ts.createProgram([...texts.keys()], options, host);
}
