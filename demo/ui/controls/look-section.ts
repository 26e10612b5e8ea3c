import {html, type TemplateResult} from 'lit';
import type {DemoState} from '../../state/demo-state.js';
import {LANGUAGES} from '../../state/settings.js';
import {choiceField, section} from '../fields.js';

/** The page around the list. */
export function lookSection(state: DemoState): TemplateResult {
  const {theme, look, lang, dir} = state.settings;
  return section('Look', [
    choiceField(
      'Colours',
      theme,
      [['auto', 'as the system'], ['light', 'light'], ['dark', 'dark']],
      (value) => state.set({theme: value}),
    ),
    choiceField(
      'Theme',
      look,
      [['own', 'the demo’s own'], ['neutral', 'neutral'], ['sky', 'sky'], ['ink', 'ink'], ['leaf', 'leaf']],
      (value) => state.set({look: value}),
    ),
    choiceField('Language', lang, LANGUAGES, (value) => state.set({lang: value})),
    choiceField(
      'Direction',
      dir,
      [['ltr', 'left to right'], ['rtl', 'right to left']],
      (value) => state.set({dir: value}),
    ),
    html`<p class="hint"><a href="./gallery.html">Gallery: every state of a row and of the list</a></p>`,
  ]);
}
