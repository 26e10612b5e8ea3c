import ink from '../../src/themes/ink.css?url&no-inline';
import leaf from '../../src/themes/leaf.css?url&no-inline';
import neutral from '../../src/themes/neutral.css?url&no-inline';
import sky from '../../src/themes/sky.css?url&no-inline';

const THEMES: Readonly<Record<string, string>> = {neutral, sky, ink, leaf};

/** The style sheet of one of the ready themes, which an app would link to. */
export class ThemeSheet {
  readonly #link = document.createElement('link');

  /** Any other name: no theme. */
  set name(name: string) {
    const href = THEMES[name];
    this.#link.rel = 'stylesheet';
    if (href === undefined) this.#link.remove();
    else if (this.#link.getAttribute('href') !== href || !this.#link.isConnected) {
      this.#link.href = href;
      document.head.append(this.#link);
    }
  }
}
