import {svg, type SVGTemplateResult} from 'lit';

/** Drawn in strokes on a square of 24. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  'bell-off': 'M6 16v-5a6 6 0 0 1 1-3.3M10 5.4A6 6 0 0 1 18 11v3M18 18H4l2-2M10 21h4M4 4l16 16',
  close: 'M6 6l12 12M18 6L6 18',
  controls: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5',
  erase: 'M8 20h12M14.5 4.5l5 5L10 19H6.5L4 16.5z',
  import: 'M12 4v11M7.5 11L12 15.5 16.5 11M4 19.5h16',
  pin: 'M9 4h6l-.7 6 3.2 3.5h-11L9.7 10zM12 13.5V21',
  send: 'M4.5 5l15.5 7-15.5 7 2-7zM6.5 12H13',
  star: 'M12 4l2.4 5.1 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.8l5.6-.7z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5',
  unread: 'M4 7h10M4 12h16M4 17h16M18 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
} as const;

/** The icons there are. */
export type IconName = keyof typeof PATHS;

/** An icon, as high as the text beside it; says nothing, so that its button must have a name. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
