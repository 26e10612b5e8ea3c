import {html, nothing, render, type TemplateResult} from 'lit';
import {cleanName, cleanText} from '../format/text.js';
import type {Strings} from '../locales/strings.js';
import type {ConversationSnapshot} from '../store/snapshot.js';

/** What stands in the place of the rows, while there are none. */
export type PanelKind = 'loading' | 'error' | 'empty' | 'filtered' | 'paused' | 'unfound';

/** What follows the last row. */
export type EndKind = 'loading' | 'failed' | 'paused' | 'end';

/** What the states can ask for. */
export interface StateActions {
  readonly retry: () => void;
  readonly refresh: () => void;
  readonly resetFilter: () => void;
  readonly resetSearch: () => void;
}

/** Which panel stands for the rows; `undefined` if there are rows. */
export function panelOf(snapshot: ConversationSnapshot | undefined, filtered: boolean): PanelKind | undefined {
  if (snapshot === undefined) return 'loading';
  const {rows, page, search, bound} = snapshot;
  if (rows.length > 0) return undefined;
  if (!bound) return 'empty';
  if (page.status === 'failed') return 'error';
  if (search !== undefined && page.status !== 'loading') return 'unfound';
  if (page.status === 'paused') return 'paused';
  if (page.status === 'done') return filtered ? 'filtered' : 'empty';
  return 'loading';
}

/** What follows the last row. Between pages it says that more comes, so that the end of the list does not flicker. */
export function endOf({rows, page}: ConversationSnapshot): EndKind | undefined {
  if (rows.length === 0) return undefined;
  if (page.status === 'done') return 'end';
  return page.status === 'idle' ? 'loading' : page.status;
}

/** The list's custom states. */
export function statesOf(snapshot: ConversationSnapshot | undefined, filtered: boolean): Record<string, boolean> {
  const kind = panelOf(snapshot, filtered);
  const status = snapshot?.page.status;
  const connection = snapshot?.connection;
  return {
    loading: kind === 'loading',
    empty: kind === 'empty' || kind === 'filtered' || kind === 'unfound',
    filtered: kind === 'filtered',
    unfound: kind === 'unfound',
    searching: snapshot?.search?.status === 'searching',
    error: kind === 'error',
    'page-failed': kind === undefined && status === 'failed',
    paused: status === 'paused',
    end: status === 'done',
    syncing: snapshot?.sync.status === 'syncing',
    failed: snapshot?.sync.status === 'failed',
    offline: connection !== undefined && connection !== 'online',
  };
}

/** The panel in the place of the rows. */
export function panel(
  kind: PanelKind,
  snapshot: ConversationSnapshot | undefined,
  strings: Strings,
  actions: StateActions,
): TemplateResult {
  switch (kind) {
    case 'loading':
      return html`<div class="skeleton" part="skeleton" role="status" aria-label=${strings.loading}>
        ${Array.from({length: 12}, () => html`<div class="ghost" part="ghost"></div>`)}
      </div>`;
    case 'error':
      return html`<div class="panel" part="error" role="alert">
        <slot name="error">
          <p class="error">${strings.firstPageFailed}</p>
          <p class="detail">${cleanText(snapshot?.page.error?.message)}</p>
        </slot>
        <button type="button" part="button retry" @click=${actions.retry}>${strings.retry}</button>
      </div>`;
    case 'paused':
      return html`<div class="panel" part="empty">
        <p>${strings.emptyFiltered}</p>
        <button type="button" part="button load-more" @click=${actions.retry}>${strings.loadMore}</button>
      </div>`;
    case 'filtered':
      return html`<div class="panel" part="empty">
        <slot name="empty"><p>${strings.emptyFiltered}</p></slot>
        <button type="button" part="button reset" @click=${actions.resetFilter}>${strings.resetFilter}</button>
      </div>`;
    case 'unfound': {
      const more = snapshot?.page.status === 'paused';
      return html`<div class="panel" part="empty">
        <slot name="empty-search"><p>${strings.noResults(cleanName(snapshot?.search?.query, '…'))}</p></slot>
        <button type="button" part="button reset" @click=${actions.resetSearch}>${strings.clearSearch}</button>
        ${more
          ? html`<button type="button" part="button load-more" @click=${actions.retry}>${strings.loadMore}</button>`
          : nothing}
      </div>`;
    }
    case 'empty':
      return html`<div class="panel" part="empty">
        <slot name="empty"><p>${strings.empty}</p></slot>
      </div>`;
  }
}

/** The content of the row after the last. */
export function endContent(
  kind: EndKind,
  snapshot: ConversationSnapshot,
  strings: Strings,
  actions: StateActions,
): TemplateResult {
  switch (kind) {
    case 'loading':
      return html`<span>${strings.loading}</span>`;
    case 'failed':
      return html`<span class="error" title=${cleanText(snapshot.page.error?.message)}>${strings.pageFailed}</span>
        <button type="button" part="button retry" @click=${actions.retry}>${strings.retry}</button>`;
    case 'paused':
      return html`<button type="button" part="button load-more" @click=${actions.retry}>${strings.loadMore}</button>`;
    case 'end':
      return html`<span>${strings.end}</span>`;
  }
}

/** A control over the rows that tells a number; nothing for none. */
export function pill(
  purpose: 'updates' | 'unread-above' | 'unread-below',
  count: number,
  text: (count: number) => string,
  act: () => void,
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<button type="button" part=${`pill ${purpose}`} @click=${act}>${text(count)}</button>`;
}

/** Draws what stands over the rows and changes without them: unread conversations out of sight, and the way to the top. */
export function showPills(
  root: ParentNode,
  {above, below, far}: {readonly above: number; readonly below: number; readonly far: boolean},
  {unreadAbove, unreadBelow, jumpToTop}: Strings,
  go: (where: 'above' | 'below' | 'top') => void,
): void {
  const show = (where: string, content: unknown) => render(content, root.querySelector(`.unread.${where}`) as HTMLElement);
  show('above', pill('unread-above', above, unreadAbove, () => go('above')));
  show('below', [
    pill('unread-below', below, unreadBelow, () => go('below')),
    // An arrow: beside the others it leaves the most of the rows to see.
    far
      ? html`<button type="button" class="jump" part="pill jump-to-top" aria-label=${jumpToTop} title=${jumpToTop} @click=${() => go('top')}>
          <span aria-hidden="true">↑</span>
        </button>`
      : nothing,
  ]);
}

/** The strip below the rows, where it moves none of them: syncing, a failed sync, the connection. */
export function strip(
  snapshot: ConversationSnapshot | undefined,
  strings: Strings,
  actions: StateActions,
): TemplateResult | typeof nothing {
  if (snapshot === undefined) return nothing;
  const {sync, connection} = snapshot;
  if (connection !== undefined && connection !== 'online') {
    return html`<p part="sync-text">${strings[connection]}</p>`;
  }
  if (sync.status === 'syncing') {
    return html`<p part="sync-text">${strings.syncing}</p>
      ${sync.progress === undefined
        ? html`<progress part="progress" aria-label=${strings.syncing}></progress>`
        : html`<progress part="progress" aria-label=${strings.syncing} .value=${sync.progress}></progress>`}`;
  }
  if (sync.status === 'failed') {
    const reason = cleanText(sync.error?.message, 200);
    return html`<p part="sync-text error"><span class="error">${strings.syncFailed}</span> <span class="reason">${reason}</span></p>
      <button type="button" part="button retry" @click=${actions.refresh}>${strings.retry}</button>`;
  }
  return nothing;
}
