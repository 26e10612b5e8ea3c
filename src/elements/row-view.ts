import {html, render, type TemplateResult} from 'lit';
import {cleanText, NAME_LIMIT} from '../format/text.js';
import type {Conversation} from '../model/conversation.js';
import {makeBlank} from './make-blank.js';
import type {RowFacts} from './row-facts.js';
import {FaceView, ICONS, MembersView, picture, showText, showTicks, span, ticks} from './row-nodes.js';

/** What a custom row is given besides its conversation. */
export interface RowContext extends RowFacts {
  /** Place in the list, from 0. */
  readonly index: number;
}

/** Draws a row's content in an app's own way. A string is shown as text, cleaned and cut like a preview. */
export type RowRenderer = (conversation: Conversation, context: RowContext) => TemplateResult | Node | string;

/** What every row has. What few rows need is made when a row first needs it. */
const template = html`<div role="row" tabindex="-1">
  <div class="cell" role="gridcell" part="conversation">
    <span class="avatar" part="avatar" aria-hidden="true"><span class="initials" part="initials"></span></span>
    <span class="text" part="text">
      <span class="line"><bdi class="title" part="title"></bdi><time class="time" part="time"></time></span>
      <span class="line">
        <span class="preview" part="preview"><bdi class="prefix" part="prefix"></bdi><bdi class="said" part="preview-text"></bdi></span>
      </span>
    </span>
  </div>
</div>`;

let prototype: HTMLElement | undefined;

/** An empty row: cloned from one that was made once, or made of a server's nodes. */
function blankRow(served: HTMLElement | undefined): HTMLElement {
  if (prototype === undefined) {
    const holder = document.createElement('div');
    render(template, holder);
    prototype = holder.firstElementChild as HTMLElement;
  }
  if (served === undefined) return prototype.cloneNode(true) as HTMLElement;
  makeBlank(served, prototype);
  return served;
}

/** The nodes that few rows need, by what they show. */
type Extra = 'members' | 'presence' | 'verified' | 'muted' | 'tags' | 'ticks' | 'mention' | 'badge' | 'pinned';

/** Apart, since its element is there before the fields that are read from it. */
class RowElement {
  readonly element: HTMLElement;

  /** @param served - a row that a server has rendered, to take over */
  constructor(served?: HTMLElement) {
    this.element = blankRow(served);
  }
}

/**
 * One row element and what it shows. Only what differs from what it showed before is written.
 *
 * Written by hand, not by a template: a row is bound at every step of a scroll and every change, and plain writes
 * cost about a quarter less than a template's.
 */
export class RowView extends RowElement {
  readonly #cell = this.#find('.cell');
  readonly #avatar = this.#find('.avatar');
  readonly #face = new FaceView(this.#avatar);
  readonly #title = this.#find('.title');
  readonly #time = this.#find<HTMLTimeElement>('.time');
  readonly #preview = this.#find('.preview');
  readonly #prefix = this.#find('.prefix');
  readonly #said = this.#find('.said');
  readonly #content = [...this.#cell.childNodes];
  readonly #extras: {[extra in Extra]?: Element} = {};
  #members: MembersView | undefined;
  #thumbnail: HTMLImageElement | undefined;
  /** What the built-in content shows, in the row or put aside. */
  #shown: Partial<RowFacts> = {};
  #id = '';
  #index = -1;
  #label = '';
  /** The whole label without the place, */
  #told = '';
  /** and how the place is told, if it is. */
  #position: ((index: number) => string) | undefined;
  #checked: boolean | undefined;
  #checkbox: HTMLElement | undefined;
  #part = '';
  /** The cell holds an app's content. */
  #custom = false;
  /** Where an app's templates are rendered. */
  #holder: HTMLElement | undefined;

