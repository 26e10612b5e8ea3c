import {html, nothing, render, type TemplateResult} from 'lit';
import {cleanText} from '../../format/text.js';
import type {Strings} from '../../locales/strings.js';
import type {SourceError} from '../../model/errors.js';
import {icon} from './icons.js';

/** Something that was to be done and was not. */
export interface Failure {
  /** The conversation's name. */
  readonly title: string;
  /** What was to be done, as the menu says it. */
  readonly label: string;
  readonly error: SourceError;
  /** Tries again; absent where that is of no use. */
  readonly retry: (() => void) | undefined;
}

/** So many are shown; the oldest goes first. */
const MOST = 3;

/** Tells in the list what could not be done, until it is dismissed or tried again. */
export class Notices {
  #failures: readonly Failure[] = [];
  readonly #place: HTMLElement;
  readonly #strings: () => Strings;

  /** @param place - a live region that is there already, so that what comes into it is heard */
  constructor(place: HTMLElement, strings: () => Strings) {
    this.#place = place;
    this.#strings = strings;
  }

  add(failure: Failure): void {
    this.#failures = [...this.#failures, failure].slice(-MOST);
    this.show();
  }

  clear(): void {
    this.#failures = [];
    this.show();
  }

  /** Shows them, in other words perhaps. */
  show(): void {
    render(this.#failures.length === 0 ? nothing : this.#failures.map((failure) => this.#notice(failure)), this.#place);
  }

  #remove(failure: Failure): void {
    this.#failures = this.#failures.filter((one) => one !== failure);
    this.show();
  }

  #notice(failure: Failure): TemplateResult {
    const {title, label, error, retry} = failure;
    const strings = this.#strings();
    const again = (): void => {
      this.#remove(failure);
      retry?.();
    };
    return html`<div class="failure" part="notice">
      <p>
        <bdi class="about">${title}</bdi>
        <span class="error">${strings.actionFailed(label)}</span>
        <bdi class="detail">${cleanText(error.message, 200)}</bdi>
      </p>
      ${retry === undefined
        ? nothing
        : html`<button type="button" part="button retry" @click=${again}>${strings.retry}</button>`}
      <button
        type="button"
        class="close"
        part="button dismiss"
        aria-label=${strings.dismiss}
        title=${strings.dismiss}
        @click=${() => this.#remove(failure)}
      >${icon('close')}</button>
    </div>`;
  }
}
