import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {StoreController} from '../controllers/store-controller.js';
import {ImUnreadChangeEvent} from '../events/unread-change-event.js';
import {formatCount} from '../format/count.js';
import type {StringOverrides} from '../locales/strings.js';
import type {ConversationSource} from '../model/source.js';
import type {StoreChange} from '../store/conversation-store.js';
import {CustomStates} from './custom-states.js';
import {takeOver} from './take-over.js';

/**
 * How much is unread in all: the source's own total, never a sum of loaded rows.
 *
 * Takes the nearest provider's source, or its own. Shows nothing at zero, and while the total is not known.
 *
 * @element im-unread-badge
 * @fires {ImUnreadChangeEvent} im-unread-change - The total changed.
 * @csspart badge - The number.
 * @cssproperty [--im-unread-badge-background] - Background.
 * @cssproperty [--im-unread-badge-color] - Text.
 * @cssstate zero - Nothing is unread, or the total is not known.
 *
 * @example
 * ```html
 * <im-unread-badge max="999"></im-unread-badge>
 * ```
 */
export class ImUnreadBadge extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
    }

    :host([hidden]) {
      display: none;
    }

    span {
      display: inline-grid;
      place-items: center;
      min-inline-size: 1.4em;
      block-size: 1.4em;
      box-sizing: border-box;
      padding-inline: 0.4em;
      border-radius: 999px;
      background: var(--im-unread-badge-background, light-dark(#b3261e, #ffb4ab));
      color: var(--im-unread-badge-color, light-dark(#fff, #4a0800));
      font-size: 0.8em;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
  `;

  /** Largest number shown; above it the badge says "99+". */
  @property({type: Number}) max = 99;

  /** Words in place of the built-in ones; a function that throws is told once, and the built-in words stand. */
  @property({attribute: false}) strings: StringOverrides | undefined = undefined;

  readonly #stores = new StoreController(this, {consume: true});
  readonly #localize = new LocalizeController(this);
  readonly #states = new CustomStates(this.attachInternals());
  #told: number | undefined;
  /** What a server has rendered: it stands until there is a total. */
  #served: Element | null | undefined;

  /** Where the total comes from; `undefined` leaves it to a provider around it. */
  @property({attribute: false, noAccessor: true})
  get source(): ConversationSource | null | undefined {
    return this.#stores.source;
  }

  set source(source: ConversationSource | null | undefined) {
    this.#stores.source = source;
  }

  /** The unread total; `undefined` until the source tells. */
  get total(): number | undefined {
    return this.#stores.snapshot?.unreadTotal;
  }

  /** @internal */
  storeChanged({snapshot: {unreadTotal}}: StoreChange): void {
    if (unreadTotal === this.#told) return;
    this.#told = unreadTotal;
    if (unreadTotal === undefined) return;
    const event = new ImUnreadChangeEvent(unreadTotal);
    this.dispatchEvent(event);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const taken = takeOver(this);
    this.#served = taken?.content.querySelector('span');
    return taken?.root ?? super.createRenderRoot();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.#localize.overrides = this.strings;
    this.#states.set({zero: !this.total});
  }

  protected override render(): TemplateResult | Element | typeof nothing {
    if (this.total === undefined && this.#served) return this.#served;
    const {total = 0} = this;
    if (total === 0) return nothing;
    const cap = this.max >= 1 ? this.max : 99;
    const label = this.#localize.strings.totalUnread(total);
    return html`<span part="badge" role="img" aria-label=${label}>${formatCount(total, cap)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-unread-badge': ImUnreadBadge;
  }
}
