import type {Conversation} from '../../src/model/conversation.js';
import {ROW_HEIGHT} from '../page/subject.js';
import {rowText, type RowText} from '../row-text.js';

export const MUTED_ICON =
  'M8 2a4 4 0 0 0-4 4v3l-1.2 2h7.6zM13 9.2V6a5 5 0 0 0-.6-2.3zM6.5 12a1.5 1.5 0 0 0 3 0zM2 1 1 2l13 13 1-1z';
export const PINNED_ICON =
  'M10 1 15 6l-1.4 1.2-.9-.2-2.6 2.6.2 2.6L9 13.6 5.9 10.5 2 14.5l-.5-.5 4-3.9L2.4 7l1.4-1.3 2.6.2L9 3.3l-.2-.9z';

const template = document.createElement('template');
template.innerHTML = `<div class="row placed" role="row"><div class="cell" role="gridcell"><span class="avatar"
aria-hidden="true"><span class="initials"></span></span><span class="text"><span class="line"><bdi class="title"></bdi>
<svg class="icon bell" viewBox="0 0 16 16" aria-hidden="true" hidden><path d="${MUTED_ICON}"/></svg>
<time class="time"></time></span><span class="line"><span class="preview"><bdi class="prefix"></bdi>
<bdi class="said"></bdi></span><span class="badge" aria-hidden="true" hidden></span>
<svg class="icon pin" viewBox="0 0 16 16" aria-hidden="true" hidden><path d="${PINNED_ICON}"/></svg>
</span></span></div></div>`.replaceAll('\n', '');
for (const node of template.content.querySelectorAll('.title, .prefix, .said, .time, .badge, .initials')) {
  node.append('');
}

/** One row of the lower bound; writes only what differs from what it showed before. */
export class RawRow {
  readonly element = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
  readonly #avatar = this.#find('.avatar');
  readonly #initials = this.#find('.initials').firstChild as Text;
  readonly #title = this.#find('.title').firstChild as Text;
  readonly #bell = this.#find('.bell');
  readonly #time = this.#find('.time') as HTMLTimeElement;
  readonly #clock = this.#time.firstChild as Text;
  readonly #prefix = this.#find('.prefix');
  readonly #said = this.#find('.said').firstChild as Text;
  readonly #badge = this.#find('.badge');
  readonly #pin = this.#find('.pin');
  #item: Conversation | undefined;
  #index = -1;
  #shown: Partial<RowText> = {};

  show(item: Conversation, index: number): void {
    if (index !== this.#index) {
      this.#index = index;
      this.element.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    }
    if (item !== this.#item) {
      if (item.id !== this.#item?.id) this.element.dataset['id'] = item.id;
      this.#item = item;
      this.#write(rowText(item), this.#shown);
    }
  }

  hide(): void {
    if (this.#index === -1) return;
    this.#index = -1;
    this.element.style.transform = `translateY(-${ROW_HEIGHT}px)`;
  }

  #write(text: RowText, was: Partial<RowText>): void {
    this.#shown = text;
    if (text.label !== was.label) this.element.setAttribute('aria-label', text.label);
    if (text.unread !== was.unread || text.muted !== was.muted) {
      this.element.className = `row placed${text.unread ? ' unread' : ''}${text.muted ? ' muted' : ''}`;
    }
    if (text.title !== was.title) this.#title.data = text.title;
    if (text.initials !== was.initials) this.#initials.data = text.initials;
    if (text.color !== was.color) this.#avatar.className = `avatar color-${text.color}`;
    if (text.time !== was.time) this.#clock.data = text.time;
    if (text.iso !== was.iso) {
      this.#time.dateTime = text.iso;
    }
    if (text.prefix !== was.prefix) this.#prefix.textContent = text.prefix === '' ? '' : `${text.prefix}:`;
    if (text.said !== was.said) this.#said.data = text.said;
    if (text.muted !== was.muted) this.#bell.toggleAttribute('hidden', !text.muted);
    if (text.pinned !== was.pinned) this.#pin.toggleAttribute('hidden', !text.pinned);
    if (text.badge !== was.badge) {
      const dot = text.badge === '•';
      this.#badge.textContent = dot ? '' : text.badge;
      this.#badge.className = dot ? 'badge dot' : 'badge';
      this.#badge.toggleAttribute('hidden', text.badge === '');
    }
  }

  #find(selector: string): HTMLElement {
    return this.element.querySelector(selector) as HTMLElement;
  }
}
