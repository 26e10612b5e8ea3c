/**
 * Writes, from the manifest, what editors and frameworks want to know of the elements: `dist/types` for the templates of
 * React, Preact, Solid, Vue and Svelte, custom data for VS Code, and web-types for JetBrains.
 *
 * Types of properties are looked up in the classes, so that they cannot differ from them.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {generateJetBrainsWebTypes} from 'custom-element-jet-brains-integration';
import {generateVsCodeCustomElementData} from 'custom-element-vs-code-integration';
import {elementsOf, publicMembers, readManifest, summaryOf} from './manifest.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

const elements = elementsOf(readManifest()).map(describe);

mkdirSync(`${DIST}types`, {recursive: true});
write('elements', shared());
write('react', jsx('react', 'React 19', reactProps));
write('preact', jsx('preact', 'Preact', preactProps));
write('solid', jsx('solid-js', 'Solid', solidProps));
write('vue', vue());
write('svelte', svelte());

const quietly = {outdir: DIST, hideLogs: true};
// Both change what they are given.
generateVsCodeCustomElementData(readManifest(), quietly);
generateJetBrainsWebTypes(readManifest(), {...quietly, packageJson: false, hideLogs: true});

function describe(element) {
  const {name, tagName, attributes = [], events = []} = element;
  const properties = publicMembers(element).filter(({kind, readonly, static: own}) => kind === 'field' && !readonly && !own);
  return {name, tagName, properties, attributes, events, summary: summaryOf(element)};
}

/** A module that may be imported at run time too, and then is empty. */
function write(name, lines) {
  const head = '// Written from custom-elements.json by scripts/typings.mjs.';
  writeFileSync(`${DIST}types/${name}.d.ts`, `${[head, ...lines].join('\n')}\n`);
  writeFileSync(`${DIST}types/${name}.js`, 'export {};\n');
}

/** What the frameworks have in common: properties, attributes and events of each element. */
function shared() {
  const events = [...new Set(elements.flatMap((element) => element.events.map(({type}) => type.text)))];
  return [
    'import type {',
    ...[...elements.map(({name}) => name), ...events].sort().map((name) => `  ${name},`),
    "} from '../index.js';",
    ...elements.flatMap(({name, tagName, properties, attributes, events}) => [
      '',
      `/** What can be set on \`<${tagName}>\` as a property. */`,
      `export interface ${name}Properties {`,
      ...properties.flatMap((property) => member(property.name, `${name}['${property.name}']`, property.description)),
      '}',
      '',
      `/** What can be written on \`<${tagName}>\` as an attribute, by the names that differ from the property's. */`,
      `export interface ${name}Attributes {`,
      ...attributes
        .filter((attribute) => attribute.name !== attribute.fieldName)
        .flatMap((attribute) => member(attribute.name, `${name}['${attribute.fieldName}']`, attribute.description)),
      '}',
      '',
      `/** What \`<${tagName}>\` dispatches. */`,
      `export interface ${name}Events {`,
      ...events.flatMap((event) => [comment(event.description), `  '${event.name}': ${event.type.text};`]),
      '}',
    ]),
  ];
}

function jsx(library, title, propsOf) {
  const {library: from, types, props} = propsOf();
  return [
    `/** Adds the elements to the JSX of ${title}: import this module once, for its types. */`,
    from,
    ...importShared(),
    '',
    ...types,
    '',
    `declare module '${library}' {`,
    '  namespace JSX {',
    '    interface IntrinsicElements {',
    ...elements.flatMap(({tagName, name, summary}) => [comment(summary, '      '), `      '${tagName}': ${props(name)};`]),
    '    }',
    '  }',
    '}',
  ];
}

function reactProps() {
  return {
    library: "import type {DetailedHTMLProps, HTMLAttributes} from 'react';",
    types: [
      listeners('on', 'Listeners'),
      'type Props<E, P> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof P> & P;',
    ],
    props: (name) => `Props<${name}, ${name}Properties & ${name}Attributes & Listeners<${name}Events, ${name}>>`,
  };
}

