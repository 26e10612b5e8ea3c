import {isServer, type ReactiveController, type ReactiveControllerHost} from 'lit';
import {en} from '../locales/en.js';
import {loadLocale, watchLocales} from '../locales/load-locale.js';
import {mergeStrings} from '../locales/merge-strings.js';
import type {StringOverrides, Strings} from '../locales/strings.js';

/**
 * The element's language and words: the nearest `lang`, English until its words are here, the app's own words on top.
 *
 * When the language changes, the words so far stand until the new ones are here.
 */
export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #lang = '';
  #words: Strings = en;
  #strings: Strings = en;
  #overrides: StringOverrides | undefined;
  readonly #told = new Set<string>();
  /** What is on its way; an answer that is not this one comes too late. */
  #awaited: Promise<Strings> | undefined;
  #observer: MutationObserver | undefined;
  #unwatch: (() => void) | undefined;

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

  /** Words that an app puts in place of the built-in ones. Set before each render. */
  set overrides(overrides: StringOverrides | undefined) {
    // It connects nothing: the element's own `lang` counts, in words that are here.
    if (isServer) this.#read();
    if (overrides === this.#overrides) return;
    this.#overrides = overrides;
    this.#strings = mergeStrings(this.#words, overrides, this.#told);
  }

  hostConnected(): void {
    if (isServer) return;
    // Any language on the page may have changed.
    this.#observer = new MutationObserver(() => nearestLang(this.#host) !== this.#lang && this.#read());
    for (let at: Node | undefined = this.#host; at !== undefined; ) {
      const root: Node = at.getRootNode();
      this.#observer.observe(root, {subtree: true, attributes: true, attributeFilter: ['lang']});
      at = root instanceof ShadowRoot ? root.host : undefined;
    }
    this.#unwatch = watchLocales(() => this.#read());
    this.#read();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#unwatch?.();
    this.#observer = this.#unwatch = this.#awaited = undefined;
  }

  #read(): void {
    const lang = nearestLang(this.#host);
    if (lang !== this.#lang) this.#host.requestUpdate();
    this.#lang = lang;
    const words = loadLocale(lang);
    this.#awaited = words instanceof Promise ? words : undefined;
    if (words instanceof Promise) void words.then((loaded) => this.#awaited === words && this.#use(loaded));
    else this.#use(words);
  }

  #use(words: Strings): void {
    this.#awaited = undefined;
    if (words === this.#words) return;
    this.#words = words;
    this.#strings = mergeStrings(words, this.#overrides, this.#told);
    this.#host.requestUpdate();
  }
}

function nearestLang(element: Element): string {
  if (isServer) return element.getAttribute('lang') ?? '';
  for (let at: Element | undefined = element; at !== undefined; ) {
    const found: Element | null = at.closest('[lang]');
    if (found !== null) return found.getAttribute('lang') ?? '';
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return '';
}
