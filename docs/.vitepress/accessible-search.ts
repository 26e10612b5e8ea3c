import type {UserConfig} from 'vitepress';

/** Of the Vite that VitePress brings. */
type Plugin = NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number];

/**
 * What stands in VitePress's search box, and what is to: the box is a dialog, not a button around everything; a result is the
 * link, not an item around it, and is called by all that it shows; a key may have a name.
 */
const CHANGES: readonly (readonly [was: RegExp, is: string])[] = [
  [/role="button"\s+:aria-owns="[^"]*"\s+aria-expanded="true"\s+aria-haspopup="listbox"/, 'role="dialog" aria-modal="true"'],
  [/:id="'localsearch-item-' \+ index"\s+:aria-selected="[^"]*"\s+role="option"/, 'role="presentation"'],
  [
    /:aria-label="\[\.\.\.p\.titles, p\.title\]\.join\(' > '\)"/,
    `:id="'localsearch-item-' + index" role="option" :aria-selected="selectedIndex === index ? 'true' : 'false'"`,
  ],
  [/<kbd :aria-label/g, '<kbd role="img" :aria-label'],
];

/** Mends the search box as it is read. Whatever another version of VitePress has in its place ends the build. */
export const accessibleSearch: Plugin = {
  name: 'accessible-search',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/VPLocalSearchBox\.vue$/.test(id)) return undefined;
    return CHANGES.reduce((text, [was, is]) => {
      const mended = text.replace(was, is);
      if (mended === text) throw new Error(`VitePress's search box has changed: ${was.source} is not in it.`);
      return mended;
    }, code);
  },
};
