import {adoptStyles, isServer, type LitElement} from 'lit';

/** A shadow root that a server has rendered, and what was in it. */
export interface TakenOver {
  readonly root: ShadowRoot;
  readonly content: DocumentFragment;
}

/**
 * Empties the shadow root that a server has rendered for an element, for a first render into it; `undefined` if there is
 * none. Call in `createRenderRoot`, in the place of LitElement's own.
 *
 * No hydration by the template: that asks for the same data, words and version on both sides, and a browser has none of
 * the data yet. What is to stay is put back by the first render, before anything is painted.
 */
export function takeOver(host: LitElement): TakenOver | undefined {
  const root = host.shadowRoot;
  if (isServer || root === null) return undefined;
  const content = document.createDocumentFragment();
  content.append(...root.childNodes);
  adoptStyles(root, (host.constructor as typeof LitElement).elementStyles);
  return {root, content};
}
