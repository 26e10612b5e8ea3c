import {html, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';

/** Fields of the controls: native ones, each with its label. */

/** One of a few values. `options`: value and words. */
export function choiceField<V extends string>(
  label: string,
  value: V,
  options: readonly (readonly [V, string])[],
  set: (value: V) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <select @change=${(event: Event) => set((event.currentTarget as HTMLSelectElement).value as V)}>
      ${options.map(([option, words]) => html`<option value=${option} .selected=${option === value}>${words}</option>`)}
    </select>
  </label>`;
}

/** A number on a scale. `format`: the number in words. */
export function sliderField(
  label: string,
  value: number,
  scale: {readonly min: number; readonly max: number; readonly step?: number},
  format: (value: number) => string,
  set: (value: number) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label} <span class="value" aria-hidden="true">${format(value)}</span></span>
    <input
      type="range"
      min=${scale.min}
      max=${scale.max}
      step=${scale.step ?? 1}
      .value=${live(String(value))}
      aria-valuetext=${format(value)}
      @input=${(event: Event) => set((event.currentTarget as HTMLInputElement).valueAsNumber)}
    />
  </label>`;
}

/** On or off. */
export function switchField(label: string, on: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<label class="switch">
    <input
      type="checkbox"
      role="switch"
      .checked=${live(on)}
      @change=${(event: Event) => set((event.currentTarget as HTMLInputElement).checked)}
    />
    ${label}
  </label>`;
}

/** Something to do. */
export function doButton(label: string, run: () => unknown, enabled = true): TemplateResult {
  return html`<button type="button" class="small secondary outline" ?disabled=${!enabled} @click=${run}>
    ${label}
  </button>`;
}

/** A part of the controls that can be folded away. */
export function section(title: string, content: unknown, open = false): TemplateResult {
  return html`<details class="section" ?open=${open}>
    <summary>${title}</summary>
    <div class="section-body">${content}</div>
  </details>`;
}

const NUMBER = new Intl.NumberFormat('en');

/** A number as people write it. */
export function count(value: number): string {
  return NUMBER.format(value);
}
