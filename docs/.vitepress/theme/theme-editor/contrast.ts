/** Contrast as WCAG 2.2 counts it, of colours and of what a page shows. The browser tests measure with it too. */

/** 1.4.3, AA: text. */
export const TEXT = 4.5;
/** 1.4.11: what is no text. */
export const SHAPE = 3;

export type Rgb = readonly [red: number, green: number, blue: number];

let pen: CanvasRenderingContext2D | undefined;

/** A computed colour, of whatever notation, over another. */
export function over(color: string, below: Rgb): Rgb {
  pen ??= document.createElement('canvas').getContext('2d', {willReadFrequently: true}) as CanvasRenderingContext2D;
  pen.fillStyle = `rgb(${below.join(' ')})`;
  pen.fillRect(0, 0, 1, 1);
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** `#rrggbb` as numbers. */
export function fromHex(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The other way round. */
export function toHex([red, green, blue]: Rgb): string {
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
}

/** Says for an element what it would be painted with; `undefined`: as it is. */
export type Paint = (element: Element) => string | undefined;

/** What an element stands on: the backgrounds of all it stands in. */
export function ground(element: Element | null, paint?: Paint): Rgb {
  if (element === null) return [255, 255, 255];
  const parent = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
  return over(paint?.(element) ?? getComputedStyle(element).backgroundColor, ground(parent, paint));
}

/** Contrast of an element's text with what it stands on. */
export function ofText(element: Element, paint?: Paint): number {
  const below = ground(element, paint);
  return contrast(over(getComputedStyle(element).color, below), below);
}

/** Every element that shows text of its own. */
export function texts(root: ParentNode): HTMLElement[] {
  // By type, not by class: the page may be another window's.
  const own = (element: Element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim() !== '');
  return [...root.querySelectorAll<HTMLElement>('*')].filter((element) => own(element) && element.checkVisibility({checkVisibilityCSS: true}));
}
