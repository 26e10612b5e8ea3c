import {html, type TemplateResult} from 'lit';
import type {DemoState} from '../../state/demo-state.js';
import {choiceField, count, doButton, section} from '../fields.js';

const SIZES = [10, 1000, 100_000];

/** What is made up, and how the list gets it. */
export function dataSection(state: DemoState): TemplateResult {
  const {size, names, feed} = state.settings;
  const sizes = SIZES.includes(size) ? SIZES : [size, ...SIZES];
  return section('Data', [
    html`<fieldset role="group" class="sizes" aria-label="Conversations">
      ${sizes.map(
        (value) => html`<button
          type="button"
          class="small ${value === size ? '' : 'outline'}"
          aria-pressed=${value === size}
          @click=${() => state.set({size: value})}
        >${count(value)}</button>`,
      )}
    </fieldset>`,
    choiceField(
      'Comes from',
      feed,
      [
        ['local', 'a LocalSource, kept in this browser'],
        ['source', 'a MemorySource, page by page'],
        ['array', "an array, the list's conversations"],
      ],
      (value) => state.set({feed: value}),
    ),
    choiceField(
      'Names and texts',
      names,
      [['all', 'in eight scripts'], ['latin', 'in Latin letters'], ['rtl', 'in Arabic and Hebrew']],
      (value) => state.set({names: value}),
    ),
    doButton('Reset what is kept', () => void state.resetStored(), feed === 'local'),
  ]);
}
