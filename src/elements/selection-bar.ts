import {html, nothing, render, type TemplateResult} from 'lit';
import type {ConversationAction} from '../events/conversation-action-event.js';
import type {OpName, OpResult} from '../model/source.js';
import type {HandsHost} from './hands-host.js';

/** What the bar can do. */
export interface BarActions {
  act(ids: readonly string[], action: ConversationAction): Promise<readonly OpResult[]>;
  selectAll(): void;
  /** Ends selecting, and gives the focus back to the rows. */
  end(): void;
}

/**
 * The bar below the rows while several can be selected: how many are, and what can be done to them.
 *
 * What failed is said here, and can be tried again.
 */
export class SelectionBar {
  readonly #host: HandsHost;
  readonly #actions: BarActions;
  /** Waits for a yes. */
  #asked: 'delete' | undefined;
  #failed: {readonly action: ConversationAction; readonly ids: readonly string[]; readonly total: number} | undefined;

  constructor(host: HandsHost, actions: BarActions) {
    this.#host = host;
    this.#actions = actions;
  }

  /** Draws what the list's state asks for. */
  show(): void {
    const bar = this.#bar;
    if (bar === null) return;
    const {selection, list, strings} = this.#host;
    const count = selection.ids.size;
    if (count === 0) this.#asked = undefined;
    const shown = this.#failed !== undefined || (selection.multiple && (list.selecting || count > 0));
    bar.hidden = !shown;
    if (shown) bar.setAttribute('aria-label', strings().select);
    render(shown ? this.#content(count) : nothing, bar);
  }

  /** Asks whether to delete what is selected, if that can be done. */
  askToDelete(): void {
    if (this.#failed === undefined && this.#offered('delete')) this.#ask('delete');
  }

  /** Says what became of an action on several. */
  report(action: ConversationAction, results: readonly OpResult[]): void {
    const ids = results.filter(({error}) => error !== undefined).map(({id}) => id);
    this.#failed = ids.length === 0 ? undefined : {action, ids, total: results.length};
    if (this.#failed !== undefined) {
      this.#host.announcer.say('error', this.#host.strings().bulkFailed(ids.length, results.length));
    }
    this.show();
  }

  get #bar(): HTMLElement | null {
    return this.#host.list.renderRoot.querySelector<HTMLElement>('.bar');
  }

  #content(count: number): TemplateResult {
    const strings = this.#host.strings();
    if (this.#failed !== undefined) {
      const {action, ids, total} = this.#failed;
      return html`<p part="selection-text" class="error">${strings.bulkFailed(ids.length, total)}</p>
        ${this.#button('retry', strings.retry, () => void this.#act(ids, action))}
        ${this.#button('dismiss', strings.cancel, () => this.#dismiss())}`;
    }
    if (this.#asked === 'delete') {
      return html`<p part="selection-text">${strings.confirmDelete(count)}</p>
        ${this.#button('confirm-delete', strings.delete, () => void this.#act(this.#ids, {name: 'delete'}))}
        ${this.#button('cancel', strings.cancel, () => this.#ask(undefined))}`;
    }
    return html`<p part="selection-text">${strings.selected(count)}</p>
      <slot name="selection">
        ${this.#offered('markRead') && count > 0
          ? this.#button('mark-read', strings.markRead, () => void this.#act(this.#ids, {name: 'mark-read'}))
          : nothing}
        ${this.#offered('delete') && count > 0 ? this.#button('delete', strings.delete, () => this.#ask('delete')) : nothing}
      </slot>
      ${this.#button('select-all', strings.selectAll, () => this.#actions.selectAll())}
      ${this.#button('clear-selection', strings.clearSelection, () => this.#actions.end())}`;
  }

  #button(purpose: string, text: string, act: () => void): TemplateResult {
    return html`<button type="button" part=${`button ${purpose}`} @click=${act}>${text}</button>`;
  }

  get #ids(): readonly string[] {
    return this.#host.selection.list;
  }

  #offered(op: OpName): boolean {
    return this.#host.store()?.source?.capabilities?.ops?.has(op) === true;
  }

  #ask(what: 'delete' | undefined): void {
    this.#asked = what;
    this.show();
    // The button that was pressed has gone; what is safe to press next has the focus.
    const next = what === undefined ? 'delete' : 'cancel';
    this.#bar?.querySelector<HTMLElement>(`[part~="${next}"]`)?.focus();
  }

  async #act(ids: readonly string[], action: ConversationAction): Promise<void> {
    const {selection, focus} = this.#host;
    this.#asked = this.#failed = undefined;
    const results = await this.#actions.act(ids, action);
    // Cancelled by the app.
    if (results.length === 0) return this.show();
    const failed = results.filter(({error}) => error !== undefined).map(({id}) => id);
    if (failed.length === 0) return this.#actions.end();
    if (selection.multiple) selection.keep(failed);
    focus.restore();
  }

  #dismiss(): void {
    this.#failed = undefined;
    this.show();
    this.#host.focus.restore();
  }
}
