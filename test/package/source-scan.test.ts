import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** Names that turn text into markup, code or styles, wherever they stand: as a property, a call, a key or an import. */
const NAMES = new Set([
  ...['innerHTML', 'outerHTML', 'srcdoc', 'insertAdjacentHTML', 'setHTMLUnsafe', 'setHTML', 'parseHTMLUnsafe'],
  ...['parseFromString', 'DOMParser'],
  ...['createContextualFragment', 'eval', 'Function', 'cssText', 'insertRule', 'replaceSync', 'execScript'],
  ...['createPolicy', 'importScripts'],
  ...['unsafeHTML', 'unsafeSVG', 'unsafeMathML', 'unsafeStatic', 'unsafeCSS', 'styleMap', '__proto__'],
  ...['setPrototypeOf'],
]);
/** What goes out or stays behind, by its global name. Sources are there to do so. */
const OUTSIDE = new Set([
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'localStorage'],
  ...['sessionStorage', 'indexedDB', 'sendBeacon', 'cookie'],
]);
const TIMERS = new Set(['setTimeout', 'setInterval']);
const SETTERS = new Set(['setAttribute', 'setAttributeNS', 'toggleAttribute', 'createAttribute']);
const ATTRIBUTE = /^(?:style|srcdoc|on.*|href|xlink:href|src|action|formaction)$/i;
const MODULES = /^lit(?:-html)?\/(?:static-html|directives\/(?:unsafe-|style-map|repeat|template-content))/;
const TEMPLATE =
  /<(?:style|script|iframe|object|embed|link|meta|base|a|form)\b|[\s.](?:style|on\w+|srcdoc|href|src|innerHTML|outerHTML)\s*=/i;

