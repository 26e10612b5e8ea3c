import {resetMouse} from '@web/test-runner-commands';
import {sendMouse} from '../../setup/engine.js';

afterEach(async () => resetMouse());

/** Moves the mouse to the middle of an element, and clicks there. */
export async function clickOn(element: Element): Promise<void> {
  const {left, top, width, height} = element.getBoundingClientRect();
  await sendMouse({type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)]});
}
