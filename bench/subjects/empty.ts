import type {Subject} from '../page/subject.js';

/** The page with nothing in it: what the harness itself costs. */
export const subject: Subject = {
  prepare() {},
  mount() {},
  unmount() {},
  applyOne() {},
  scroller: () => undefined,
  rows: () => ({length: Infinity}),
  renders: () => 0,
};
