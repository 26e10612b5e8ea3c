import type {MemorySource} from '../../../../src/sources/memory';
import type {generateConversations} from '../../../../src/testing/generate-conversations';
import {ground, ofText, over, texts, toHex} from './contrast';
import type {ThemeProperty} from './properties';
import {OPEN, previewRows} from './rows';
import type {Theme, View} from './theme';

/** Rows below the chosen ones, so that there is something to scroll. */
const MORE = 120;
const HOUR = 3_600_000;
/** A list takes "is typing" back where it is not said again within six seconds. */
const TYPING_MS = 5000;
/** ms until the first rows, at most. */
const PATIENCE = 5000;

/** The kinds of values that have a slider, and by what property a browser works them out. */
const COMPUTED = {length: 'inlineSize', radius: 'borderStartStartRadius', 'font-size': 'fontSize', weight: 'fontWeight'} as const;

/** The preview's window, with what its page hands over. */
export interface PreviewWindow extends Window {
  readonly live?: {readonly MemorySource: typeof MemorySource; readonly generateConversations: typeof generateConversations};
}

type Scheme = 'light' | 'dark';

/** What a theme comes to in the preview. */
export interface Measured {
  /** `#rrggbb` for a colour, a number for what has a slider; by the property's name. */
  readonly values: Readonly<Record<string, string | number>>;
  /** The least contrast of each kind of text. */
  readonly texts: Readonly<Record<string, number>>;
}

/** The page in the frame: a real list, of which everything can be measured. */
export class Preview {
  readonly #document: Document;
  readonly #base: HTMLStyleElement;
  readonly #rules = new Map<string, CSSStyleRule>();
  readonly #typing: ReturnType<typeof setInterval>;
  #scheme: Scheme = 'light';

  /** @param tags - the elements that can be given properties */
  constructor({document, live}: PreviewWindow, tags: readonly string[]) {
    if (live === undefined) throw new Error('The preview has no list.');
    this.#document = document;
    this.#base = document.createElement('style');
    const own = document.createElement('style');
    own.textContent = tags.map((tag) => `${tag} {}`).join('\n');
    document.head.append(this.#base, own);
    for (const [i, tag] of tags.entries()) this.#rules.set(tag, own.sheet?.cssRules[i] as CSSStyleRule);
    const rows = previewRows();
    const more = live.generateConversations(MORE, {now: Date.now() - HOUR}).filter(({pinned}) => !pinned);
    const source = new live.MemorySource({conversations: [...rows, ...more]});
    Object.assign(this.#element('im-conversation-provider'), {source});
    Object.assign(this.#element('im-conversation-list'), {selectedId: rows[OPEN]?.id, orderHold: 'off'});
    const typing = rows.filter((row) => row.typing !== undefined);
    this.#typing = setInterval(() => source.upsert(typing), TYPING_MS);
  }

  /** Resolves when there are rows to measure, or there should be. */
  async drawn(): Promise<void> {
    const list = this.#element('im-conversation-list');
    for (const end = performance.now() + PATIENCE; performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (list.shadowRoot?.querySelector('.row:not([hidden]) .title')) return;
    }
  }

  /** Ends what runs. */
  close(): void {
    clearInterval(this.#typing);
  }

  /** Shows a theme. */
  show({density, values}: Theme, baseCss: string, {dir}: View, scheme: Scheme, properties: readonly ThemeProperty[]): void {
    if (this.#base.textContent !== baseCss) this.#base.textContent = baseCss;
    for (const {name, tag} of properties) {
      const style = this.#rules.get(tag)?.style;
      const value = values[name];
      // By the object model: whatever is in the value, it cannot end the rule.
      if (value === undefined) style?.removeProperty(name);
      else if (style?.getPropertyValue(name) !== value) style?.setProperty(name, value);
    }
    this.#scheme = scheme;
    this.#document.documentElement.style.colorScheme = scheme;
    this.#document.documentElement.dir = dir;
    this.#element('im-conversation-list').setAttribute('density', density);
  }

  /** Measures in both schemes, of which only the one that is shown is painted. */
  measure(properties: readonly ThemeProperty[]): Record<Scheme, Measured> {
    const {style} = this.#document.documentElement;
    const measured = (scheme: Scheme): Measured => {
      style.colorScheme = scheme;
      return {values: this.#values(properties), texts: this.#texts()};
    };
    try {
      return {light: measured('light'), dark: measured('dark')};
    } finally {
      style.colorScheme = this.#scheme;
    }
  }

  #values(properties: readonly ThemeProperty[]): Record<string, string | number> {
    const found: Record<string, string | number> = {};
    for (const tag of this.#rules.keys()) {
      const probe = this.#probe(tag);
      for (const {name, kind, fallback} of properties.filter((property) => property.tag === tag)) {
        if (kind === 'family') continue;
        const value = `var(${name}${fallback === '' ? '' : `, ${fallback}`})`;
        if (kind !== 'color') {
          probe.style[COMPUTED[kind]] = value;
          found[name] = parseFloat(getComputedStyle(probe)[COMPUTED[kind]]) || 0;
        } else if (fallback !== 'none') {
          probe.style.color = value;
          found[name] = toHex(over(getComputedStyle(probe).color, ground(probe)));
        }
      }
      probe.remove();
    }
    return found;
  }

  /** The least contrast of each kind of text: in plain rows, in the open one, and in one under the pointer. */
  #texts(): Record<string, number> {
    const least: Record<string, number> = {};
    const add = (what: string, ratio: number): void => {
      least[what] = Math.min(least[what] ?? Infinity, ratio);
    };
    const probe = this.#probe('im-conversation-list');
    probe.style.background = 'var(--_hover)';
    const hover = getComputedStyle(probe).backgroundColor;
    probe.remove();
    for (const tag of this.#rules.keys()) {
      for (const element of texts(this.#element(tag).shadowRoot as ShadowRoot)) {
        if (element.closest('.live') !== null) continue;
        const name = (element.getAttribute('part') ?? element.className).split(' ')[0] || element.localName;
        const what = tag === 'im-conversation-list' ? name : `${name} of ${tag}`;
        const row = element.closest('.row');
        if (row === null || !row.classList.contains('is-selected')) add(what, ofText(element));
        else add(`${what}, open row`, ofText(element));
        if (row !== null && !row.classList.contains('is-selected')) {
          add(`${what}, under the pointer`, ofText(element, (one) => (one.matches('.cell') ? hover : undefined)));
        }
      }
    }
    return least;
  }

  /** An element in the shadow of another, which takes its properties; the caller removes it. */
  #probe(tag: string): HTMLElement {
    const probe = this.#document.createElement('span');
    Object.assign(probe.style, {position: 'absolute', visibility: 'hidden'});
    this.#element(tag).shadowRoot?.append(probe);
    return probe;
  }

  #element(tag: string): HTMLElement {
    return this.#document.querySelector(tag) as HTMLElement;
  }
}
