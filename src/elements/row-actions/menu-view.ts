import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {iconOf, type ActionItem} from './action-item.js';
import {icon} from './icons.js';

/** One level of a menu: the items, or those behind one of them. */
export interface MenuLevel {
  /** Its accessible name: it says whose actions they are. */
  readonly label: string;
  readonly items: readonly ActionItem[];
  /** It is behind the item that is called so: its own first item leads back. */
  readonly back: string | undefined;
}

/** What a person is asked before something cannot be undone. */
export interface Question {
  readonly text: string;
  /** On the button that does it. */
  readonly yes: string;
  readonly no: string;
}

/** The items of one level; `data-index` tells which, -1 the way back. */
export function menuLevel({label, items, back}: MenuLevel): TemplateResult {
  return html`<div class="items" role="menu" aria-label=${label}>
    ${back === undefined
      ? nothing
      : html`<div class="menu-item back" part="menu-item back" role="menuitem" tabindex="-1" data-index="-1">
            ${icon('back')}<bdi class="menu-label">${back}</bdi>
          </div>
          <div class="menu-separator" role="separator"></div>`}
    ${items.map((item, index) => menuItem(item, index))}
  </div>`;
}

function menuItem(item: ActionItem, index: number): TemplateResult {
  if (item.kind === 'separator') return html`<div class="menu-separator" part="menu-separator" role="separator"></div>`;
  const {label, danger, disabled, checked, children, kind} = item;
  const role = kind === 'radio' ? 'menuitemradio' : checked === undefined ? 'menuitem' : 'menuitemcheckbox';
  const mark = checked === undefined ? iconOf(item) : checked ? icon('check') : undefined;
  return html`<div
    class=${danger === true ? 'menu-item danger' : 'menu-item'}
    part=${danger === true ? 'menu-item danger' : 'menu-item'}
    role=${role}
    tabindex="-1"
    data-index=${index}
    aria-checked=${ifDefined(role === 'menuitem' ? undefined : checked === true ? 'true' : 'false')}
    aria-disabled=${ifDefined(disabled === true ? 'true' : undefined)}
    aria-haspopup=${ifDefined(children === undefined ? undefined : 'menu')}
    aria-expanded=${ifDefined(children === undefined ? undefined : 'false')}
  >
    <span class="mark" aria-hidden="true">${mark}</span><bdi class="menu-label">${label}</bdi>
    ${children === undefined ? nothing : icon('next')}
  </div>`;
}

/** A question in the place of the items; `data-answer` tells the answer. */
export function menuQuestion({text, yes, no}: Question, title: string): TemplateResult {
  return html`<div class="question" part="question" role="alertdialog" aria-modal="true" aria-label=${title} aria-describedby="question-text">
    <p class="about"><bdi>${title}</bdi></p>
    <p id="question-text">${text}</p>
    <div class="answers">
      <button type="button" class="answer" part="button cancel" data-answer="no">${no}</button>
      <button type="button" class="answer danger" part="button confirm" data-answer="yes">${yes}</button>
    </div>
  </div>`;
}
