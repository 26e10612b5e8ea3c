import {defaultTreeAdapter as tree, parse, parseFragment} from 'parse5';
import {checkCss} from './css.mjs';
import {ELEMENTS} from './manifest.mjs';

/** What any element may have. */
const GLOBAL = /^(?:id|class|style|slot|part|lang|dir|hidden|title|tabindex|role|inert|aria-[a-z]+|data-[a-z-]+)$/;

/** @returns {boolean} whether it is a page of its own, and not a part of one */
export const isDocument = ({code}) => /^\s*(?:<!doctype|<html)/i.test(code);

/**
 * @typedef {object} Markup
 * @property {{code: string, line: number}[]} scripts modules and scripts in it, for {@link checkCode}
 * @property {Map<string, string>} tags of the elements that have an id, by it
 * @property {string[]} parts that a row template in it gives, for {@link checkCss}
 */

/**
 * Markup: it parses, and each tag, attribute and slot of the elements exists.
 *
 * @param {import('./blocks.mjs').Block} block
 * @returns {Markup}
 */
export function checkHtml(block) {
  const say = (place, message) => block.problems.push({line: block.line + (place?.startLine ?? 1), message});
  const root = (isDocument(block) ? parse : parseFragment)(block.code, {
    sourceCodeLocationInfo: true,
    // A page may leave out what it has nothing to say about.
    onParseError: (error) => error.code !== 'missing-doctype' && say(error, `HTML: ${error.code}`),
  });
  const markup = {scripts: [], tags: new Map(), parts: []};
  const styles = [];
  for (const element of elementsOf(root)) {
    const attributes = new Map(element.attrs.map(({name, value}) => [name, value]));
    const id = attributes.get('id');
    if (id !== undefined) markup.tags.set(id, element.tagName);
    if (element.tagName.startsWith('im-')) checkElement(element, attributes, say);
    checkSlot(element, attributes, say);
    if (element.tagName === 'script' || element.tagName === 'style') inner(element, attributes);
    if (element.tagName === 'template' && attributes.get('slot') === 'row') markup.parts.push(...partsIn(element));
  }
  for (const {code, line} of styles) checkCss(block, {css: code, line, ownParts: new Set(markup.parts)});
  return markup;

  function inner({tagName, childNodes: [text], sourceCodeLocation}, attributes) {
    if (text === undefined) return;
    // An element's own first line is that of its tag.
    const piece = {code: text.value, line: block.line + (text.sourceCodeLocation ?? sourceCodeLocation).startLine};
    const type = attributes.get('type') ?? '';
    if (tagName === 'style') styles.push(piece);
    else if (/json|importmap/.test(type)) parseJson(piece);
    else markup.scripts.push(piece);
  }

  function parseJson({code, line}) {
    try {
      JSON.parse(code);
    } catch (error) {
      block.problems.push({line, message: error.message});
    }
  }
}

function* elementsOf(node) {
  if (tree.isElementNode(node)) yield node;
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) yield* elementsOf(child);
}

function checkElement({tagName, sourceCodeLocation: place}, attributes, say) {
  const known = ELEMENTS.get(tagName);
  if (known === undefined) return say(place, `no such element: <${tagName}>`);
  for (const name of attributes.keys()) {
    if (!known.attributes.has(name) && !GLOBAL.test(name)) say(place, `<${tagName}> has no attribute ${name}`);
  }
}

function checkSlot({parentNode, sourceCodeLocation: place}, attributes, say) {
  const slots = ELEMENTS.get(parentNode?.tagName)?.slots;
  const slot = attributes.get('slot');
  if (slots && slot !== undefined && !slots.has(slot)) say(place, `<${parentNode.tagName}> has no slot ${slot}`);
}

/** Names that stand in the parts of a row template; a placeholder in braces stands for names that the list knows. */
function partsIn(template) {
  return [...elementsOf(template)]
    .flatMap(({attrs}) => attrs.filter(({name}) => name === 'part'))
    .flatMap(({value}) => value.split(/\s+/).filter((name) => name && !name.includes('{{')));
}
