import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {contrast, fromHex, toHex} from '../../docs/.vitepress/theme/theme-editor/contrast.js';
import {isValue, joinScheme, readSheet, splitScheme} from '../../docs/.vitepress/theme/theme-editor/css.js';
import {GROUP_TITLES, NO_GROUP, propertiesOf} from '../../docs/.vitepress/theme/theme-editor/properties.js';
import {OPEN, previewRows} from '../../docs/.vitepress/theme/theme-editor/rows.js';
import {EMPTY, fromFragment, printTheme, readTheme, toFragment, type Theme} from '../../docs/.vitepress/theme/theme-editor/theme.js';
import {elementsOf, readManifest} from '../../scripts/manifest.mjs';
import {readConversation} from '../../src/model/validate.js';

const SRC = new URL('../../src/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, SRC), 'utf8');
const files = readdirSync(new URL('elements/', SRC), {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.ts'));
const styles = files.map((name) => read(`elements/${name}`)).join('\n');
const properties = propertiesOf(elementsOf(readManifest()), styles);
const THEMES = ['neutral', 'sky', 'ink', 'leaf'];
const ACCENT = '--im-conversation-list-accent-color';

const made: Theme = {
  base: 'sky',
  density: 'compact',
  values: {
    [ACCENT]: 'light-dark(#0a7, rgb(0 255 0 / 0.5))',
    '--im-conversation-list-font-family': '"Gill Sans", Calibri, sans-serif',
    '--im-conversation-list-row-height': 'max(80px, 5rem)',
    '--im-unread-badge-background': 'teal',
  },
};

describe('the properties of the theme editor', () => {
  it('are those of the manifest, each in a group of its own kind', () => {
    const names = elementsOf(readManifest()).flatMap(({cssProperties = []}) => cssProperties.map(({name}) => name));
    assert.ok(names.length > 60);
    assert.deepEqual(names.filter((name) => !properties.some((property) => property.name === name)), []);
    assert.equal(properties.length, names.length + 7, 'the manifest names the first of eight colours');
    assert.deepEqual(properties.filter(({group}) => group === NO_GROUP).map(({name}) => name), []);
    for (const title of GROUP_TITLES) assert.ok(properties.some(({group}) => group === title), title);
  });

  it('know what the styles fall back to', () => {
    const fallback = (name: string) => properties.find((property) => property.name === `--im-conversation-list-${name}`)?.fallback;
    assert.equal(fallback('accent-color'), 'light-dark(#0b5cad, #8ec2ff)');
    assert.equal(fallback('badge-background'), 'var(--_accent)');
    assert.equal(fallback('avatar-background-7'), '#a2185b');
    assert.deepEqual(properties.filter((property) => property.fallback === '').map(({name}) => name), []);
  });

  it('have a kind that fits', () => {
    const kind = (name: string) => properties.find((property) => property.name.endsWith(`-${name}`))?.kind;
    assert.deepEqual(
      ['avatar-background-3', 'row-gap', 'tag-border-radius', 'time-font-size', 'unread-title-font-weight', 'font-family'].map(kind),
      ['color', 'length', 'radius', 'font-size', 'weight', 'family'],
    );
  });
});

describe('reading CSS', () => {
  it('finds the custom properties with what they stand in', () => {
    const css = `@import "a.css"; /* --x: 1; */ a { --x: 1 ; color: red; b:hover { --y:calc(1px + (2px)) } --z: "};" } @media (x) { c { --w: 1 } } --v: 2`;
    assert.deepEqual(readSheet(css), {
      declarations: [
        {name: '--x', value: '1', selectors: ['a']},
        {name: '--y', value: 'calc(1px + (2px))', selectors: ['a', 'b:hover']},
        {name: '--z', value: '"};"', selectors: ['a']},
        {name: '--w', value: '1', selectors: ['@media (x)', 'c']},
        {name: '--v', value: '2', selectors: []},
      ],
      imports: ['a.css'],
    });
  });

  it('never throws, and always ends', () => {
    for (const css of ['', '}', '{{{', '/*', '"', "'\\", '@import', '--x', '--x:', 'a{--x:"', '\\', '/'.repeat(1000)]) readSheet(css);
  });

  it('takes a value only if it stands by itself and loads nothing', () => {
    const good = ['red', '#fff', 'light-dark(#fff, rgb(0 0 0 / 0.5))', 'var(--x, 1px)', '"A, B", serif', 'color-mix(in srgb, red 10%, Canvas)'];
    assert.deepEqual(good.filter((value) => !isValue(value)), []);
    const bad = ['', ' ', 'red; color: blue', 'red}', 'a{', 'url(//x)', 'URL( x )', 'image-set("x" 1x)', 'calc(1px', ')', '"a', '\\75rl(x)', 'red !important', 'red /* */'];
    assert.deepEqual(bad.filter(isValue), []);
  });

  it('tells light from dark', () => {
    assert.deepEqual(splitScheme('light-dark(rgb(1, 2, 3), #000)'), {light: 'rgb(1, 2, 3)', dark: '#000'});
    assert.deepEqual(splitScheme('#123'), {light: '#123', dark: '#123'});
    assert.equal(joinScheme({light: '#fff', dark: '#000'}), 'light-dark(#fff, #000)');
    assert.equal(joinScheme({light: 'red', dark: 'red'}), 'red');
  });
});

describe('a theme', () => {
  it('is printed as what is changed, and nothing else', () => {
    assert.equal(printTheme(EMPTY, properties), '');
    assert.equal(
      printTheme(made, properties),
      `@import 'im-conversation-list/themes/sky.css';

/* For <im-conversation-list density="compact"> */

im-conversation-list {
  --im-conversation-list-row-height: max(80px, 5rem);
  --im-conversation-list-font-family: "Gill Sans", Calibri, sans-serif;
  --im-conversation-list-accent-color: light-dark(#0a7, rgb(0 255 0 / 0.5));
}

im-unread-badge {
  --im-unread-badge-background: teal;
}
`,
    );
  });

  it('comes back as it was, from CSS and from an address', () => {
    assert.deepEqual(readTheme(printTheme(made, properties), properties, THEMES), {theme: made, leftOut: []});
    const view = {scheme: 'dark', dir: 'rtl'} as const;
    assert.deepEqual(fromFragment(`#${toFragment(made, view)}`, properties, THEMES), {theme: made, view});
    assert.equal(toFragment(EMPTY, {scheme: '', dir: 'ltr'}), '');
  });

  it('is read of CSS that others wrote, with a word for what is left out', () => {
    const css = `@import 'x.css'; :root { ${ACCENT}: red; --own: 1 } im-conversation-list::part(row) { ${ACCENT}: blue } im-conversation-list { --im-conversation-list-background: url(//evil) }`;
    const {theme, leftOut} = readTheme(css, properties, THEMES);
    assert.deepEqual(theme, {...EMPTY, values: {[ACCENT]: 'red'}});
    assert.equal(leftOut.length, 4);
    assert.deepEqual(readTheme(`${ACCENT}: red`, properties, THEMES).theme.values, {[ACCENT]: 'red'});
  });

  it('takes from an address only what makes sense', () => {
    const {theme, view} = fromFragment('#theme=../x&density=huge&scheme=no&dir=up&accent-color=url(//evil)&nothing=1&color=red}', properties, THEMES);
    assert.deepEqual([theme, view], [EMPTY, {scheme: '', dir: 'ltr'}]);
    fromFragment('#%', properties, THEMES);
  });

  it('of the package is read for what it sets in plain state', () => {
    for (const name of THEMES) {
      const {values} = readTheme(read(`themes/${name}.css`), properties, []).theme;
      assert.ok(Object.keys(values).length > 12, name);
      assert.match(values[ACCENT] ?? '', /^light-dark\(/);
      assert.notEqual(values[ACCENT], '#fff', name);
    }
  });
});

describe('the preview', () => {
  it('shows every state that a theme colours', () => {
    const rows = previewRows();
    assert.deepEqual(rows.flatMap((row) => readConversation(row).problems), []);
    assert.equal(new Set(rows.map(({id}) => id)).size, rows.length);
    for (const has of [
      rows.some(({pinned}) => pinned),
      rows.some(({unreadCount}) => unreadCount > 0),
      rows.some(({notify}) => notify === 'silent'),
      rows.some(({draft}) => draft !== undefined),
      rows.some(({typing}) => typing !== undefined),
      rows.some(({mention}) => mention === 'me'),
      rows.some(({presence}) => presence !== undefined),
      rows.some(({tags}) => tags !== undefined),
      rows[OPEN] !== undefined,
    ]) assert.ok(has);
  });
});

describe('contrast', () => {
  it('is that of WCAG', () => {
    assert.equal(contrast(fromHex('#000000'), fromHex('#ffffff')), 21);
    assert.equal(contrast(fromHex('#767676'), fromHex('#ffffff')).toFixed(2), '4.54');
    assert.equal(toHex(fromHex('#0a1b2c')), '#0a1b2c');
  });
});
