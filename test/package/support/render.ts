import assert from 'node:assert/strict';
import {render} from '@lit-labs/ssr';
import {collectResult} from '@lit-labs/ssr/lib/render-result.js';

/** What a server sends of a template. */
export async function renderHtml(template: unknown): Promise<string> {
  return collectResult(render(template));
}

/** What is to be read in it: without styles, and without the marks that lit leaves between its parts. */
export function bare(html: string): string {
  return html.replace(/<style>[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '');
}

/** The opening tags of the rows. */
export function rowTags(html: string): string[] {
  return bare(html).match(/<div\s[^>]*?role="row"[^>]*>/g) ?? [];
}

/** The value of an attribute in a tag. */
export function attribute(tag: string | undefined, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag ?? '')?.[1];
}

/** Fails, without printing all of a page, if the pattern is not in it. */
export function has(html: string, pattern: RegExp): void {
  assert.ok(pattern.test(html), `${pattern} is not in the page`);
}

/** Fails if the pattern is in a page, with where it is. */
export function lacks(html: string, pattern: RegExp): void {
  const at = html.search(pattern);
  assert.equal(at < 0 ? '' : html.slice(Math.max(0, at - 60), at + 60), '', `${pattern} is in the page`);
}
