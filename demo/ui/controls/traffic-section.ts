import {html, type TemplateResult} from 'lit';
import type {DemoState} from '../../state/demo-state.js';
import {MAX_RATE} from '../../state/settings.js';
import {count, section, sliderField, switchField} from '../fields.js';

/** Made-up live traffic. */
export function trafficSection(state: DemoState): TemplateResult {
  const {live, rate} = state.settings;
  if (state.session?.archive !== undefined) {
    const hint = html`<p class="hint">The archive's own messages can be played again, below.</p>`;
    return section('Live traffic', hint, true);
  }
  return section(
    'Live traffic',
    [
      switchField('Messages come in', live, (on) => state.set({live: on})),
      sliderField(
        'Speed',
        // Most of the scale for speeds at which single messages can be seen.
        Math.cbrt(rate / MAX_RATE),
        {min: 0, max: 1, step: 0.01},
        () => `${count(rate)} a second`,
        (share) => state.set({rate: Math.round(share ** 3 * MAX_RATE)}),
      ),
    ],
    true,
  );
}
