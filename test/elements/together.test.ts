import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversations, topKey} from './support/conversations.js';
import {at, buttons, press} from './support/hands.js';
import {box, focused, mount, part, settle, textOf, until} from './support/list-page.js';
import {contextClick, hover, itemsOf, menuItems} from './support/menus.js';
import {drawn, idsInView} from './support/rows.js';

const memory = () => new MemorySource({conversations: conversations(60, (i) => ({unreadCount: i % 2}))});
const isOpen = (list: ImConversationList) => part(list, 'menu') !== undefined;

/** A list with a search field above it. */
async function withSearch(source: MemorySource): Promise<{list: ImConversationList; field: HTMLInputElement}> {
  const search = document.createElement('im-conversation-search');
  search.slot = 'header';
  const list = await mount({source, attributes: {selection: 'multiple'}, before: (l) => l.append(search)});
  await until(() => search.shadowRoot?.querySelector('input') != null);
  return {list, field: search.shadowRoot?.querySelector('input') as HTMLInputElement};
}

async function openByKey(list: ImConversationList, downs = 3): Promise<string> {
  list.focus();
  await press(...Array<string>(downs).fill('ArrowDown'));
  const id = at();
  await press('Shift+F10');
  await until(() => isOpen(list) && menuItems(list).includes(focused() as HTMLElement));
  return id;
}

describe('an open menu, while the list goes on', () => {
  afterEach(async () => {
    await resetMouse();
    document.documentElement.removeAttribute('lang');
  });

  it('closes when its conversation is removed, and leaves the focus in the list', async () => {
    const source = memory();
    const list = await mount({source});
    const id = await openByKey(list);
    void source.delete([id]);
    await until(() => !isOpen(list));
    await until(() => list.shadowRoot?.activeElement?.matches('.row') === true);
    await until(() => !idsInView(list).includes(id));
    expect(at()).not.to.equal('');
  });

  it('closes when its conversation is filtered away', async () => {
    const source = memory();
    const list = await mount({source, attributes: {unread: ''}});
    const id = await openByKey(list);
    void source.markRead([id]);
    await until(() => !isOpen(list));
  });

  it('closes with the question that it asks', async () => {
    const source = memory();
    const list = await mount({source});
    list.focus();
    await press('ArrowDown');
    const id = at();
    await press('Delete');
    await until(() => part(list, 'question') !== undefined);
    void source.delete([id]);
    await until(() => part(list, 'question') === undefined);
    expect(isOpen(list)).to.equal(false);
  });

  it('takes no focus from where the person has gone, when it closes', async () => {
    const source = memory();
    const list = await mount({source});
    const id = await openByKey(list);
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    elsewhere.focus();
    void source.delete([id]);
    await until(() => !isOpen(list));
    expect(document.activeElement).to.equal(elsewhere);
    elsewhere.remove();
  });

  it('closes when another source comes, whatever that calls its conversations', async () => {
    const provider = document.createElement('im-conversation-provider');
    const list = document.createElement('im-conversation-list');
    provider.append(list);
    box().append(provider);
    provider.source = memory();
    await settle();
    await openByKey(list);
    provider.source = memory();
    await until(() => !isOpen(list));
  });

  it('shows what has become of its conversation, with the focus on the same item', async () => {
    const source = memory();
    const list = await mount({source});
    const id = await openByKey(list, 2);
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    const before = textOf(focused() ?? undefined);
    void source.setPinned(id, true);
    await until(() => itemsOf(list).includes('Unpin'));
    expect(textOf(focused() ?? undefined)).to.equal(before);
  });

  it('keeps the focus on the item, though items come before it', async () => {
    const source = memory();
    const list = await mount({source});
    list.actions = ({pinned}, defaults) => (pinned ? [{id: 'app:first', label: 'First'}, ...defaults] : defaults);
    const id = await openByKey(list, 2);
    await press('ArrowDown', 'ArrowDown');
    expect(textOf(focused() ?? undefined)).to.equal('Mute');
    void source.setPinned(id, true);
    await until(() => itemsOf(list).includes('First'));
    expect(textOf(focused() ?? undefined)).to.equal('Mute');
  });

  it('stays on the level that the person is at', async () => {
    const source = memory();
    const list = await mount({source});
    const id = await openByKey(list, 2);
    await sendKeys({type: 'no'});
    await press('ArrowRight');
    const level = itemsOf(list);
    const at = textOf(focused() ?? undefined);
    source.receiveMessage({conversationId: id, senderName: 'Ada', text: 'Still there?'});
    await until(() => drawn(list).some((row) => row.preview.includes('Still there?')));
    expect(itemsOf(list)).to.deep.equal(level);
    expect(textOf(focused() ?? undefined)).to.equal(at);
  });

  it('speaks another language as soon as the page does', async () => {
    const list = await mount({source: memory()});
    await openByKey(list);
    document.documentElement.lang = 'de';
    await until(() => itemsOf(list).includes('Löschen'));
    await press('Escape');
    expect(isOpen(list)).to.equal(false);
  });
});

