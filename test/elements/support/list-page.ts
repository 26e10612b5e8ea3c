import {aTimeout, nextFrame} from '@open-wc/testing';
import '../../../src/define.js';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../../src/model/conversation.js';
import type {ConversationSource} from '../../../src/model/source.js';

/** What a test sets on a list, and on the box that it stands in. */
export interface MountOptions
  extends Partial<
    Pick<ImConversationList, 'selectedId' | 'renderRow' | 'strings' | 'avatarPolicy' | 'pageSize' | 'order' | 'density'>
  > {
  readonly source?: ConversationSource | null;
  readonly conversations?: readonly Conversation[];
  /** px; default 512, eight rows of the default density. */
  readonly height?: number;
  /** px; default 360. */
  readonly width?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Style of the box. */
  readonly style?: Readonly<Record<string, string>>;
  /** Called before the list is connected, for listeners. */
  readonly before?: (list: ImConversationList) => void;
}

const boxes = new Set<HTMLElement>();

afterEach(() => {
  for (const box of boxes) box.remove();
  boxes.clear();
});

/** An empty box on the page, which goes with the test. */
export function box({height = 512, width = 360, style = {}}: MountOptions = {}): HTMLElement {
  const element = document.createElement('div');
  // At the window's corner, so that a second one is on the screen too.
  const corner = {position: 'absolute', top: '0', left: '0', overflow: 'hidden'};
  setStyle(element, {...corner, height: `${height}px`, width: `${width}px`, ...style});
  document.body.append(element);
  boxes.add(element);
  return element;
}

/** Sets styles in the one way that the policy allows. */
export function setStyle(element: HTMLElement, style: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

/** A list in a box; not settled. */
export function place(options: MountOptions = {}): ImConversationList {
  const {height: _, width: __, style: ___, attributes = {}, before, ...properties} = options;
  const list = document.createElement('im-conversation-list');
  for (const [name, value] of Object.entries(attributes)) list.setAttribute(name, value);
  Object.assign(list, properties);
  before?.(list);
  box(options).append(list);
  return list;
}

/** A list in a box, with everything drawn that follows from it. */
export async function mount(options: MountOptions = {}): Promise<ImConversationList> {
  const list = place(options);
  await settle();
  return list;
}

/** Waits until what has happened is on the screen: two frames, and what comes after them. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await nextFrame();
    await aTimeout(0);
  }
}

/** Waits until the condition holds; fails after 10 s, which a busy machine does not need. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
    await settle();
  }
}

/** The one element of the list with this part. */
export function part(list: HTMLElement, name: string): HTMLElement | undefined {
  const found = [...(list.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(`[part~="${name}"]`)].filter(seen);
  if (found.length > 1) throw new Error(`There are ${found.length} of part ${name}.`);
  return found[0];
}

/** The scrolling grid. */
export function grid(list: HTMLElement): HTMLElement {
  const found = part(list, 'list');
  if (found === undefined) throw new Error('The list shows no grid.');
  return found;
}

/** Whether the element is displayed at all. */
export function seen(element: Element): boolean {
  return element.checkVisibility({checkVisibilityCSS: true});
}

/** Whether the element is in this custom state. */
export function inState(element: Element, state: string): boolean {
  return element.matches(`:state(${state})`);
}

/** The element that has focus, down through shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** What a person reads: text with its runs of white space made one. */
export function textOf(element: Element | undefined): string {
  return (element instanceof HTMLElement ? element.innerText : (element?.textContent ?? '')).replace(/\s+/g, ' ').trim();
}
