import type {Conversation} from '../model/conversation.js';
import {allowed, type RowFacts, type RowSetting} from './row-facts.js';
import {load} from './row-nodes.js';
import {readAttribute, readPieces, type Binding} from './row-template-bindings.js';

/** What a row may be made of: text and pictures. Nothing that runs, asks a server by itself, takes focus or leads away. */
const ELEMENTS = new Set(
  (
    'abbr b bdi bdo br cite code data dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ' +
    'ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub sup time u ul var wbr'
  ).split(' '),
);
const ATTRIBUTES = /^(?:alt|aria-hidden|aria-label|datetime|dir|hidden|lang|part|src|title|data-[a-z0-9-]+)$/;
/** As many nodes of a template are kept, each of them once for every row that is drawn. */
const NODE_LIMIT = 300;

/** Where a template shows something of the conversation. */
interface Place {
  /** Number of the element, in document order. */
  readonly element: number;
  /** `undefined` for the element's text. */
  readonly attribute: string | undefined;
  readonly binding: Binding;
}

/** One row's content, and what it shows at each place. */
interface Copy {
  readonly root: HTMLElement;
  readonly elements: HTMLElement[];
  readonly shown: (string | undefined)[];
}

/**
 * A row's content as an app's `<template slot="row">` has it.
 *
 * Built anew from what is allowed; everything else stays behind in the template. Each row element keeps its copy for as
 * long as it lives, and only what differs is written.
 */
export class RowTemplate {
  readonly #content = document.createElement('div');
  readonly #places: Place[] = [];
  readonly #copies = new WeakMap<Element, Copy>();
  #elements = 0;
  #nodes = 0;
  #shows = false;

  /** @throws if it shows nothing, is too large, or has a binding that cannot be read */
  constructor(template: HTMLTemplateElement) {
    this.#content.className = 'custom';
    // Some frameworks put the content beside the template's own.
    this.#readChildren(template.content.hasChildNodes() ? template.content : template, this.#content);
    if (!this.#shows) throw new TypeError('The row template shows nothing.');
  }

  /** The content of a row: the same node for the same row at each call. */
  show(row: Element, conversation: Conversation, facts: RowFacts, index: number, setting: RowSetting): Node {
    let copy = this.#copies.get(row);
    if (copy === undefined) this.#copies.set(row, (copy = this.#copy()));
    const {root, elements, shown} = copy;
    this.#places.forEach(({element, attribute, binding}, i) => {
      const value = readValue(attribute, binding, binding.value(conversation, facts, index), setting);
      if (value === shown[i]) return;
      shown[i] = value;
      const target = elements[element] as HTMLElement;
      if (attribute === undefined) target.textContent = value ?? '';
      else if (attribute === 'src') elements[element] = showPicture(target, value);
      else if (value === undefined) target.removeAttribute(attribute);
      else setAllowed(target, attribute, value);
    });
    return root;
  }

  #copy(): Copy {
    const root = this.#content.cloneNode(true) as HTMLElement;
    return {root, elements: [...root.querySelectorAll<HTMLElement>('*')], shown: []};
  }

  #readChildren(from: Node, to: HTMLElement): void {
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.#readText((child as Text).data, to);
      else if (isAllowed(child)) this.#readElement(child, to);
    }
  }

  /** What comes from a conversation stands in an element of its own, where it cannot turn the words around it. */
  #readText(data: string, to: HTMLElement): void {
    for (const piece of readPieces(data)) {
      if (typeof piece === 'string') {
        this.#count();
        to.append(piece);
        this.#shows ||= piece.trim() !== '';
      } else {
        this.#bind(undefined, piece);
        this.#append('bdi', to);
        this.#shows = true;
      }
    }
  }

  #readElement(source: Element, to: HTMLElement): void {
    for (const {name, value} of source.attributes) {
      // An address is looked at even where it is the same for every row.
      if (name === 'src' ? source.localName === 'img' : ATTRIBUTES.test(name)) this.#readAttribute(name, value);
    }
    const copy = this.#append(source.localName, to);
    for (const {name, value} of source.attributes) {
      if (ATTRIBUTES.test(name) && !readAttribute(value).bound) setAllowed(copy, name, value);
    }
    if (copy instanceof HTMLImageElement && !copy.hasAttribute('alt')) copy.alt = '';
    this.#readChildren(source, copy);
  }

  #readAttribute(name: string, value: string): void {
    const binding = readAttribute(value);
    if (name === 'src') this.#shows = true;
    if (binding.bound || name === 'src') this.#bind(name, binding);
  }

  /** Of the element that is appended next. */
  #bind(attribute: string | undefined, binding: Binding): void {
    this.#places.push({element: this.#elements, attribute, binding});
  }

  #append(name: string, to: HTMLElement): HTMLElement {
    this.#count();
    this.#elements++;
    const made = document.createElement(name);
    to.append(made);
    return made;
  }

  #count(): void {
    if (++this.#nodes > NODE_LIMIT) throw new RangeError(`The row template has more than ${NODE_LIMIT} nodes.`);
  }
}

function isAllowed(node: Node): node is Element {
  const {nodeType, namespaceURI, localName} = node as Element;
  return nodeType === Node.ELEMENT_NODE && namespaceURI === 'http://www.w3.org/1999/xhtml' && ELEMENTS.has(localName);
}

function setAllowed(element: Element, name: string, value: string): void {
  if (name !== 'src' && ATTRIBUTES.test(name)) element.setAttribute(name, value);
}

/** `undefined` takes an attribute away. */
function readValue(
  attribute: string | undefined,
  {only}: Binding,
  value: string,
  {avatarPolicy}: RowSetting,
): string | undefined {
  if (attribute === undefined) return value;
  if (value === '') return undefined;
  if (attribute === 'hidden') return '';
  // What the policy has let through is not asked about twice.
  return attribute !== 'src' || only === 'avatar' || only === 'thumbnail' ? value : allowed(value, avatarPolicy);
}

/** In a new element: an old one would show the picture of before until the new one is there. */
function showPicture(image: HTMLElement, url: string | undefined): HTMLElement {
  const fresh = image.cloneNode() as HTMLImageElement;
  fresh.removeAttribute('src');
  image.replaceWith(fresh);
  if (url === undefined) return fresh;
  fresh.addEventListener('error', () => fresh.removeAttribute('src'));
  load(fresh, url);
  return fresh;
}
