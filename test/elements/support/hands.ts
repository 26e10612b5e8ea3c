import {sendKeys} from '@web/test-runner-commands';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import {ENGINE, sendMouse} from '../../setup/engine.js';
import {focused, settle} from './list-page.js';
import {rowOf} from './rows.js';

/** The id of what has focus: a conversation's, or an element's. */
export const at = (): string => (focused() as HTMLElement | null)?.dataset['id'] ?? focused()?.id ?? '';

/** Presses keys one after the other. Returns what has focus then. */
export async function press(...keys: readonly string[]): Promise<string> {
  for (const key of keys) {
    await sendKeys({press: key});
    await settle();
  }
  return at();
}

/** The middle of a row, as the mouse takes it. */
export function middle(list: ImConversationList, id: string): [number, number] {
  const {left, top, width, height} = rowOf(list, id).element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

/** Clicks a row with the mouse, while a key is held. */
export async function click(list: ImConversationList, id: string, held?: 'Shift' | 'Control'): Promise<void> {
  const position = middle(list, id);
  if (held !== undefined && ENGINE === 'webkit') {
    // Its driver holds no keys.
    const init = {bubbles: true, composed: true, cancelable: true, ctrlKey: held === 'Control', shiftKey: held === 'Shift'};
    rowOf(list, id).element.dispatchEvent(new MouseEvent('click', init));
    return settle();
  }
  if (held !== undefined) await sendKeys({down: held});
  await sendMouse({type: 'click', position});
  if (held !== undefined) await sendKeys({up: held});
  await settle();
}

/** A key that no keyboard of the test machine has, on what has focus. */
export function typeKey(key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true, ...init});
  focused()?.dispatchEvent(event);
  return event;
}

/** The buttons of the list that can be seen, but for those of a row, by their purpose: their second part name. */
export function buttons(list: ImConversationList): Map<string, HTMLButtonElement> {
  const all = [...(list.shadowRoot as ShadowRoot).querySelectorAll('button')].filter((button) => button.checkVisibility() && !button.closest('.row'));
  return new Map(all.map((button) => [button.part[1] ?? '', button]));
}

/** Presses Enter on the button that has focus. */
export async function pressButton(button: HTMLElement | undefined): Promise<void> {
  // Firefox lets keys work no button in a window that is not the active one, as that of a test may be.
  const works = ENGINE !== 'firefox' || document.hasFocus();
  await press('Enter');
  if (!works) button?.click();
  await settle();
}
