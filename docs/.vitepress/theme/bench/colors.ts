/** Two colours of the strongest for what is asked about: our list, and the lower bound. */
const OURS = {light: '#0b5cad', dark: '#58a6ff'};
const RAW = {light: '#1f2328', dark: '#f0f6fc'};

/** Of the others; each has a contrast of at least 3 : 1 to the page. */
const OTHERS = {
  light: ['#8250df', '#bc4c00', '#1a7f37', '#bf3989', '#9a6700', '#6e7781'],
  dark: ['#a371f7', '#db6d28', '#3fb950', '#db61a2', '#d29922', '#9198a1'],
};

/** What the site's page is painted with, and its text and lines. */
export const PAGE = {
  light: {background: '#ffffff', text: '#3c3c43', line: '#e2e2e3'},
  dark: {background: '#1b1b1f', text: '#dfdfd6', line: '#2e2e32'},
};

/** Light or dark. */
export type Scheme = 'light' | 'dark';

/** The colour of each list's bars, in the order of the lists. */
export function colorsOf(subjects: readonly string[], scheme: Scheme): string[] {
  const others = subjects.filter((name) => name !== 'ours' && name !== 'raw');
  return subjects.map((name) => {
    if (name === 'ours') return OURS[scheme];
    if (name === 'raw') return RAW[scheme];
    return OTHERS[scheme][others.indexOf(name) % OTHERS[scheme].length] as string;
  });
}
