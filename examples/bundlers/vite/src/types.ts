// Compiled, never run: what the types must refuse.
const list = document.createElement('im-conversation-list');
// @ts-expect-error -- a source is an object
list.source = 'memory';
// @ts-expect-error -- the event has a conversation, and no detail
list.addEventListener('im-conversation-select', (event) => event.detail);

export const selected: string | undefined = document.querySelector('im-conversation-list')?.selectedId;
