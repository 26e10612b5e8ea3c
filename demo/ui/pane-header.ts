import {html, nothing, type TemplateResult} from 'lit';
import type {ConversationAction} from '../../src/events/conversation-action-event.js';
import {cleanName} from '../../src/format/text.js';
import {en} from '../../src/locales/en.js';
import {isMarkedUnread, isMuted, type Conversation} from '../../src/model/conversation.js';
import {icon, type IconName} from './icons.js';

/** The open conversation's name, what is known of it, and what can be done to it. */
export function paneHeader(
  conversation: Conversation,
  act: (action: ConversationAction) => void,
  back: () => void,
): TemplateResult {
  const {pinned, marks} = conversation;
  const muted = isMuted(conversation);
  const unread = isMarkedUnread(conversation);
  const starred = marks.includes('star');
  const button = (name: IconName, label: string, action: ConversationAction, pressed?: boolean): TemplateResult =>
    html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      title=${label}
      aria-pressed=${pressed ?? nothing}
      @click=${() => act(action)}
    >${icon(name)}</button>`;
  return html`<div class="bar">
    <button type="button" class="icon-button back" aria-label="Back to the list" @click=${back}>${icon('back')}</button>
    <div class="who">
      <h2 dir="auto">${cleanName(conversation.title, en.unnamed)}</h2>
      <p><bdi>${factsOf(conversation)}</bdi></p>
    </div>
    <div class="actions" role="toolbar" aria-label="Conversation">
      ${button('pin', pinned ? 'Unpin' : 'Pin', {name: 'pin', pinned: !pinned}, pinned)}
      ${button(
        muted ? 'bell-off' : 'bell',
        muted ? 'Unmute' : 'Mute',
        {name: 'notify', level: muted ? 'all' : 'silent'},
        muted,
      )}
      ${button('star', starred ? 'Unstar' : 'Star', {name: 'mark', mark: 'star', on: !starred}, starred)}
      ${button('unread', unread ? 'Mark as read' : 'Mark as unread', {name: 'mark-unread', unread: !unread}, unread)}
      ${button('erase', 'Clear history', {name: 'clear-history'})}
      ${button('trash', 'Delete', {name: 'delete'})}
    </div>
  </div>`;
}

function factsOf({type, presence, groups}: Conversation): string {
  return [type, presence, ...groups].filter((fact) => fact !== undefined).join(' · ');
}
