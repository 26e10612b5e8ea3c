// Compiled, never run: what the types must refuse.
import type {} from 'im-conversation-list/types/svelte.js';
import type {SvelteHTMLElements} from 'svelte/elements';

type List = SvelteHTMLElements['im-conversation-list'];

export const refused: List[] = [
  // @ts-expect-error -- a source is an object
  {source: 'memory'},
  // @ts-expect-error -- a density is one of three
  {density: 'tiny'},
  // @ts-expect-error -- the event has a conversation, and no detail
  {'onim-conversation-select': (event) => event.detail},
];
