import {expect} from '@open-wc/testing';
import {resetMouse, sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ActionItem, ActionsFunction} from '../../src/elements/row-actions/action-item.js';
import type {ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import {MemorySource} from '../../src/sources/memory.js';
import {captureProblems} from '../setup/csp-guard.js';
import {sendMouse} from '../setup/engine.js';
import {conversations} from './support/conversations.js';
import {focused, grid, mount, part, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {contextClick, hover, itemsOf, middle, pick, sourceWith} from './support/menus.js';
import {drawn, rowOf, rowPart} from './support/rows.js';

const press = async (...keys: readonly string[]) => {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
};

interface Started {
  readonly list: ImConversationList;
  readonly source: MemorySource;
  readonly asked: ImConversationActionEvent[];
  /** Origins of what was told by `im-error`. */
  readonly errors: string[];
}

async function start({attributes = {}, ...options}: MountOptions & {readonly actions?: ActionsFunction} = {}): Promise<Started> {
  const source = new MemorySource({conversations: conversations(300, (i) => ({unreadCount: i === 1 ? 3 : 0}))});
  const asked: ImConversationActionEvent[] = [];
  const errors: string[] = [];
  const list = await mount({
    source,
    attributes,
    ...options,
    before: (l) => {
      l.addEventListener('im-conversation-action', (event) => asked.push(event));
      l.addEventListener('im-error', ({origin}) => errors.push(origin));
    },
  });
  return {list, source, asked, errors};
}

/** What the buttons of a row say. */
function buttons(list: ImConversationList, id: string): (string | null)[] {
  const cell = rowPart(rowOf(list, id), 'actions');
  return [...(cell?.querySelectorAll('button') ?? [])].map((button) => button.getAttribute('aria-label'));
}

const cells = (list: ImConversationList) => list.shadowRoot?.querySelectorAll('[part="actions"]').length;

/** A list with a button behind it. */
async function startBefore(): Promise<Started> {
  const started = await start();
  const button = document.createElement('button');
  button.id = 'after';
  started.list.after(button);
  return started;
}

const name = () => focused()?.getAttribute('aria-label')?.split(',')[0] ?? focused()?.id;

describe('the buttons of a row', () => {
  afterEach(async () => resetMouse());

  it('are there for the row under the pointer only, say what they do, and do it', async () => {
    const {list, source, asked} = await start();
    expect(cells(list)).to.equal(0);
    await hover(list, 'c1');
    expect(buttons(list, 'c1')).to.deep.equal(['Pin', 'Mark as read', 'More actions for Name of c1']);
    await hover(list, 'c2');
    expect([cells(list), buttons(list, 'c2')[1]]).to.deep.equal([1, 'Mark as unread']);
    await hover(list, 'c1');
    await sendMouse({type: 'click', position: middle(rowPart(rowOf(list, 'c1'), 'actions')?.children[1] as Element)});
    await until(() => source.get('c1')?.unreadCount === 0);
    await until(() => buttons(list, 'c1')[1] === 'Mark as unread');
    expect(asked.map(({action}) => action.name)).to.deep.equal(['mark-read']);
    expect(list.selectedId).to.equal(undefined);
    // The click has given it the focus, and the row with it keeps its buttons.
    (focused() as HTMLElement).blur();
    await sendMouse({type: 'move', position: [420, 300]});
    await until(() => cells(list) === 0);
  });

  it('are a second cell of a row with focus, between the row and what follows the list for Tab, both ways', async () => {
    const {list} = await startBefore();
    list.focus();
    await until(() => cells(list) === 1);
    const roles = [...rowOf(list, 'c0').element.children].map((child) => child.getAttribute('role'));
    expect(roles).to.deep.equal(['gridcell', 'gridcell']);
    const seen: (string | null | undefined)[] = [];
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Tab', 'Shift+Tab', 'Tab']) {
      await press(key);
      seen.push(name());
    }
    expect(seen).to.deep.equal([
      'Pin', 'Mark as unread', 'More actions for Name of c0', 'after', 'Name of c0', 'Pin', 'Name of c0', 'Pin',
    ]);
    expect(list.selectedId).to.equal(undefined);
    document.getElementById('after')?.remove();
  });

  it('are entered by →, gone through, and left by ← and Escape', async () => {
    const {list, asked} = await start();
    list.focus();
    await until(() => cells(list) === 1);
    const seen: (string | undefined)[] = [];
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Escape']) {
      await press(key);
      seen.push(name());
    }
    const [row, pin, read, more] = ['Name of c1', 'Pin', 'Mark as read', 'More actions for Name of c1'];
    expect(seen).to.deep.equal([row, pin, read, more, more, read, pin, row, pin, row]);
    await press('ArrowRight', 'Enter');
    await until(() => list.snapshot?.rows.get('c1')?.pinned === true);
    expect(asked.length).to.equal(1);
    expect(list.selectedId).to.equal(undefined);
  });

  it('are those that the app names, and none but the menu’s where it names none', async () => {
    for (const [names, labels] of [
      ['delete  star nonsense notify-off notify', ['Delete', 'Star', 'Notifications off']],
      ['', []],
    ] as const) {
      const {list} = await start({attributes: {'quick-actions': names}});
      await hover(list, 'c0');
      expect(buttons(list, 'c0')).to.deep.equal([...labels, 'More actions for Name of c0']);
    }
  });

  it('cost a scroll nothing: no cell is made for rows that pass by', async () => {
    const {list} = await start();
    await hover(list, 'c0');
    await sendMouse({type: 'move', position: [420, 300]});
    for (let top = 0; top < 5000; top += 500) {
      grid(list).scrollTop = top;
      await settle();
    }
    expect(cells(list)).to.equal(0);
  });

  it('are not there in a rail, where the menu still opens from the keyboard', async () => {
    const {list} = await start({width: 80});
    list.focus();
    await press('ArrowRight');
    await until(() => part(list, 'menu') !== undefined);
    expect(itemsOf(list)[0]).to.equal('Pin');
  });
});

