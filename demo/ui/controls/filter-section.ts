import {html, type TemplateResult} from 'lit';
import type {ConversationType} from '../../../src/model/conversation.js';
import type {DemoState} from '../../state/demo-state.js';
import {choiceField, section, switchField} from '../fields.js';

const TYPES: readonly (readonly [ConversationType, string])[] = [
  ['direct', 'Direct'],
  ['group', 'Group'],
  ['channel', 'Channel'],
  ['system', 'System'],
];

const MARKS = [
  ['', 'Any'],
  ['star', 'star'],
  ['unread', 'unread'],
  ['4294967296', '4294967296 (a custom one)'],
  ['fold', 'fold'],
  ['hide', 'hide'],
] as const;

/** The list's filter attributes. */
export function filterSection(state: DemoState): TemplateResult {
  const groups = state.groupIds;
  const {type, mark, group, unread, mentions, pinned} = state.settings;
  const types = type.split(' ').filter((word) => word !== '');
  const toggle = (name: string, on: boolean): void =>
    state.set({type: (on ? [...types, name] : types.filter((other) => other !== name)).join(' ')});
  const names = group === '' || groups.includes(group) ? groups : [group, ...groups];
  return section(
    'Filter',
    html`
      <fieldset class="checks">
        <legend><code>type</code></legend>
        ${TYPES.map(([name, words]) => html`<label>
          <input
            type="checkbox"
            name="type"
            value=${name}
            .checked=${types.includes(name)}
            @change=${(event: Event) => toggle(name, (event.currentTarget as HTMLInputElement).checked)}
          />${words}
        </label>`)}
      </fieldset>
      ${choiceField('mark', mark, MARKS, (value) => state.set({mark: value}))}
      ${choiceField('group', group, [['', 'Any'], ...names.map((name) => [name, name] as const)], (value) =>
        state.set({group: value}),
      )}
      ${switchField('unread', unread, (on) => state.set({unread: on}))}
      ${switchField('mentions', mentions, (on) => state.set({mentions: on}))}
      ${switchField('pinned', pinned, (on) => state.set({pinned: on}))}
    `,
  );
}
