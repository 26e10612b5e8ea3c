import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const INDEX = `${SRC}index.ts`;

/**
 * Types of ours that a public declaration names and an app cannot import, with where each is named. What is private,
 * protected or internal is nobody's to name, and what a function does inside is its own.
 */
function hiddenTypes(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const resolve = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const module = checker.getSymbolAtLocation(program.getSourceFile(INDEX) as ts.SourceFile) as ts.Symbol;
  const exported = new Set(checker.getExportsOfModule(module).map(resolve));
  const ours = (declaration: ts.Declaration): boolean => declaration.getSourceFile().fileName.startsWith(SRC);
  const hidden = new Set<string>();

  const look = (node: ts.Node, where: string): void => {
    if (ts.isBlock(node) || !isPublic(node)) return;
    if (ts.isTypeReferenceNode(node)) {
      const symbol = resolve(checker.getSymbolAtLocation(node.typeName) as ts.Symbol);
      const [declaration] = symbol.declarations ?? [];
      const parameter = declaration === undefined || ts.isTypeParameterDeclaration(declaration);
      if (!parameter && ours(declaration) && !exported.has(symbol)) hidden.add(`${symbol.name} in ${where}`);
    }
    node.forEachChild((child) => look(child, where));
  };

  for (const symbol of exported) {
    for (const declaration of (symbol.declarations ?? []).filter(ours)) {
      if (!ts.isClassDeclaration(declaration)) look(declaration, symbol.name);
      // A class has also what it inherits from classes that nobody can import.
      else for (const member of checker.getTypeAtLocation(declaration).getProperties()) lookAt(member, symbol.name);
    }
  }
  return [...hidden].sort();

  function lookAt(member: ts.Symbol, name: string): void {
    for (const declaration of (member.declarations ?? []).filter(ours)) look(declaration, `${name}.${member.name}`);
  }
}

function isPublic(node: ts.Node): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.isClassElement(node) && (ts.getCombinedModifierFlags(node) & hidden || (node.name && ts.isPrivateIdentifier(node.name)))) return false;
  return !ts.getJSDocTags(node).some(({tagName}) => tagName.text === 'internal');
}

function programOf(files: Readonly<Record<string, string>> = {}): ts.Program {
  const options: ts.CompilerOptions = {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, experimentalDecorators: true, skipLibCheck: true};
  const host = ts.createCompilerHost(options);
  const {fileExists, readFile} = host;
  host.fileExists = (path) => path in files || fileExists(path);
  host.readFile = (path) => files[path] ?? readFile(path);
  return ts.createProgram([INDEX], options, host);
}

test('every type that a public declaration names can be imported', () => {
  assert.deepEqual(hiddenTypes(programOf()), []);
});

test('one that cannot is found, also in what a class inherits', () => {
  const index = "export {List} from './elements/list.js';";
  const list = `
    interface Hidden { readonly a: string }
    export abstract class Base {
      near?: Hidden;
      /** @internal */ inside?: Hidden;
      protected inner?: Hidden;
      act(): void { const own: Hidden | undefined = undefined; void own; }
    }
    export class List extends Base { move(to: Hidden): void { void to; } }`;
  assert.deepEqual(hiddenTypes(programOf({[INDEX]: index, [`${SRC}elements/list.ts`]: list})), ['Hidden in List.move', 'Hidden in List.near']);
});
