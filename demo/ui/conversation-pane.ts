import {html, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import type {ConversationAction} from '../../src/events/conversation-action-event.js';
import {icon} from './icons.js';
import {messageList} from './message-list.js';
import {paneHeader} from './pane-header.js';
import {StateElement} from './state-element.js';

/** Nearer to the end than this, px, the newest message is kept in view. */
const NEAR = 80;

/** The open conversation: what was said, and a place to write. What is begun and not sent becomes its draft. */
export class ConversationPane extends StateElement {
  /** Does something to a conversation. */
  @property({attribute: false}) act: (id: string, action: ConversationAction) => void = () => undefined;

  /** Back to the list. */
  @property({attribute: false}) back: () => void = () => undefined;

  #id: string | undefined;
  /** The conversation whose draft is in the composer. */
  #written: string | undefined;
  #atEnd = true;

  /** Puts the cursor where one writes. */
  override focus(): void {
    this.#composer?.focus({preventScroll: true});
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const id = this.state?.selectedId;
    if (id === this.#id) return;
    this.#keepDraft();
    this.#id = id;
    this.#atEnd = true;
  }

  protected override render(): TemplateResult {
    const session = this.state?.session;
    const conversation = this.#id === undefined ? undefined : session?.source.get(this.#id);
    if (session === undefined || conversation === undefined) {
      return html`<div class="nothing-open">
        <img src="./icon.svg" alt="" width="56" height="56" />
        <p>Choose a conversation</p>
      </div>`;
    }
    const {id, type} = conversation;
    return html`
      ${paneHeader(conversation, (action) => this.#do(id, action), this.back)}
      ${messageList(session.messagesOf(id), type !== 'direct')}
      <form class="composer" @submit=${this.#handleSubmit}>
        <textarea
          rows="1"
          aria-label="Message"
          placeholder="Write a message"
          dir="auto"
          @keydown=${this.#handleKeyDown}
        ></textarea>
        <button type="submit" class="icon-button send" aria-label="Send">${icon('send')}</button>
      </form>
    `;
  }

  protected override updated(): void {
    const composer = this.#composer;
    if (composer !== null && this.#written !== this.#id && this.#id !== undefined) {
      this.#written = this.#id;
      composer.value = this.state?.session?.source.get(this.#id)?.draft?.text ?? '';
    }
    const messages = this.#messages;
    if (messages === null) return;
    messages.onscroll = () => {
      this.#atEnd = messages.scrollTop + messages.clientHeight > messages.scrollHeight - NEAR;
    };
    if (this.#atEnd) messages.scrollTop = messages.scrollHeight;
  }

  get #composer(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  get #messages(): HTMLElement | null {
    return this.querySelector('.messages');
  }

  /** Of the conversation that is being left. */
  #keepDraft(): void {
    const id = this.#id;
    const source = this.state?.session?.source;
    const text = this.#composer?.value.trim() ?? '';
    this.#written = undefined;
    const conversation = id === undefined ? undefined : source?.get(id);
    if (conversation === undefined || source === undefined || text === (conversation.draft?.text ?? '')) return;
    void source.setDraft(conversation.id, text === '' ? null : text);
  }

  #do(id: string, action: ConversationAction): void {
    if (action.name === 'clear-history' || action.name === 'delete') this.state?.session?.clear(id);
    this.act(id, action);
  }

  #handleKeyDown(event: KeyboardEvent): void {
    // While a word is being composed, Enter ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    const composer = this.#composer;
    const text = composer?.value.trim() ?? '';
    const state = this.state;
    if (composer === null || text === '' || this.#id === undefined || state?.session === undefined) return;
    composer.value = '';
    this.#atEnd = true;
    void state.session.send(this.#id, text, state.settings.sendingFails).then(() => state.changed());
    state.changed();
  }
}