describe('Delete', () => {
  it('asks, says that the messages go too, and does nothing on Cancel or Escape', async () => {
    const {list, source, asked} = await start();
    list.focus();
    for (const keys of [['Enter'], ['Escape'], ['Tab', 'Tab', 'Enter']]) {
      await press('Delete');
      await until(() => part(list, 'question') !== undefined);
      expect(textOf(part(list, 'question'))).to.equal('Name of c0 Delete this conversation and its messages? Cancel Delete');
      expect(textOf(focused() ?? undefined)).to.equal('Cancel');
      await press(...keys);
      await until(() => part(list, 'question') === undefined, 'the question is gone');
      await until(() => focused() === rowOf(list, 'c0').element, 'the row has the focus');
    }
    expect(source.get('c0')).not.to.equal(undefined);
    expect(asked.map(({action}) => action.name)).to.deep.equal(['delete', 'delete', 'delete']);
  });

  it('deletes after a yes, and focus goes to the row that is now there', async () => {
    const {list, source} = await start();
    list.focus();
    await press('ArrowDown', 'Delete');
    await until(() => part(list, 'question') !== undefined);
    await press('Tab', 'Enter');
    await until(() => source.get('c1') === undefined);
    await until(() => drawn(list)[1]?.id === 'c2');
    await until(() => focused() === rowOf(list, 'c2').element, 'the row has the focus');
  });

  it('asks nothing where the app cancels, and is no key where the source cannot', async () => {
    const {list} = await start();
    list.addEventListener('im-conversation-action', (event) => event.preventDefault());
    list.focus();
    await press('Delete');
    await until(() => part(list, 'question') === undefined, 'there is no question');
    const poor = await mount({source: sourceWith(['pin'], {conversations: conversations(3)})});
    poor.focus();
    await until(() => cells(poor) === 1);
    const left: boolean[] = [];
    poor.addEventListener('keydown', (event) => left.push(!event.defaultPrevented));
    await press('Delete');
    expect([part(poor, 'question'), left]).to.deep.equal([undefined, [true]]);
  });
});

