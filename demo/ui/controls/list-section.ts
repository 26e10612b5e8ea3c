import type {TemplateResult} from 'lit';
import type {DemoState} from '../../state/demo-state.js';
import {WIDTH} from '../../state/settings.js';
import {choiceField, section, sliderField, switchField} from '../fields.js';

/** The list's other attributes, and the room it has. */
export function listSection(state: DemoState): TemplateResult {
  const {order, pageSize, density, width, selection, selecting} = state.settings;
  return section('List', [
    sliderField('Width', width, {...WIDTH, step: 4}, (px) => `${px} px`, (px) => state.set({width: px})),
    choiceField(
      'density',
      density,
      [['default', 'default, 64 px'], ['comfortable', 'comfortable, 72 px'], ['compact', 'compact, 44 px']],
      (value) => state.set({density: value}),
    ),
    choiceField(
      'order',
      order,
      [['order-key', 'order-key'], ['last-message', 'last-message']],
      (value) => state.set({order: value}),
    ),
    choiceField(
      'page-size',
      pageSize,
      [['20', '20'], ['50', '50'], ['100', '100'], ['all', 'all']],
      (value) => state.set({pageSize: value}),
    ),
    choiceField(
      'selection',
      selection,
      [['none', 'none'], ['single', 'single'], ['multiple', 'multiple']],
      (value) => state.set({selection: value, selecting: false}),
    ),
    switchField('selecting: checkboxes', selecting, (on) => state.set({selecting: on, ...(on && {selection: 'multiple'})})),
  ]);
}