/** What in a module can make markup, code, styles or requests out of text. */
function scan(code: string, source = false): string[] {
  const file = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const tell = (node: ts.Node, what: string) => {
    found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (!source && ts.isIdentifier(node) && OUTSIDE.has(node.text) && isGlobal(node)) tell(node, node.text);
    if (ts.isPropertyAccessExpression(node) && /^(?:window\.)?document\.write(?:ln)?$/.test(node.getText())) tell(node, node.getText());
    if (ts.isIdentifier(node) && NAMES.has(node.text) && !ts.isTypeReferenceNode(node.parent)) tell(node, node.text);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      if (NAMES.has(node.argumentExpression.text)) tell(node, node.argumentExpression.text);
    }
    if (ts.isStringLiteral(node) && MODULES.test(node.text)) tell(node, node.text);
    if (ts.isCallExpression(node)) {
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
      const [first] = node.arguments;
      const text = first && ts.isStringLiteralLike(first) ? first.text : undefined;
      if (SETTERS.has(callee) && (text === undefined || ATTRIBUTE.test(text))) tell(node, `${callee}(${first?.getText()})`);
      if (TIMERS.has(callee) && (text !== undefined || (first && ts.isTemplateExpression(first)))) tell(node, `${callee} of a text`);
    }
    if (ts.isTaggedTemplateExpression(node) && /^(?:html|svg)$/.test(node.tag.getText())) {
      const bad = TEMPLATE.exec(node.template.getText());
      if (bad !== null) tell(node, `a template with ${bad[0].trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Not the method of an object of ours, nor its key. */
function isGlobal(node: ts.Identifier): boolean {
  const {parent} = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return /^(?:window|globalThis|navigator|document|self)$/.test(parent.expression.getText());
  }
  const {PropertyAssignment, MethodDeclaration, PropertySignature, MethodSignature} = ts.SyntaxKind;
  return ![PropertyAssignment, MethodDeclaration, PropertySignature, MethodSignature].includes(parent.kind);
}

describe('the source scan', () => {
  const bad = [
    ...['a.innerHTML = b', "a['outerHTML'] = b", 'a.insertAdjacentHTML("beforeend", b)', 'document.write(b)'],
    ...['document.writeln(b)', 'eval(b)'],
    ...['(0, eval)(b)', 'window.eval(b)', 'new Function(b)', 'Function(b)', 'setTimeout("x()")'],
    ...['setInterval(`x${b}`)', 'a.setAttribute("style", b)'],
    ...['a.setAttribute("STYLE", b)', 'a.setAttribute("onclick", b)', 'a.setAttribute(b, c)'],
    ...['a.toggleAttribute("onload")', 'a.setAttribute("srcdoc", b)'],
    ...['a.setAttribute("href", b)', 'a.style.cssText = b', 'sheet.insertRule(b)', 'sheet.replaceSync(b)'],
    ...['new DOMParser()', 'range.createContextualFragment(b)'],
    ...['import {unsafeHTML} from "lit/directives/unsafe-html.js"'],
    ...['import {styleMap as s} from "lit/directives/style-map.js"', 'unsafeCSS(b)'],
    ...['import * as x from "lit/directives/unsafe-svg.js"', 'import {html} from "lit/static-html.js"'],
    ...['html`<p style="color:red">`', 'html`<p style=${b}>`'],
    ...['html`<p .innerHTML=${b}>`', 'html`<style>${b}</style>`', 'svg`<script>${b}</script>`'],
    ...['html`<a href=${b}>x</a>`', 'html`<p onclick="x()">`'],
    ...['html`<img src=${b}>`', 'fetch(b)', 'navigator.sendBeacon(b)', 'trustedTypes.createPolicy("x", {})'],
    ...['document.cookie', 'new WebSocket(b)', 'window.fetch(b)', 'a.__proto__ = b'],
    ...['localStorage.x', 'const {innerHTML} = a', 'Object.assign(a, {innerHTML: b})'],
    ...['html`<p>${html`<b style="x">`}</p>`'],
  ];
  for (const code of bad) {
    it(`finds ${code}`, () => assert.notDeepEqual(scan(code), []));
  }

  const good = [
    ...['// a.innerHTML = b', '/** `style=` and eval(x) */ const a = 1;', 'a.textContent = b'],
    ...['a.style.transform = b', "a.setAttribute('aria-label', b)"],
    ...["typeof a === 'function'", 'setTimeout(() => b)', 'html`<p class=${b} @click=${c}>${d}</p>`'],
    ...['html`<p title=${b}>x</p>`', "const a = 'style=';"],
    ...['css`.a { color: red }`', "import {html} from 'lit'", 'image.src = url', 'this.#host.fetch(b)'],
    ...['const a = {fetch: b}', 'file.write(b)'],
  ];
  for (const code of good) {
    it(`lets ${code} be`, () => assert.deepEqual(scan(code), []));
  }

  const files = readdirSync(SRC, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.ts'));
  const read = (name: string): string => readFileSync(join(SRC, name), 'utf8');

  it('finds nothing in src: no text becomes markup, code, a style sheet or a request', () => {
    assert.ok(files.length > 60);
    const found = files.flatMap((name) => scan(read(name), name.startsWith('sources')).map((what) => `${name}:${what}`));
    // The one place that sets an attribute whose name an app has written looks it up in its own list.
    assert.deepEqual(found.map((what) => what.replace(/:\d+/, '')), ['elements/row-template.ts: setAttribute(name)']);
    assert.match(read('elements/row-template.ts'), /if \(name !== 'src' && ATTRIBUTES\.test\(name\)\) element\.setAttribute\(name,/);
  });

  it('finds one place that sets an address, behind the policy of avatars', () => {
    const setting = /\.(?:src|srcset|href|location)\s*=(?!=)|location\.(?:assign|replace)|window\.open/g;
    const places = files.flatMap((name) => (read(name).match(setting) ?? []).map((what) => `${name} ${what}`));
    assert.deepEqual(places, ['elements/row-nodes.ts .src =']);
  });
});
