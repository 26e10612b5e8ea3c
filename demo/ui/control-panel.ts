import {html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators/property.js';
import type {PageState} from '../../src/store/pager.js';
import type {ConversationSnapshot} from '../../src/store/snapshot.js';
import {archiveSection} from './controls/archive-section.js';
import {connectSection} from './controls/connect-section.js';
import {dataSection} from './controls/data-section.js';
import {filterSection} from './controls/filter-section.js';
import {listSection} from './controls/list-section.js';
import {lookSection} from './controls/look-section.js';
import {statesSection} from './controls/states-section.js';
import {trafficSection} from './controls/traffic-section.js';
import {count} from './fields.js';
import {icon} from './icons.js';
import {StateElement} from './state-element.js';

/** How paging stands, in words. */
const PAGE: Readonly<Record<PageState['status'], string>> = {
  idle: 'more to come',
  loading: 'loading a page',
  failed: 'a page failed',
  paused: 'paused',
  done: 'that is all',
};

/** The demo's controls, and what the element tells. */
export class ControlPanel extends StateElement {
  /** What the list shows. */
  @property({attribute: false}) snapshot: ConversationSnapshot | undefined;

  /** Closes the panel. */
  @property({attribute: false}) close: () => void = () => undefined;

  protected override render(): TemplateResult {
    const state = this.state as NonNullable<typeof this.state>;
    return html`
      <div class="bar">
        <h2>Controls</h2>
        <button type="button" class="icon-button" aria-label="Close the controls" @click=${this.close}>
          ${icon('close')}
        </button>
      </div>
      <div class="sections">
        ${trafficSection(state)} ${archiveSection(state)} ${dataSection(state)} ${filterSection(state)}
        ${listSection(state)} ${lookSection(state)} ${statesSection(state)}
        ${connectSection()}
      </div>
      <section class="events" aria-label="Events">
        <p class="hint" id="facts">${this.#facts()}</p>
        <event-log-view .state=${state}></event-log-view>
      </section>
    `;
  }

  #facts(): string {
    const {snapshot, state} = this;
    const size = state?.session?.source.size ?? 0;
    const rows = snapshot?.rows.length ?? 0;
    return `${count(size)} conversations · ${count(rows)} rows loaded · ${PAGE[snapshot?.page.status ?? 'idle']}`;
  }
}
