import {html, render, type TemplateResult} from 'lit';
import type {Conversation} from '../model/conversation.js';
import type {RowFacts} from './row-facts.js';

/** What a custom row is given besides its conversation. */
export interface RowContext extends RowFacts {
  /** Place in the list, from 0. */
  readonly index: number;
}

/** Draws a row's content in an app's own way. A string is shown as text. */
export type RowRenderer = (conversation: Conversation, context: RowContext) => TemplateResult | Node | string;

const template = html`<div role="row" tabindex="-1">
  <div class="cell" role="gridcell" part="conversation">
    <span class="avatar" part="avatar" aria-hidden="true"><span class="initials"></span></span>
    <span class="text">
      <span class="line">
        <bdi class="title" part="title"></bdi>
        <svg class="icon muted" part="muted-icon" viewBox="0 0 16 16" aria-hidden="true" hidden>
          <path d="M8 2a4 4 0 0 0-4 4v3l-1.2 2h7.6zM13 9.2V6a5 5 0 0 0-.6-2.3zM6.5 12a1.5 1.5 0 0 0 3 0zM2 1 1 2l13 13 1-1z" />
        </svg>
        <time class="time" part="time"></time>
      </span>
      <span class="line">
        <span class="preview" part="preview"><bdi class="prefix" part="prefix"></bdi><bdi class="said"></bdi></span>
        <span class="mention" part="mention" aria-hidden="true" hidden>@</span>
        <span class="badge" part="badge" aria-hidden="true" hidden></span>
        <svg class="icon pinned" part="pinned-icon" viewBox="0 0 16 16" aria-hidden="true" hidden>
          <path d="M10 1 15 6l-1.4 1.2-.9-.2-2.6 2.6.2 2.6L9 13.600 5.900 10.500 2 14.500l-.500-.500 4-3.900L2.400 7l1.400-1.300 2.600.200L9 3.300l-.200-.900z" />
        </svg>
      </span>
    </span>
  </div>
</div>`;

let prototype: HTMLElement | undefined;

/** An empty row, cloned from one that was made once. */
function blankRow(): HTMLElement {
  if (prototype === undefined) {
    const holder = document.createElement('div');
    render(template, holder);
    prototype = holder.firstElementChild as HTMLElement;
  }
  return prototype.cloneNode(true) as HTMLElement;
}

/**
 * One row element and what it shows. Only what differs from what it showed before is written.
 *
 * Written by hand, not by a template: a row is bound at every step of a scroll and every change, and plain writes
 * cost about a quarter less than a template's.
 */
export class RowView {
  readonly element = blankRow();
  readonly #cell = this.#find('.cell');
  readonly #avatar = this.#find('.avatar');
  readonly #initials = this.#find('.initials');
  readonly #title = this.#find('.title');
  readonly #time = this.#find<HTMLTimeElement>('.time');
  readonly #preview = this.#find('.preview');
  readonly #prefix = this.#find('.prefix');
  readonly #said = this.#find('.said');
  readonly #mention = this.#find('.mention');
  readonly #badge = this.#find('.badge');
  readonly #muted = this.#find('.muted');
  readonly #pinned = this.#find('.pinned');
  readonly #parts = [...this.#cell.childNodes];
  #image: HTMLImageElement | undefined;
  #shown: Partial<RowFacts> = {};
  #index = -1;
  /** The cell holds an app's content. */
  #custom = false;
  /** Where an app's templates are rendered. */
  #holder: HTMLElement | undefined;