function preactProps() {
  return {
    library: "import type {HTMLAttributes} from 'preact';",
    types: [
      listeners('on', 'Listeners'),
      'type Props<E extends EventTarget, P> = Omit<HTMLAttributes<E>, keyof P> & P;',
    ],
    props: (name) => `Props<${name}, ${name}Properties & ${name}Attributes & Listeners<${name}Events, ${name}>>`,
  };
}

/** Solid sets what has `prop:` as a property, and listens by itself to what has `on:`. */
function solidProps() {
  return {
    library: "import type {JSX} from 'solid-js';",
    types: [
      listeners('on:', 'Listeners'),
      'type Prefixed<P> = {[K in keyof P as `prop:${K & string}`]?: P[K]};',
      'type Props<E, P> = Omit<JSX.HTMLAttributes<E>, keyof P> & P & Prefixed<P>;',
    ],
    props: (name) => `Props<${name}, ${name}Properties> & ${name}Attributes & Listeners<${name}Events, ${name}>`,
  };
}

/** Vue's templates take kebab-case for any property, and `@name` for a listener called `onName`. */
function vue() {
  return [
    '/** Adds the elements to the templates of Vue: import this module once, for its types. */',
    "import type {HTMLAttributes, PublicProps, VNodeProps} from 'vue';",
    ...importShared(),
    '',
    'type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;',
    'type Listeners<E> = {[K in keyof E as `on${Capitalize<Camel<K & string>>}`]?: ((event: E[K]) => void) | undefined};',
    'type Emit<E> = <K extends keyof E>(name: K, event: E[K]) => void;',
    'interface Tag<P, A, E> {',
    '  new (): {',
    '    /** For the types alone: a tag has no such members. */',
    '    $props: Omit<HTMLAttributes, keyof P> & VNodeProps & Partial<PublicProps> & P & A & Listeners<E>;',
    '    $emit: Emit<E>;',
    '    $slots: Record<string, unknown>;',
    '  };',
    '}',
    '',
    "declare module 'vue' {",
    '  interface GlobalComponents {',
    ...elements.flatMap(({tagName, name, summary}) => [
      comment(summary, '    '),
      `    '${tagName}': Tag<${name}Properties, ${name}Attributes, ${name}Events>;`,
    ]),
    '  }',
    '}',
  ];
}

function svelte() {
  return [
    '/** Adds the elements to the templates of Svelte: import this module once, for its types. */',
    "import type {HTMLAttributes} from 'svelte/elements';",
    ...importShared(),
    '',
    listeners('on', 'Listeners'),
    'type Props<E extends EventTarget, P> = Omit<HTMLAttributes<E>, keyof P> & P;',
    '',
    "declare module 'svelte/elements' {",
    '  interface SvelteHTMLElements {',
    ...elements.flatMap(({tagName, name, summary}) => [
      comment(summary, '    '),
      `    '${tagName}': Props<${name}, ${name}Properties & ${name}Attributes & Listeners<${name}Events, ${name}>>;`,
    ]),
    '  }',
    '}',
  ];
}

/** A listener's property is its prefix and the whole name of the event. */
function listeners(prefix, name) {
  const key = `K in keyof E as \`${prefix}\${K & string}\``;
  return `type ${name}<E, T> = {[${key}]?: ((event: E[K] & {readonly currentTarget: T}) => void) | undefined};`;
}

function importShared() {
  const names = elements.flatMap(({name}) => [`${name}Attributes`, `${name}Events`, `${name}Properties`]);
  return [
    'import type {',
    ...elements.map(({name}) => `  ${name},`),
    "} from '../index.js';",
    'import type {',
    ...names.map((name) => `  ${name},`),
    "} from './elements.js';",
  ];
}

function member(name, type, description) {
  return [comment(description), `  ${/^\w+$/.test(name) ? name : `'${name}'`}?: ${type} | undefined;`];
}

function comment(text = '', indent = '  ') {
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  return lines.length === 1 ? `${indent}/** ${text} */` : [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join('\n');
}
