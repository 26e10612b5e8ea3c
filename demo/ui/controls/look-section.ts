import {html, type TemplateResult} from 'lit';
import type {DemoState} from '../../state/demo-state.js';
import {choiceField, section} from '../fields.js';

/** The page around the list. */
export function lookSection(state: DemoState): TemplateResult {
  const {theme, dir} = state.settings;
  return section('Look', [
    choiceField(
      'Colours',
      theme,
      [['auto', 'as the system'], ['light', 'light'], ['dark', 'dark']],
      (value) => state.set({theme: value}),
    ),
    choiceField(
      'Direction',
      dir,
      [['ltr', 'left to right'], ['rtl', 'right to left']],
      (value) => state.set({dir: value}),
    ),
    html`<p class="hint"><a href="./gallery.html">Gallery: every state of a row and of the list</a></p>`,
  ]);
}
