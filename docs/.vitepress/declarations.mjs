/**
 * What a module exports, as a user of its types sees it: TypeScript's own declarations, without bodies and without
 * what is private. Taken from `src`, so that nothing has to be built for it.
 */
import {readFileSync} from 'node:fs';
import {posix} from 'node:path';
import ts from 'typescript';

const ROOT = new URL('../../', import.meta.url);
const files = new Map();

/**
 * @typedef {object} Exported
 * @property {string} name
 * @property {string} path of the module that declares it, such as `src/model/source.ts`
 * @property {string} doc Markdown
 * @property {string} code the declaration
 */

/**
 * @param {string} path such as `src/index.ts`
 * @returns {Exported[]} in the order of the module, what it passes on from others included
 */
export function exportsOf(path) {
  const found = new Map();
  const add = (one) => {
    const known = found.get(one.name);
    // Overloads of one function.
    found.set(one.name, known?.path === one.path && known.code !== one.code ? {...known, code: `${known.code}\n${one.code}`} : (known ?? one));
  };
  for (const statement of declarationFile(path).statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) {
      const others = exportsOf(resolve(path, statement.moduleSpecifier.text));
      const names = statement.exportClause?.elements?.map(({name}) => name.text);
      others.filter(({name}) => names === undefined || names.includes(name)).forEach(add);
    } else if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({kind}) => kind === ts.SyntaxKind.ExportKeyword)) {
      add(describe(statement, path));
    }
  }
  return [...found.values()];
}

/**
 * A method of a class; of what it takes and gives the manifest does not know everything.
 *
 * @returns {Pick<Exported, 'doc' | 'code'> | undefined} the code as `name(a: string): void`; nothing if the class itself has none
 */
export function methodOf(path, className, method) {
  const found = declarationFile(path).statements.find((one) => ts.isClassDeclaration(one) && one.name?.text === className);
  const member = found?.members.find((one) => ts.isMethodDeclaration(one) && one.name.getText() === method);
  return member && {doc: docOf(member), code: member.getText().replace(/;$/, '')};
}

/** The third argument of `super(type, {bubbles…})` in an event's class: what kind of event it is. */
export function eventInit(path, className) {
  const file = ts.createSourceFile(path, readFileSync(new URL(path, ROOT), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Set();
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword && node.arguments[1]) {
      node.arguments[1].properties.filter(({initializer}) => initializer.kind === ts.SyntaxKind.TrueKeyword).forEach(({name}) => found.add(name.text));
    }
    ts.forEachChild(node, visit);
  };
  file.statements.filter((one) => ts.isClassDeclaration(one) && one.name?.text === className).forEach(visit);
  return {bubbles: found.has('bubbles'), composed: found.has('composed'), cancelable: found.has('cancelable')};
}

function declarationFile(path) {
  if (!files.has(path)) {
    const options = {compilerOptions: {experimentalDecorators: true, target: ts.ScriptTarget.ES2022}, fileName: path};
    const {outputText} = ts.transpileDeclaration(readFileSync(new URL(path, ROOT), 'utf8'), options);
    files.set(path, ts.createSourceFile(path, outputText, ts.ScriptTarget.Latest, true));
  }
  return files.get(path);
}

function resolve(from, specifier) {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

function describe(statement, path) {
  const name = (statement.name ?? statement.declarationList.declarations[0].name).text;
  return {name, path, doc: docOf(statement), code: codeOf(statement)};
}

function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (doc === undefined) return '';
  const text = (comment) => (ts.getTextOfJSDocComment(comment) ?? '').replace(/\{@link (\w+)\}/g, '`$1`').replace(/^- /, '');
  const tags = (doc.tags ?? []).map((tag) => {
    const said = text(tag.comment);
    if (ts.isJSDocParameterTag(tag)) return `- \`${tag.name.getText()}\`: ${said}`;
    if (ts.isJSDocReturnTag(tag)) return `Returns ${said}`;
    if (tag.tagName.text === 'example') return said.startsWith('```') ? said : `\`\`\`ts\n${said}\n\`\`\``;
    return tag.tagName.text === 'throws' ? `Throws ${tag.typeExpression?.getText().replace(/[{}]/g, '`') ?? ''} ${said}` : said;
  });
  return [text(doc.comment), ...tags].filter(Boolean).join('\n\n');
}

function codeOf(statement) {
  const text = ts.isClassDeclaration(statement) ? classCode(statement) : statement.getText();
  return text.replace(/^export (?:declare )?/, '').replace(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2));
}

function classCode(node) {
  const hidden = (member) =>
    (member.name && ts.isPrivateIdentifier(member.name)) ||
    (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0 ||
    /@internal\b/.test(member.getFullText());
  const members = node.members.filter((member) => !hidden(member)).map((member) => member.getFullText().replace(/^\n/, ''));
  const head = node.getText().slice(0, node.members.pos - node.getStart());
  return [head, ...members, '}'].join('\n');
}