  /** Shows a conversation at its place. */
  show(id: string, index: number, facts: RowFacts): void {
    const {element} = this;
    const was = this.#shown;
    this.place(index);
    if (facts.label !== was.label) element.setAttribute('aria-label', facts.label);
    if (element.dataset['id'] !== id) element.dataset['id'] = id;
    const part = partOf(facts);
    if (element.getAttribute('part') !== part) {
      element.setAttribute('part', part);
      element.className = part.replaceAll(' ', ' is-');
      if (facts.gone) element.setAttribute('aria-disabled', 'true');
      else element.removeAttribute('aria-disabled');
      if (facts.selected) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
  }

  /** Shows its place in the list. */
  place(index: number): void {
    if (index !== this.#index) this.element.setAttribute('aria-rowindex', String((this.#index = index) + 1));
  }

  /** Shows the built-in content. */
  showContent(facts: RowFacts): void {
    if (this.#custom) this.#restore();
    const was = this.#shown;
    this.#shown = facts;
    if (facts.title !== was.title) this.#title.textContent = facts.title;
    if (facts.initials !== was.initials) this.#initials.textContent = facts.initials;
    if (facts.color !== was.color) this.#avatar.className = `avatar color-${facts.color}`;
    if (facts.avatar !== was.avatar) this.#showImage(facts.avatar);
    if (facts.time?.label !== was.time?.label) this.#time.textContent = facts.time?.label ?? '';
    if (facts.time?.iso !== was.time?.iso || facts.time?.full !== was.time?.full) {
      this.#time.dateTime = facts.time?.iso ?? '';
      this.#time.title = facts.time?.full ?? '';
    }
    const {preview} = facts;
    if (preview.kind !== was.preview?.kind) this.#preview.className = `preview ${preview.kind}`;
    if (preview.prefix !== was.preview?.prefix) {
      this.#prefix.textContent = preview.prefix === '' ? '' : `${preview.prefix}:`;
    }
    if (preview.text !== was.preview?.text) this.#said.textContent = preview.text;
    if (facts.mention !== was.mention) this.#mention.toggleAttribute('hidden', !facts.mention);
    if (facts.muted !== was.muted) this.#muted.toggleAttribute('hidden', !facts.muted);
    if (facts.badge !== was.badge) {
      this.#badge.textContent = facts.badge === '•' ? '' : facts.badge;
      this.#badge.className = facts.badge === '•' ? 'badge dot' : 'badge';
      this.#badge.toggleAttribute('hidden', facts.badge === '');
    }
    const pin = facts.pinned && facts.badge === '';
    if (this.#pinned.hasAttribute('hidden') === pin) this.#pinned.toggleAttribute('hidden', !pin);
  }

  /** Shows what an app's renderer made. */
  showCustom(content: TemplateResult | Node | string, facts: RowFacts): void {
    this.#custom = true;
    this.#shown = {label: facts.label};
    if (content instanceof Node) {
      if (this.#cell.firstChild !== content) this.#cell.replaceChildren(content);
      return;
    }
    this.#holder ??= document.createElement('div');
    this.#holder.className = 'custom';
    if (this.#cell.firstChild !== this.#holder) this.#cell.replaceChildren(this.#holder);
    render(content, this.#holder);
  }

  /** Lets go of a place that a renderer has left half done. */
  dropCustom(): void {
    this.#holder = undefined;
    this.#restore();
  }

  #restore(): void {
    this.#custom = false;
    this.#shown = {};
    this.#cell.replaceChildren(...this.#parts);
  }

  #showImage(url: string | undefined): void {
    this.#image?.remove();
    this.#image = undefined;
    if (url === undefined) return;
    const image = document.createElement('img');
    image.alt = '';
    image.decoding = 'async';
    image.loading = 'lazy';
    // Before the address, or the first request would carry a referrer.
    image.referrerPolicy = 'no-referrer';
    image.addEventListener('error', () => image.remove());
    this.#image = image;
    this.#avatar.append(image);
    // In its place already, where `lazy` holds: a picture out of the document is fetched at once.
    image.src = url;
  }

  #find<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.element.querySelector(selector) as E;
  }
}

/** The row's part names: `row`, and its state. */
function partOf({unread, pinned, muted, mention, selected, gone}: RowFacts): string {
  let part = 'row';
  if (unread) part += ' unread';
  if (pinned) part += ' pinned';
  if (muted) part += ' muted';
  if (mention) part += ' mention';
  if (selected) part += ' selected';
  if (gone) part += ' gone';
  return part;
}
