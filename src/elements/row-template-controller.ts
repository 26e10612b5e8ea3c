import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {ImErrorEvent} from '../events/error-event.js';
import {toSourceError} from '../model/errors.js';
import type {RowTemplate} from './row-template.js';
import {warnOnce} from './warn-once.js';

/** How a template becomes a {@link RowTemplate}: loaded with the first one on the page. */
let make: ((template: HTMLTemplateElement) => RowTemplate) | undefined;

/**
 * The `<template slot="row">` among the list's children, followed as it comes, changes and goes.
 *
 * One that cannot be read is told once for each change of it, and the rows are drawn as if there were none.
 */
export class RowTemplateController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #element: HTMLTemplateElement | undefined;
  #template: RowTemplate | undefined;
  #observer: MutationObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What draws the rows; `undefined` where there is no template, or none that can be read. */
  get template(): RowTemplate | undefined {
    return this.#template;
  }

  hostConnected(): void {
    // It may have changed while nobody was looking.
    if (this.#element !== undefined) this.#watch(this.#element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** Takes what the slot is given. */
  readonly handleSlotChange = (event: Event): void => {
    const given = (event.target as HTMLSlotElement).assignedElements();
    const element = given.find((one): one is HTMLTemplateElement => one instanceof HTMLTemplateElement);
    if (given.length > 0 && element === undefined) warnOnce('slot="row" takes a <template>.');
    if (element === this.#element) return;
    this.#element = element;
    this.hostDisconnected();
    if (element !== undefined) this.#watch(element);
    else this.#show(undefined);
  };

  #watch(element: HTMLTemplateElement): void {
    this.#observer = new MutationObserver(() => void this.#read(element));
    const everything = {subtree: true, childList: true, attributes: true, characterData: true};
    this.#observer.observe(element.content, everything);
    this.#observer.observe(element, {subtree: true, childList: true, characterData: true});
    void this.#read(element);
  }

  async #read(element: HTMLTemplateElement): Promise<void> {
    let template: RowTemplate | undefined;
    try {
      make ??= await load();
      if (element === this.#element && this.#host.isConnected) template = make(element);
    } catch (thrown) {
      reportError(thrown);
      this.#host.dispatchEvent(new ImErrorEvent(toSourceError(thrown), 'render'));
    }
    if (element === this.#element && this.#host.isConnected) this.#show(template);
  }

  #show(template: RowTemplate | undefined): void {
    this.#template = template;
    this.#host.requestUpdate();
  }
}

async function load(): Promise<NonNullable<typeof make>> {
  const {RowTemplate} = await import('./row-template.js');
  return (element) => new RowTemplate(element);
}
