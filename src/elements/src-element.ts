import {LitElement} from 'lit';
import {property} from 'lit/decorators/property.js';
import {SrcController} from '../controllers/src-controller.js';

/** An element that can be told by attributes alone where its conversations come from. */
export class SrcElement extends LitElement {
  /** @internal */
  protected readonly named = new SrcController(this);

  /**
   * Address of a server that speaks the package's HTTP protocol; `source` and `conversations` win over it. Of the page's
   * own origin, and `https:` (`http:` on this machine). An address that may not be makes the list show and tell an error.
   */
  @property({noAccessor: true})
  get src(): string {
    return this.named.address;
  }

  set src(src: string | null | undefined) {
    this.named.address = src;
  }

  /** Lets `src` be of another origin: `anonymous`, or `use-credentials` to send that origin's cookies. */
  @property({attribute: 'crossorigin', noAccessor: true})
  get crossOrigin(): string | null {
    return this.named.crossOrigin;
  }

  set crossOrigin(crossOrigin: string | null | undefined) {
    this.named.crossOrigin = crossOrigin;
  }
}