describe('one key, one thing', () => {
  it('Escape closes the menu, then ends selecting, then goes back to the search, then clears it', async () => {
    const {list, field} = await withSearch(memory());
    field.focus();
    await sendKeys({type: 'name'});
    await until(() => list.snapshot?.search?.status === 'done');
    await settle();
    await press('ArrowDown', 'Control+Space', 'ArrowDown', 'Control+Space');
    await until(() => list.selectedIds.length === 2);
    const id = at();
    await press('Shift+F10');
    await until(() => isOpen(list));

    await press('Escape');
    expect([isOpen(list), list.selectedIds.length, at()]).to.deep.equal([false, 2, id]);
    await press('Escape');
    expect([list.selectedIds.length, at()]).to.deep.equal([0, id]);
    await press('Escape');
    await until(() => focused() === field);
    expect(field.value).to.equal('name');
    await press('Escape');
    expect(field.value).to.equal('');
  });

  it('Delete on one of several selected asks for all of them; on another, for that one', async () => {
    const list = await mount({source: memory(), attributes: {selection: 'multiple'}});
    list.focus();
    await press('Control+Space', 'ArrowDown', 'Control+Space');
    await until(() => list.selectedIds.length === 2);
    await press('Delete');
    await until(() => buttons(list).has('confirm-delete'));
    expect(isOpen(list)).to.equal(false);
    buttons(list).get('cancel')?.click();
    await until(() => buttons(list).has('delete'));
    list.focus();
    await press('ArrowDown', 'Delete');
    await until(() => part(list, 'question') !== undefined);
    expect(buttons(list).has('confirm-delete')).to.equal(false);
    await press('Escape');
  });
});

describe('another source of a provider', () => {
  it('shows its rows at once, though the order is held, and none of them selected', async () => {
    const provider = document.createElement('im-conversation-provider');
    const list = document.createElement('im-conversation-list');
    list.selection = 'multiple';
    provider.append(list);
    box().append(provider);
    const first = memory();
    provider.source = first;
    await settle();
    list.selectedIds = ['c2'];
    const hold = (): unknown => list.shadowRoot?.querySelector('.viewport')?.dispatchEvent(new WheelEvent('wheel'));
    hold();
    first.remove(['c1']);
    await until(() => part(list, 'gone') !== undefined);
    const other = conversations(5).map((one) => ({...one, id: `other ${one.id}`}));
    provider.source = new MemorySource({conversations: other});
    // Before a render tells of the other source, the pointer is over the rows that are still there.
    hold();
    // Not so long that the hold would end by itself.
    for (let i = 0; i < 5; i++) await settle();
    expect(idsInView(list)).to.deep.equal(other.map(({id}) => id));
    expect(part(list, 'updates') === undefined, 'nothing waits').to.equal(true);
    await until(() => list.selectedIds.length === 0);
  });
});

describe('a list that has been out of sight', () => {
  it('takes the focus, and to the row that had it, in the moment in which it shows again', async () => {
    const list = await mount({source: memory()});
    list.focus();
    await press('ArrowDown', 'ArrowDown');
    const id = at();
    list.style.setProperty('display', 'none');
    await until(() => focused() === null || focused() === document.body);
    await settle();
    list.style.removeProperty('display');
    list.focus();
    await until(() => at() === id);
    expect(idsInView(list)[0]).to.equal('c0');
  });

  it('takes no focus later, if it was asked to while it could not be seen', async () => {
    const list = await mount({source: memory()});
    list.focus();
    list.style.setProperty('display', 'none');
    await settle();
    list.focus();
    list.style.removeProperty('display');
    await until(() => idsInView(list).length > 0);
    expect(list.shadowRoot?.activeElement ?? null).to.equal(null);
  });
});

describe('actions of an app', () => {
  it('may carry whatever the app likes', async () => {
    const list = await mount({source: memory()});
    const failures: unknown[] = [];
    const heard = (event: ErrorEvent) => failures.push(event.error);
    window.addEventListener('error', heard);
    const loop: Record<string, unknown> = {name: 'app:loop'};
    loop['itself'] = loop;
    list.actions = () => [
      {id: 'app:key', label: 'By key', action: {name: 'app:key', key: topKey()} as never},
      {id: 'app:loop', label: 'Loop', action: loop as never},
    ];
    list.quickActions = 'app:key app:loop';
    await hover(list, 'c2');
    await until(() => list.shadowRoot?.querySelector('[aria-label="By key"]') != null);
    await contextClick(list, 'c2');
    expect(itemsOf(list)).to.deep.equal(['By key', 'Loop']);
    await settle();
    expect(failures).to.deep.equal([]);
    window.removeEventListener('error', heard);
    await resetMouse();
  });
});
