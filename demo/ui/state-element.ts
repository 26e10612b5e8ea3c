import {LitElement, type PropertyValues} from 'lit';
import {property} from 'lit/decorators/property.js';
import type {DemoState} from '../state/demo-state.js';

/** A part of the page that shows the demo's state, in the page's own tree so that the page's styles reach it. */
export class StateElement extends LitElement {
  @property({attribute: false}) state: DemoState | undefined;

  readonly #update = (): void => this.requestUpdate();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override shouldUpdate(): boolean {
    return this.state !== undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.state?.addEventListener('change', this.#update);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.state?.removeEventListener('change', this.#update);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    changed.get('state')?.removeEventListener('change', this.#update);
    if (this.isConnected) this.state?.addEventListener('change', this.#update);
  }
}
