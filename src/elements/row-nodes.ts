import type {DeliveryState} from '../model/conversation.js';
import type {Face, Stretches} from './row-facts.js';

const SVG = 'http://www.w3.org/2000/svg';

const CHECK = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.600 4.200 1.100 1.100-5.500 5.500L3.700 8.300l1.100-1.100 2.400 2.400z';
const BELL = 'M8 2a4 4 0 0 0-4 4v3l-1.2 2h7.6zM13 9.2V6a5 5 0 0 0-.6-2.3zM6.5 12a1.5 1.5 0 0 0 3 0zM2 1 1 2l13 13 1-1z';
const PIN =
  'M10 1 15 6l-1.4 1.2-.9-.2-2.6 2.6.2 2.6L9 13.600 5.900 10.500 2 14.500l-.500-.500 4-3.900L2.400 7l1.400-1.300 2.600.200L9 3.300l-.200-.900z';
export const ONE_TICK = 'M4 8.500l3.500 3.500L15 4';
export const TWO_TICKS = 'M1 8.500l3.500 3.500L12 4M9 11.500l.5.5L17 4';

export const PATHS = {verified: CHECK, muted: BELL, pinned: PIN} as const;

/** The icons that few rows need. */
export const ICONS = {
  verified: () => icon('verified', CHECK),
  muted: () => icon('muted', BELL),
  pinned: () => icon('pinned', PIN),
} as const;

function icon(name: string, path: string): SVGElement {
  return drawing(`icon ${name}`, `${name}-icon`, '0 0 16 16', path);
}

function drawing(name: string, part: string, viewBox: string, path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', name);
  svg.setAttribute('part', part);
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'path'));
  svg.firstElementChild?.setAttribute('d', path);
  return svg;
}

/** The ticks of an own message, yet without a state. */
export function ticks(): SVGElement {
  return drawing('ticks', 'delivery', '0 0 18 16', '');
}

/** Shows another state of delivery: one tick, two, and two that stand out. */
export function showTicks(svg: Element, state: DeliveryState): void {
  svg.setAttribute('class', `ticks ${state}`);
  svg.setAttribute('part', `delivery ${state}`);
  svg.firstElementChild?.setAttribute('d', state === 'sent' ? ONE_TICK : TWO_TICKS);
}

/** An element of a row that nobody hears of but through the row's label. */
export function span(className: string, part = className, tag = 'span'): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.setAttribute('part', part);
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** Shows a text, with parts of it marked. */
export function showText(node: HTMLElement, text: string, marked: Stretches): void {
  if (marked.length === 0) {
    node.textContent = text;
    return;
  }
  const parts: (string | Node)[] = [];
  let at = 0;
  for (const [start, end] of marked) {
    const mark = document.createElement('mark');
    mark.setAttribute('part', 'match');
    mark.textContent = text.slice(start, end);
    parts.push(text.slice(at, start), mark);
    at = end;
  }
  node.replaceChildren(...parts, text.slice(at));
}

/**
 * A picture from outside, put in its place; it goes if it does not load.
 *
 * @param place - puts it into the document
 */
export function picture(url: string, place: (image: HTMLImageElement) => void): HTMLImageElement {
  const image = document.createElement('img');
  image.alt = '';
  image.addEventListener('error', () => image.remove());
  place(image);
  load(image, url);
  return image;
}

/** Has a picture loaded that is in its place already, where `lazy` holds: one out of the document is fetched at once. */
export function load(image: HTMLImageElement, url: string): void {
  image.decoding = 'async';
  image.loading = 'lazy';
  // Before the address, or the first request would carry a referrer.
  image.referrerPolicy = 'no-referrer';
  image.src = url;
}

/** A face in its element: a picture over the initials that stand in for it. */
export class FaceView {
  readonly element: HTMLElement;
  readonly #initials: HTMLElement;
  readonly #name: string;
  #image: HTMLImageElement | undefined;
  #shown: Partial<Face> = {};

  /** @param element - has the initials' element as its first child */
  constructor(element: HTMLElement) {
    this.element = element;
    this.#name = element.className;
    this.#initials = element.firstElementChild as HTMLElement;
  }

  /** Shows another face; a picture of the one before is gone at once. */
  show(face: Face): void {
    const was = this.#shown;
    this.#shown = face;
    if (face.initials !== was.initials) this.#initials.textContent = face.initials;
    if (face.color !== was.color) this.element.className = `${this.#name} color-${face.color}`;
    if (face.avatar === was.avatar) return;
    this.#image?.remove();
    this.#image = undefined;
    if (face.avatar !== undefined) this.#image = picture(face.avatar, (image) => this.#initials.after(image));
  }
}

/** An avatar made of a group's members. */
export class MembersView {
  readonly element = span('members', 'members');
  readonly #faces: FaceView[] = [];

  /** Shows two to four members. */
  show(members: readonly Face[]): void {
    this.element.className = `members of-${members.length}`;
    members.forEach((member, i) => {
      let face = this.#faces[i];
      if (face === undefined) {
        const element = span('member');
        element.append(document.createElement('span'));
        this.element.append(element);
        this.#faces.push((face = new FaceView(element)));
      }
      face.element.hidden = false;
      face.show(member);
    });
    for (const {element} of this.#faces.slice(members.length)) element.hidden = true;
  }
}
