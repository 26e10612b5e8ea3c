import {html, render} from 'lit';

/** A `<template slot="row">` as a page would have it: parsed, not built. */
export function rowTemplate(markup: string): HTMLTemplateElement {
  const text = `<template slot="row">${markup}</template>`;
  const strings = Object.assign([text], {raw: [text]});
  const holder = document.createElement('div');
  // The one way to parse that the page's policy allows.
  render(html(strings), holder);
  return holder.querySelector('template') as HTMLTemplateElement;
}
