import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import type {OpName} from '../../../src/model/source.js';
import {MemorySource, type MemorySourceOptions} from '../../../src/sources/memory.js';
import {ENGINE, sendMouse} from '../../setup/engine.js';
import {part, seen, settle, textOf, until} from './list-page.js';
import {rowOf, rowPart} from './rows.js';

/** A source in memory that says that it can do only this. */
export function sourceWith(ops: readonly OpName[], options: MemorySourceOptions): MemorySource {
  const source = new MemorySource(options);
  Object.assign(source.capabilities, {ops: new Set(ops)});
  return source;
}

/** The middle of an element, as the mouse takes it. */
export function middle(element: Element): [number, number] {
  const {left, top, width, height} = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

/** Brings the mouse over a row, and waits for its buttons. */
export async function hover(list: ImConversationList, id: string): Promise<void> {
  const [x, y] = middle(rowOf(list, id).element);
  await sendMouse({type: 'move', position: [x + 2, y]});
  await sendMouse({type: 'move', position: [x, y]});
  await until(() => rowPart(rowOf(list, id), 'actions') !== undefined, `${id} shows its buttons`);
}

/** Opens a row's menu by a click with the other mouse button. */
export async function contextClick(list: ImConversationList, id: string): Promise<void> {
  await rightClick(list, id);
  await menu(list);
}

/** A click on a row with the other mouse button. */
export async function rightClick(list: ImConversationList, id: string): Promise<void> {
  const {element} = rowOf(list, id);
  const position = middle(element);
  if (ENGINE !== 'webkit') return sendMouse({type: 'click', position, button: 'right'});
  // WebKit's own menu stays open, and takes the presses of all tests that follow.
  await sendMouse({type: 'move', position});
  element.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, composed: true, cancelable: true, button: 2, clientX: position[0], clientY: position[1]}));
}

/** The open menu, once there is one. */
export async function menu(list: ImConversationList): Promise<HTMLElement> {
  await until(() => part(list, 'menu') !== undefined, 'a menu is open');
  return part(list, 'menu') as HTMLElement;
}

/** What the open menu is called. */
export function menuName(list: ImConversationList): string | null | undefined {
  return part(list, 'menu')?.querySelector('[role="menu"]')?.getAttribute('aria-label');
}

/** The items that are shown, by what they say; before one that is on, a `*`. */
export function itemsOf(list: ImConversationList): string[] {
  return menuItems(list).map((item) => (item.getAttribute('aria-checked') === 'true' ? '*' : '') + textOf(item));
}

export function menuItems(list: ImConversationList): HTMLElement[] {
  return [...(part(list, 'menu')?.querySelectorAll<HTMLElement>('[part~="menu-item"]') ?? [])].filter(seen);
}

/** Clicks on an item of the open menu. */
export async function pick(list: ImConversationList, label: string): Promise<void> {
  const item = menuItems(list).find((one) => textOf(one) === label);
  if (item === undefined) throw new Error(`No item ${label} in ${itemsOf(list).join(', ')}.`);
  // From WebKit's driver such a press arrives elsewhere at times: a script's click stands in for it.
  if (ENGINE === 'webkit') item.click();
  else await sendMouse({type: 'click', position: middle(item)});
  await settle();
}

/** Presses on what is no part of the list or its menu. */
export async function pressOutside(): Promise<void> {
  if (ENGINE === 'webkit') document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
  else await sendMouse({type: 'click', position: [450, 300]});
}