describe('the app’s own items', () => {
  afterEach(async () => resetMouse());

  const archive: ActionItem = {id: 'app:archive', label: 'Archive', icon: '🗄'};

  it('are added, taken out and put in order, and raise the same event', async () => {
    const {list, asked} = await start({
      attributes: {'quick-actions': 'app:archive pin'},
      actions: (c, defaults) => [
        archive,
        {id: 'line', label: '', kind: 'separator'},
        ...defaults.filter(({id}) => id === 'star' || id === 'pin').reverse(),
        {id: 'app:more', label: 'More', children: [{id: 'app:report', label: `Report ${c.title}`, danger: true}]},
        {id: 'app:off', label: 'Off', disabled: true},
      ],
    });
    await contextClick(list, 'c2');
    expect(itemsOf(list).map((label) => label.replace('🗄', '').trim())).to.deep.equal(['Archive', 'Star', 'Pin', 'More', 'Off']);
    await pick(list, 'Off');
    await until(() => part(list, 'menu') !== undefined, 'there is a menu');
    await pick(list, 'More');
    await pick(list, 'Report Name of c2');
    expect(buttons(list, 'c2')).to.deep.equal(['Archive', 'Pin', 'More actions for Name of c2']);
    rowPart(rowOf(list, 'c2'), 'action')?.click();
    await settle();
    expect(asked.map(({action, cancelable, conversation}) => [action.name, cancelable, conversation.id])).to.deep.equal([
      ['app:report', true, 'c2'], ['app:archive', true, 'c2'],
    ]);
  });

  it('need no source that can do anything', async () => {
    const {list, asked} = await start({source: null, conversations: conversations(5), actions: () => [archive]});
    list.focus();
    await press('Shift+F10');
    await until(() => part(list, 'menu') !== undefined);
    await press('Enter');
    expect(asked.map(({action}) => action.name)).to.deep.equal(['app:archive']);
  });

  it('none: no button and no menu', async () => {
    const {list} = await start({actions: () => []});
    list.focus();
    await press('Shift+F10');
    await settle();
    expect([part(list, 'menu'), cells(list)]).to.deep.equal([undefined, 0]);
  });

  const wrong: Readonly<Record<string, unknown>> = {
    throws: () => {
      throw new Error('no items');
    },
    'returns nothing': () => undefined,
    'returns items whose getters throw': () => [
      {
        id: 'x',
        get label() {
          throw new Error('no label');
        },
      },
    ],
  };
  for (const [what, actions] of Object.entries(wrong)) {
    it(`stand as they are where the function ${what}, which is told once`, async () => {
      let told: readonly string[] = [];
      const problems = await captureProblems(async () => {
        const {list, errors} = await start({actions} as never);
        told = errors;
        list.focus();
        await press('ArrowDown', 'ArrowDown', 'Shift+F10');
        await until(() => part(list, 'menu') !== undefined);
        expect(itemsOf(list)).to.include('Delete');
      });
      expect(problems.length).to.equal(1);
      expect(told).to.deep.equal(['render']);
    });
  }

  it('that are no items are left out, and texts are made fit to be shown', async () => {
    const odd = [null, 7, {}, {id: ''}, {id: 'a', label: ''}, {id: 'b', label: '\u202eabc\u0000', icon: {}}, {id: 'c', label: 'C', children: [{id: 'd', label: 'D', children: 3}]}];
    const {list} = await start({actions: () => odd} as never);
    await contextClick(list, 'c0');
    expect(itemsOf(list)).to.deep.equal(['a', 'abc', 'C']);
  });
});
