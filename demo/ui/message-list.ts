import {html, nothing, type TemplateResult} from 'lit';
import {classMap} from 'lit/directives/class-map.js';
import {cleanName} from '../../src/format/text.js';
import {en} from '../../src/locales/en.js';
import type {PaneMessage} from '../state/pane-message.js';

const CLOCK = new Intl.DateTimeFormat('en', {hour: 'numeric', minute: '2-digit'});
const DAY = new Intl.DateTimeFormat('en', {dateStyle: 'full'});

/** What was said, day by day. `named`: each message says who sent it, as there are several. */
export function messageList(messages: readonly PaneMessage[], named: boolean): TemplateResult {
  return html`<ol class="messages" tabindex="0" aria-label="Messages">
    ${messages.length === 0 ? html`<li class="day">No messages yet</li>` : nothing}
    ${messages.map((message, i) => item(message, messages[i - 1], named))}
  </ol>`;
}

function item(message: PaneMessage, before: PaneMessage | undefined, named: boolean): TemplateResult {
  const day = DAY.format(message.sentAt);
  const newDay = before === undefined || DAY.format(before.sentAt) !== day;
  const follows = !newDay && before.isOwn === message.isOwn && before.senderName === message.senderName;
  const {isOwn, senderName, state, type} = message;
  const classes = {message: true, own: isOwn, follows, notice: type === 'service', [`is-${state}`]: true};
  return html`${newDay ? html`<li class="day" dir="auto">${day}</li>` : nothing}
    <li class=${classMap(classes)}>
      ${named && !isOwn && !follows && senderName !== undefined
        ? html`<b class="sender" dir="auto">${cleanName(senderName, en.unnamed)}</b>`
        : nothing}
      <span class="text" dir="auto">${textOf(message)}</span>
      <span class="meta">${noteOn(state)}<time dir="ltr">${CLOCK.format(message.sentAt)}</time></span>
    </li>`;
}

function textOf({type, text, state}: PaneMessage): string {
  if (state === 'recalled') return en.recalled;
  if (state === 'deleted') return en.deleted;
  if (type === 'text' || type === 'service') return text;
  const kind = Object.hasOwn(en.messageTypes, type) ? en.messageTypes[type] : undefined;
  return [kind, text].filter(Boolean).join(' · ') || en.message;
}

function noteOn(state: PaneMessage['state']): string {
  if (state === 'sending') return 'Sending … ';
  return state === 'failed' ? 'Not sent ' : '';
}
