import {html, LitElement, type TemplateResult} from 'lit';
import {state} from 'lit/decorators/state.js';
import type {PreviewFormatters} from '../../src/elements/row-binder.js';
import {choiceField} from '../ui/fields.js';
import {ThemeSheet} from '../ui/theme-sheet.js';
import {CHOICES, NAMES, readSettings, writeSettings, type GallerySettings} from './gallery-settings.js';
import {LIST_STATES, type ListState} from './list-states.js';
import {conversationsOf, rowGroups, type RowGroup} from './row-groups.js';

const GROUPS = rowGroups();
const CONVERSATIONS = new Map(GROUPS.map((group) => [group, conversationsOf(group)]));
const FORMATTERS: PreviewFormatters = {order: ({id}) => `Order ${id}: on its way`};
/** The page's own pictures. */
const allow = (url: string): string => url;

/** Every state of a row and of the list, side by side, in the look that the controls ask for. */
export class GalleryPage extends LitElement {
  @state() private _settings = readSettings(location.search);

  readonly #theme = new ThemeSheet();
  /** Rows are as high as the theme and the density say; the labels follow. */
  readonly #heights = new ResizeObserver((entries) => {
    for (const {target, contentRect} of entries) {
      const list = (target.getRootNode() as ShadowRoot).host;
      list.closest<HTMLElement>('.rows')?.style.setProperty('--row', `${contentRect.height}px`);
    }
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    const {scheme, theme, width} = this._settings;
    const root = document.documentElement;
    root.dataset['scheme'] = scheme;
    root.style.setProperty('--width', `${width}px`);
    this.#theme.name = theme;
  }

  protected override firstUpdated(): void {
    for (const group of this.querySelectorAll<HTMLElement>('.rows')) {
      group.style.setProperty('--rows', String(group.querySelectorAll('li').length || 8));
    }
    for (const list of this.querySelectorAll('im-conversation-list')) {
      const bring = LIST_STATES.find(({id}) => id === list.dataset['state'])?.bring;
      bring?.(list);
      // As high as a row; there when the list has rendered.
      void list.updateComplete.then(() => this.#heights.observe(list.shadowRoot?.querySelector('.probe') as Element));
    }
  }

  protected override render(): TemplateResult {
    const {dir} = this._settings;
    return html`
      <header>
        <h1>Gallery</h1>
        ${(Object.keys(CHOICES) as (keyof GallerySettings)[]).map((key) => this.#choice(key))}
        <a href="./index.html">The demo</a>
      </header>
      <main dir=${dir}>
        ${GROUPS.map((group) => this.#group(group))}
        <section class="group rows" id="template">
          <h2>Rows by a template of the page’s own</h2>
          ${this.#templateRows()}
        </section>
        <section class="group" id="states">
          <h2>States of the list</h2>
          <div class="states">${LIST_STATES.map((one) => this.#listState(one))}</div>
        </section>
      </main>
    `;
  }

  #choice(key: keyof GallerySettings): TemplateResult {
    return choiceField(NAMES[key], this._settings[key], CHOICES[key], (value) => {
      this._settings = {...this._settings, [key]: value};
      history.replaceState(null, '', `?${writeSettings(this._settings)}`);
    });
  }

  #group(group: RowGroup): TemplateResult {
    const {id, title, rows, open} = group;
    const {lang, density} = this._settings;
    return html`<section class="group rows" id=${id}>
      <h2>${title}</h2>
      <div class="stage">
        <div class="box">
          <im-conversation-list
            lang=${lang}
            .density=${density}
            .label=${title}
            .selectedId=${open === undefined ? undefined : `${id} ${open}`}
            .avatarPolicy=${allow}
            .previewFormatters=${FORMATTERS}
            .conversations=${CONVERSATIONS.get(group)}
          ></im-conversation-list>
        </div>
        <ol class="labels">${rows.map(([label]) => html`<li>${label}</li>`)}</ol>
      </div>
    </section>`;
  }

  #templateRows(): TemplateResult {
    const {lang, density} = this._settings;
    const unread = GROUPS.find(({id}) => id === 'unread') as RowGroup;
    return html`<div class="box">
      <im-conversation-list
        lang=${lang}
        label="Rows by a template"
        .density=${density}
        .conversations=${CONVERSATIONS.get(unread)}
      >
        <template slot="row">
          <div part="card">
            <span part="card-name">{{title}}</span>
            <time part="card-time" datetime="{{datetime}}">{{time}}</time>
            <span part="card-text">{{preview}}</span>
            <span part="card-count" hidden="{{!unreadCount}}">{{unreadCount}} new</span>
          </div>
        </template>
      </im-conversation-list>
    </div>`;
  }

  #listState({id, label}: ListState): TemplateResult {
    const {lang, density} = this._settings;
    return html`<figure>
      <figcaption>${label}</figcaption>
      <div class="box">
        <im-conversation-list
          lang=${lang}
          label=${label}
          data-state=${id}
          .density=${density}
        ></im-conversation-list>
      </div>
    </figure>`;
  }
}
