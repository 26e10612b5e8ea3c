const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a field of 16 by 16, by what an item is or does. */
const PATHS: Readonly<Record<string, string>> = {
  pin: 'M6 2h4l-.5 5 2.500 2.500H4L6.500 7zM8 9.500V14',
  unpin: 'M6 2h4l-.5 5 2.500 2.500H4L6.500 7zM8 9.500V14M2 2l12 12',
  read: 'M2 8.500l3 3L10.500 5M7.500 11l.5.500L14 5',
  unread: 'M2 4h12v8H5l-3 2zM10 8h.010',
  mute: 'M4 6.500v3h2L9 12V4L6 6.500zM11.500 6.500l3 3M14.500 6.500l-3 3',
  unmute: 'M4 6.500v3h2L9 12V4L6 6.500zM11.500 5.500q2 2.500 0 5',
  notify: 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3zM7 14h2',
  star: 'M8 2l1.800 4 4.200.400-3.200 2.800 1 4.300L8 11.300 4.200 13.500l1-4.300L2 6.400 6.200 6z',
  fold: 'M2 4h12v3H2zM3 7v6h10V7M6 9.500h4',
  hide: 'M2 8q6-7 12 0-6 7-12 0M8 6.500a1.500 1.500 0 1 0 .010 0M2.500 2.500l11 11',
  groups: 'M2 4h4l1.500 2H14v7H2z',
  'clear-history': 'M3 13h10M5 11l-2-2 6-6 4 4-4 4z',
  delete: 'M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500l.500 9h6l.500-9M7 7v4M9 7v4',
  more: 'M3.500 8h.010M8 8h.010M12.500 8h.010',
  next: 'M6 3l5 5-5 5',
  back: 'M10 3L5 8l5 5',
  'select-all': 'M6 2h8v8M2 6h8v8H2zM4 10l1.500 1.500L8.500 8.500',
  check: 'M3 8.500l3.500 3.500L13 4.500',
  close: 'M4 4l8 8M12 4l-8 8',
};

/** The list's icon of this name; `undefined` if it has none. For the eye alone. */
export function icon(name: string): SVGElement | undefined {
  if (!Object.hasOwn(PATHS, name)) return undefined;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `glyph glyph-${name}`);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] as string);
  svg.append(path);
  return svg;
}