  /** Shows a conversation at its place, which `position` puts into the label. */
  show(id: string, index: number, facts: RowFacts, position?: (index: number) => string): void {
    const {element} = this;
    this.#told = facts.label;
    this.#position = position;
    this.place(index);
    // As far as an attribute can hold it: for whoever looks at the document, never read here.
    if (id !== this.#id) element.dataset['id'] = (this.#id = id).slice(0, NAME_LIMIT).toWellFormed();
    if (facts.checked !== this.#checked) {
      this.#checked = facts.checked;
      if (facts.checked === undefined) element.removeAttribute('aria-selected');
      else element.setAttribute('aria-selected', String(facts.checked));
    }
    const part = partOf(facts);
    if (part === this.#part) return;
    this.#part = part;
    element.setAttribute('part', part);
    element.className = part.replaceAll(' ', ' is-');
    this.#showCheckbox(facts);
    if (facts.gone) element.setAttribute('aria-disabled', 'true');
    else element.removeAttribute('aria-disabled');
    if (facts.selected) element.setAttribute('aria-current', 'true');
    else element.removeAttribute('aria-current');
  }

  /** Shows its place in the list. */
  place(index: number): void {
    if (index !== this.#index) this.element.setAttribute('aria-rowindex', String((this.#index = index) + 1));
    const label = this.#position === undefined ? this.#told : `${this.#told}, ${this.#position(index)}`;
    if (label !== this.#label) this.element.setAttribute('aria-label', (this.#label = label));
  }

  /** Shows the built-in content. */
  showContent(facts: RowFacts): void {
    if (this.#custom) this.#restore();
    const was = this.#shown;
    this.#shown = facts;
    this.#face.show(facts);
    if (facts.title !== was.title || facts.titleMatches !== was.titleMatches) {
      showText(this.#title, facts.title, facts.titleMatches);
    }
    this.#showTime(facts, was);
    this.#showPreview(facts, was);
    if (facts.members !== was.members) this.#showMembers(facts.members);
    this.#showBadge(facts, was);
    const {presence, mention, delivery, tags} = facts;
    if (presence !== was.presence) {
      const dot = this.#extra('presence', presence !== undefined, () => span('presence'), (node) => this.#avatar.append(node));
      dot?.setAttribute('part', `presence ${presence}`);
      dot?.setAttribute('class', `presence ${presence}`);
    }
    if (facts.verified !== was.verified) {
      this.#extra('verified', facts.verified, ICONS.verified, (node) => this.#title.after(node));
    }
    if (facts.muted !== was.muted) {
      this.#extra('muted', facts.muted, ICONS.muted, (node) => (this.#extras.tags ?? this.#time).before(node));
    }
    if (tags !== was.tags) this.#showTags(tags);
    if (delivery !== was.delivery) {
      const svg = this.#extra('ticks', delivery !== undefined, ticks, (node) => this.#preview.prepend(node));
      if (delivery !== undefined) showTicks(svg as Element, delivery);
    }
    if (mention !== was.mention) {
      const mark = this.#extra('mention', mention !== undefined, () => mentionMark(), (node) => this.#preview.after(node));
      const kind = mention === 'all' ? 'all' : 'me';
      mark?.setAttribute('part', `mention ${kind}`);
      mark?.setAttribute('class', `mention ${kind}`);
    }
  }

  /** Says the time in full in its title: for the pointer, not at every bind, since few are looked at. */
  reveal(): void {
    const full = this.#shown.time?.full;
    if (full !== undefined) this.#time.title = full;
  }

  /** Shows what an app's renderer made. */
  showCustom(content: TemplateResult | Node | string): void {
    this.#custom = true;
    if (content instanceof Node) {
      if (this.#cell.firstChild !== content) this.#cell.replaceChildren(content);
      return;
    }
    this.#holder ??= document.createElement('div');
    this.#holder.className = 'custom';
    if (this.#cell.firstChild !== this.#holder) this.#cell.replaceChildren(this.#holder);
    render(typeof content === 'string' ? cleanText(content) : content, this.#holder);
  }

  /** Lets go of a place that a renderer has left half done. */
  dropCustom(): void {
    this.#holder = undefined;
    this.#restore();
  }

  #showCheckbox({checked, checkbox}: RowFacts): void {
    if (checkbox && this.#checkbox === undefined) this.element.prepend((this.#checkbox = span('checkbox')));
    if (this.#checkbox === undefined) return;
    this.#checkbox.hidden = !checkbox;
    this.#checkbox.setAttribute('part', checked === true ? 'checkbox checked' : 'checkbox');
  }

  #restore(): void {
    this.#custom = false;
    this.#cell.replaceChildren(...this.#content);
  }

  #showTime({time}: RowFacts, {time: was}: Partial<RowFacts>): void {
    if (time?.label !== was?.label) this.#time.textContent = time?.label ?? '';
    if (time?.iso === was?.iso) return;
    this.#time.dateTime = time?.iso ?? '';
    if (this.#time.hasAttribute('title')) this.#time.removeAttribute('title');
  }

  #showPreview({preview, thumbnail, previewMatches}: RowFacts, before: Partial<RowFacts>): void {
    const {preview: was, thumbnail: picturedBefore} = before;
    if (preview.kind !== was?.kind) {
      this.#preview.className = `preview ${preview.kind}`;
      this.#preview.setAttribute('part', this.#preview.className);
    }
    if (preview.prefix !== was?.prefix) this.#prefix.textContent = preview.prefix === '' ? '' : `${preview.prefix}:`;
    if (preview.text !== was?.text || previewMatches !== before.previewMatches) {
      showText(this.#said, preview.text, previewMatches);
    }
    if (thumbnail === picturedBefore) return;
    this.#thumbnail?.remove();
    this.#thumbnail = undefined;
    if (thumbnail === undefined) return;
    this.#thumbnail = picture(thumbnail, (image) => {
      image.className = 'thumbnail';
      image.setAttribute('part', 'thumbnail');
      this.#said.before(image);
    });
  }

  #showMembers(members: RowFacts['members']): void {
    this.#extra(
      'members',
      members.length > 0,
      () => (this.#members = new MembersView()).element,
      // Below a presence dot.
      (node) => this.#avatar.prepend(node),
    );
    if (members.length > 0) this.#members?.show(members);
  }

  #showBadge({badge, pinned}: RowFacts, was: Partial<RowFacts>): void {
    if (badge !== was.badge) {
      const node = this.#extra('badge', badge !== '', () => span('badge'), (made) => this.#preview.parentElement?.append(made));
      if (node !== undefined) {
        const dot = badge === '•';
        node.textContent = dot ? '' : badge;
        node.className = dot ? 'badge dot' : 'badge';
        node.setAttribute('part', node.className);
      }
    }
    if (badge !== was.badge || pinned !== was.pinned) {
      this.#extra('pinned', pinned && badge === '', ICONS.pinned, (node) => this.#preview.parentElement?.append(node));
    }
  }

  #showTags(tags: readonly string[]): void {
    const node = this.#extra('tags', tags.length > 0, () => span('tags'), (made) => this.#time.before(made));
    node?.replaceChildren(
      ...tags.map((tag) => {
        const label = span('tag', 'tag', 'bdi');
        label.textContent = tag;
        return label;
      }),
    );
  }

  /** A node that few rows need: there where it is shown, else not, so that rows do not gather them. Returns it if shown. */
  #extra<E extends Element>(name: Extra, shown: boolean, make: () => E, place: (node: E) => void): E | undefined {
    let node = this.#extras[name] as E | undefined;
    if (!shown) {
      node?.remove();
      delete this.#extras[name];
      return undefined;
    }
    if (node === undefined) place((node = this.#extras[name] = make()));
    return node;
  }

  #find<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.element.querySelector(selector) as E;
  }
}

function mentionMark(): HTMLElement {
  const mark = span('mention');
  mark.textContent = '@';
  return mark;
}

/** The row's part names: `row`, and its state. */
export function partOf({unread, pinned, muted, mention, selected, checked, checkbox, gone}: RowFacts): string {
  let part = 'row';
  if (unread) part += ' unread';
  if (pinned) part += ' pinned';
  if (muted) part += ' muted';
  if (mention !== undefined) part += ' mention';
  if (selected) part += ' selected';
  if (checked === true) part += ' checked';
  if (checkbox) part += ' checkable';
  if (gone) part += ' gone';
  return part;
}
