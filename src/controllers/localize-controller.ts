import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {en} from '../locales/en.js';
import type {Strings} from '../locales/strings.js';

/** The element's language and words: the nearest `lang`, English built in, the app's own words on top. */
export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #lang = '';
  #strings: Strings = en;
  #overrides: Partial<Strings> | undefined;
  #observer: MutationObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** BCP 47 tag of the nearest `lang`, through shadow roots; '' for the browser's own. */
  get lang(): string {
    return this.#lang;
  }

  get strings(): Strings {
    return this.#strings;
  }

  /** Words that an app puts in place of the built-in ones. */
  set overrides(overrides: Partial<Strings> | undefined) {
    if (overrides === this.#overrides) return;
    this.#overrides = overrides;
    this.#strings = overrides === undefined ? en : {...en, ...overrides};
  }

  hostConnected(): void {
    this.#read();
    this.#observer = new MutationObserver(() => this.#read());
    // The usual places of a language: the element itself and the document.
    for (const node of [this.#host, document.documentElement]) {
      this.#observer.observe(node, {attributes: true, attributeFilter: ['lang', 'dir']});
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #read(): void {
    this.#lang = nearestLang(this.#host);
    this.#host.requestUpdate();
  }
}

function nearestLang(element: Element): string {
  for (let at: Element | undefined = element; at !== undefined; ) {
    const found: Element | null = at.closest('[lang]');
    if (found !== null) return found.getAttribute('lang') ?? '';
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return '';
}
