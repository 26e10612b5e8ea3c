import '../../src/define.js';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImConversationProvider} from '../../src/elements/im-conversation-provider.js';
import type {Conversation} from '../../src/model/conversation.js';
import type {ConversationStore} from '../../src/store/conversation-store.js';
import {ArrayPages} from '../page/array-pages.js';
import type {Subject} from '../page/subject.js';

let list: ImConversationList;
let source: ArrayPages;
let renders = 0;

/** As in an app: a provider with a source, whose store has everything; a list inside it is mounted. */
export const subject: Subject = {
  async prepare(conversations, host) {
    const store = storeOf(provide(conversations, host));
    // As the list that filled the store has set it.
    store.filter = {hidden: false};
    store.pageSize = 'all';
    await store.loadMore();
    await told();
    if (store.snapshot.rows.length !== conversations.length) throw new Error('The store has not taken everything.');
  },
  mount(host) {
    list = document.createElement('im-conversation-list');
    countRenders(list);
    host.firstElementChild?.append(list);
  },
  unmount: () => list.remove(),
  applyOne: (change: Conversation) => source.emit({type: 'upsert', conversations: [change], isNew: false}),
  scroller: () => list.shadowRoot?.querySelector<HTMLElement>('.viewport') ?? undefined,
  rows: () => list.shadowRoot?.querySelectorAll<HTMLElement>('.row:not([hidden])') ?? [],
  renders: () => renders,
  async search(query) {
    list.search = query;
    await list.updateComplete;
    while (list.snapshot?.search?.status === 'searching' || (list.snapshot?.search?.query ?? '') !== query) {
      await new Promise(requestAnimationFrame);
    }
  },
  async ingest(conversations, host, slice) {
    const provider = provide(conversations, host);
    list = document.createElement('im-conversation-list');
    provider.append(list);
    const store = storeOf(provider);
    store.pageSize = slice;
    while (store.snapshot.page.status !== 'done') await store.loadMore();
    await told();
    if (store.snapshot.rows.length !== conversations.length) throw new Error('The store has not taken everything.');
  },
};

function provide(conversations: readonly Conversation[], host: HTMLElement): ImConversationProvider {
  source = new ArrayPages(conversations);
  const provider: ImConversationProvider = document.createElement('im-conversation-provider');
  provider.source = source;
  host.append(provider);
  return provider;
}

function storeOf({store}: ImConversationProvider): ConversationStore {
  if (store === undefined) throw new Error('The provider has no store.');
  return store;
}

/** A store may tell of a page with the next frame. */
async function told(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}

function countRenders(element: ImConversationList): void {
  const host = element as unknown as {updated(changed: unknown): void};
  const updated = host.updated.bind(host);
  host.updated = (changed) => {
    renders++;
    updated(changed);
  };
}
