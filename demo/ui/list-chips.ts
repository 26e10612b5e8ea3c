import {html, type TemplateResult} from 'lit';
import type {DemoState} from '../state/demo-state.js';
import type {Settings} from '../state/settings.js';

type Filter = Pick<Settings, 'type' | 'mark' | 'group' | 'unread' | 'mentions'>;

const NONE: Filter = {type: '', mark: '', group: '', unread: false, mentions: false};

const CHIPS: readonly (readonly [string, Filter])[] = [
  ['All', NONE],
  ['Unread', {...NONE, unread: true}],
  ['Mentions', {...NONE, mentions: true}],
  ['Direct', {...NONE, type: 'direct'}],
  ['Groups', {...NONE, type: 'group'}],
  ['Starred', {...NONE, mark: 'star'}],
];

/** The filters that people use most, in the list's header. */
export function listChips(state: DemoState): TemplateResult {
  const {settings} = state;
  const keys = Object.keys(NONE) as (keyof Filter)[];
  const isOn = (filter: Filter): boolean => keys.every((key) => filter[key] === settings[key]);
  return html`<div slot="header" class="chips" role="toolbar" aria-label="Show">
    ${CHIPS.map(
      ([label, filter]) =>
        html`<button type="button" class="chip" aria-pressed=${isOn(filter)} @click=${() => state.set(filter)}>
          ${label}
        </button>`,
    )}
  </div>`;
}
