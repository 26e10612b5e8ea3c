import {html, type TemplateResult} from 'lit';
import {section} from '../fields.js';

/** The way to the page with real back ends. */
export function connectSection(): TemplateResult {
  return section('Connect', html`<p class="hint"><a href="./connect.html">To a server, or to what this browser keeps</a></p>`);
}
