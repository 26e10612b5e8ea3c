import {html, nothing, type TemplateResult} from 'lit';
import {StateElement} from './state-element.js';

const TIME = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});

/** The element's events as they come, newest first. */
export class EventLogView extends StateElement {
  protected override render(): TemplateResult {
    const entries = this.state?.log.entries ?? [];
    return html`
      <div class="log-header">
        <h3>Events of the element</h3>
        <button type="button" class="small secondary outline" @click=${this.#handleClear}>Clear</button>
      </div>
      <ol class="log" tabindex="0" aria-label="Events of the element, newest first">
        ${entries.map(
          ({type, detail, at, times}) => html`<li>
            <time>${TIME.format(at)}</time>
            <code>${type.slice('im-'.length)}</code>${times > 1 ? html`<b class="times">×${times}</b>` : nothing}
            <span>${detail}</span>
          </li>`,
        )}
      </ol>
    `;
  }

  #handleClear(): void {
    this.state?.log.clear();
    this.state?.changed();
  }
}
