import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {state as internalState} from 'lit/decorators/state.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationProvider} from '../../src/elements/im-conversation-provider.js';
import type {ConversationAction, ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import type {ImConversationSelectEvent} from '../../src/events/conversation-select-event.js';
import type {ImSelectionChangeEvent} from '../../src/events/selection-change-event.js';
import {EVENT_TYPES} from '../state/event-log.js';
import {arrayActions} from './array-actions.js';
import {ArrayFeed} from './array-feed.js';
import type {ConversationPane} from './conversation-pane.js';
import {DropZone} from './drop-zone.js';
import {count} from './fields.js';
import {icon} from './icons.js';
import {StateElement} from './state-element.js';
import {ThemeSheet} from './theme-sheet.js';

/** From this width on there is room for the controls beside the rest. */
const WIDE = '(min-width: 70rem)';
/** Up to this width list and conversation take turns. */
const NARROW = '(max-width: 44rem)';

/** Words for what only this app knows. */
const CHIP_LABELS: Readonly<Record<string, string>> = {
  'mark:4294967296': 'Priority',
  'folder:family': 'Family',
  'folder:work': 'Work',
  'folder:projects': 'Projects',
};

/** The whole page: the list, the open conversation, the controls. */
export class ChatApp extends StateElement {
  @internalState() private _controlsOpen = matchMedia(WIDE).matches;
  readonly #array = new ArrayFeed(() => this.#provider);
  /** The source that the list has, or `array`. */
  #bound: unknown;
  readonly #themeSheet = new ThemeSheet();
  readonly #drop = new DropZone(this, (file) => void this.state?.importFile(file));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#drop.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop.disconnect();
    this.#array.disconnect();
  }

  protected override render(): TemplateResult {
    const state = this.state as NonNullable<typeof this.state>;
    const {settings, selectedId} = state;
    return html`<im-conversation-provider>
      <div class="app" data-view=${selectedId === undefined ? 'list' : 'pane'}>
        <main>
          <h1>Chats</h1>
          <section class="chats" aria-label="List">
            <div class="bar">
              <span class="name" aria-hidden="true">Chats</span>
              <im-unread-badge max="999"></im-unread-badge>
              <span class="space"></span>
              <button
                type="button"
                class="icon-button"
                title="Import an archive"
                aria-label="Import an archive"
                @click=${this.#handleImport}
              >${icon('import')}</button>
              <button
                type="button"
                class="icon-button"
                id="open-controls"
                title="Controls"
                aria-label="Controls"
                aria-expanded=${this._controlsOpen}
                @click=${this.#toggleControls}
              >${icon('controls')}</button>
            </div>
            ${this.#progress()}
            <im-conversation-list
              .type=${settings.type}
              .mark=${settings.mark}
              .group=${settings.group}
              .unread=${settings.unread}
              .mentions=${settings.mentions}
              .pinned=${settings.pinned}
              .order=${settings.order}
              .pageSize=${settings.pageSize}
              .density=${settings.density}
              .selection=${settings.selection}
              .selecting=${settings.selecting}
              .selectedId=${selectedId}
              .actions=${settings.feed === 'array' ? arrayActions : undefined}
              @im-conversation-select=${this.#handleSelect}
              @im-conversation-action=${this.#handleAction}
              @im-filter-change=${this.#handleFilterReset}
              @im-selection-change=${this.#handleSelection}
            >
              <div slot="header" class="finders">
                <im-conversation-search></im-conversation-search>
                <im-conversation-filters .labels=${CHIP_LABELS} @im-filter-change=${this.#handleFilter}></im-conversation-filters>
              </div>
            </im-conversation-list>
          </section>
          <conversation-pane
            role="region"
            aria-label="Conversation"
            .state=${state}
            .act=${this.#act}
            .back=${this.#back}
          ></conversation-pane>
        </main>
        <control-panel
          role="complementary"
          dir="ltr"
          aria-label="Controls"
          ?hidden=${!this._controlsOpen}
          .state=${state}
          .snapshot=${this.#list?.snapshot}
          .close=${this.#closeControls}
        ></control-panel>
      </div>
      ${this.#drop.over ? html`<div class="drop-hint"><p>Drop a chat archive to read it</p></div>` : nothing}
    </im-conversation-provider>`;
  }

  protected override firstUpdated(): void {
    const log = (event: Event): void => {
      this.state?.log.add(event);
      this.state?.changed();
    };
    for (const type of EVENT_TYPES) this.#list?.addEventListener(type, log);
    // What the person does in the list's header is told there.
    this.querySelector('im-conversation-filters')?.addEventListener('im-filter-change', log);
    this.querySelector('im-conversation-search')?.addEventListener('im-search-change', log);
    this.addEventListener('keydown', (event) => this.#handleKeyDown(event));
    this.state?.addEventListener('reload', () => this.#bind(true));
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const {theme, look, lang, dir, width} = (this.state as NonNullable<typeof this.state>).settings;
    const root = document.documentElement;
    if (theme === 'auto') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    root.dir = dir;
    root.dataset['look'] = look;
    this.#themeSheet.name = look;
    // The page is English; what is the element's own speaks as it is told to.
    this.querySelector('.chats')?.setAttribute('lang', lang);
    root.style.setProperty('--list-width', `${width}px`);
    this.#bind(false);
  }

  /** Gives the list its source or its array, if it has not got it. */
  #bind(anew: boolean): void {
    const {state} = this;
    const provider = this.#provider;
    const source = state?.session?.source;
    if (provider === null || state === undefined || source === undefined) return;
    const isArray = state.settings.feed === 'array';
    const bound = isArray ? 'array' : source;
    if (!anew && bound === this.#bound && (!isArray || this.#array.source === source)) return;
    this.#bound = bound;
    provider.source = null;
    if (isArray) {
      this.#array.connect(source);
    } else {
      this.#array.disconnect();
      provider.source = source;
    }
  }

  #progress(): TemplateResult | typeof nothing {
    const status = this.state?.import.status;
    if (status?.is !== 'reading') return nothing;
    return html`<div class="reading" role="status">
      <label>
        <span>Reading ${status.name}: ${count(status.messages)} messages</span>
        <progress max="1" value=${status.share}></progress>
      </label>
      <button type="button" class="small secondary outline" @click=${() => this.state?.import.reset()}>Cancel</button>
    </div>`;
  }

  get #provider(): ImConversationProvider | null {
    return this.querySelector('im-conversation-provider');
  }

  get #list(): ImConversationList | null {
    return this.querySelector('im-conversation-list');
  }

  #act = (id: string, action: ConversationAction): void => {
    void this.#list?.performAction(id, action);
  };

  #back = (): void => {
    this.state?.select(undefined);
    void this.updateComplete.then(() => this.#list?.focus());
  };

  #closeControls = (): void => {
    this._controlsOpen = false;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#open-controls')?.focus());
  };

  #toggleControls(): void {
    this._controlsOpen = !this._controlsOpen;
    // Where it covers the rest, one goes on in it.
    if (!this._controlsOpen || matchMedia(WIDE).matches) return;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('control-panel .icon-button')?.focus());
  }

  #handleImport(): void {
    this._controlsOpen = true;
    void this.updateComplete.then(() => {
      const input = this.querySelector<HTMLInputElement>('#archive');
      input?.closest('details')?.setAttribute('open', '');
      input?.click();
    });
  }

  #handleSelect(event: ImConversationSelectEvent): void {
    this.state?.select(event.conversation.id);
    // In place of the list, on the way back to it: the composer would call up a phone's keyboard.
    const narrow = matchMedia(NARROW).matches;
    void this.updateComplete.then(async () => {
      const pane = this.querySelector<ConversationPane>('conversation-pane');
      await pane?.updateComplete;
      if (narrow) pane?.querySelector<HTMLElement>('.back')?.focus();
      else pane?.focus();
    });
  }

  /** An app with an array of its own changes it itself. */
  #handleAction(event: ImConversationActionEvent): void {
    if (this.state?.settings.feed !== 'array') return;
    event.preventDefault();
    void this.#array.perform(event.conversation.id, event.action);
  }

  #handleFilterReset(): void {
    this.state?.set({type: '', mark: '', group: '', unread: false, mentions: false, pinned: false});
  }

  /** The person has ended selecting in the list. */
  #handleSelection(event: ImSelectionChangeEvent): void {
    this.state?.set({selecting: event.selecting});
  }

  /** What the person chose in the list's own filters shows in the controls too: the list's properties have followed. */
  async #handleFilter(): Promise<void> {
    await this.#list?.updateComplete;
    const list = this.#list;
    if (list === null) return;
    const {type, mark, group, unread, mentions, pinned} = list;
    this.state?.set({type, mark, group, unread, mentions, pinned});
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (this._controlsOpen && !matchMedia(WIDE).matches) this.#closeControls();
    else if (this.state?.selectedId !== undefined) this.#back();
  }
}
