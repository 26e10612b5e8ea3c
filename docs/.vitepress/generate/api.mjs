/**
 * Writes the reference in `docs/api`: a page for each custom element and one for the events, from the manifest, and
 * pages of types and helpers, from the declarations.
 */
import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {elementsOf, eventsOf, publicMembers, readManifest, summaryOf} from '../../../scripts/manifest.mjs';
import {eventInit, exportsOf, methodOf} from '../declarations.mjs';

const OUT = new URL('../../api/', import.meta.url);
const SRC = new URL('../../../src/', import.meta.url);

/** Pages besides those of the elements: file, title, and what they say at their beginning. */
const OTHERS = [
  ['events', 'Events', 'What the elements dispatch. An event that can be cancelled is about to be followed by something; `preventDefault()` keeps it from happening.'],
  ['exports', 'Types and helpers', "What `import … from 'im-conversation-list'` gives besides the elements and the events. Importing it registers nothing."],
  ['sources', 'Sources', 'Each source is a module of its own. How a service is connected is told on [its page](../sources.md).'],
  ['testing', 'Testing', 'For tests of an app, and of a source of its own. See [testing a source](../conformance.md).'],
];

export async function generate() {
  rmSync(OUT, {recursive: true, force: true});
  mkdirSync(OUT, {recursive: true});
  for (const [name, text] of Object.entries(apiPages(readManifest()))) writeFileSync(new URL(name, OUT), text);
}

/** The entries of the site's side bar. */
export function apiItems() {
  return [
    ...elementsOf(readManifest()).map(({tagName}) => ({text: tagName, link: `/api/${tagName}`})),
    ...OTHERS.map(([name, title]) => ({text: title, link: `/api/${name}`})),
  ];
}

/** Every page by its file's name. */
export function apiPages(manifest) {
  const elements = elementsOf(manifest);
  const types = linksToTypes();
  const pages = {
    events: eventsPage(manifest, elements, types),
    exports: exportsPage(elements),
    sources: modulesPage('sources', /^(?!memory-)[\w-]+\.ts$/, sourceFiles('sources')),
    testing: modulesPage('testing', /^[\w-]+\.ts$/, sourceFiles('testing')),
  };
  return {
    'index.md': page('API', 'Written from `custom-elements.json`, which comes with the package, and from its types.', [
      table(['element', 'what it is'], elements.map((element) => [`[\`<${element.tagName}>\`](./${element.tagName}.md)`, cell(summaryOf(element))])),
      table(['page', 'what is there'], OTHERS.map(([name, title, about]) => [`[${title}](./${name}.md)`, cell(about)])),
    ]),
    ...Object.fromEntries(elements.map((element) => [`${element.tagName}.md`, elementPage(element, manifest, types)])),
    ...Object.fromEntries(OTHERS.map(([name, title, about]) => [`${name}.md`, page(title, about, pages[name])])),
  };
}

function elementPage(element, manifest, types) {
  const {name, tagName, attributes = [], events = [], slots = [], cssParts = [], cssProperties = [], cssStates = []} = element;
  const members = publicMembers(element);
  const fields = members.filter(({kind}) => kind === 'field');
  const free = fields.filter((field) => !attributes.some(({fieldName}) => fieldName === field.name));
  const methods = members.filter(({kind}) => kind === 'method');
  const named = (prefix, title, list) =>
    list.length === 0 ? [] : [headline(2, id(title), title), table(['name', 'what it is'], list.map((one) => [anchor(prefix, one.name, one.name || 'default'), cell(one.description)]))];
  return page(`<${tagName}>`, element.description, [
    headline(2, 'import', 'Import'),
    fence('js', `import 'im-conversation-list/define.js'; // registers <${tagName}> and the other elements\nimport {${name}} from 'im-conversation-list'; // its class alone, which registers nothing`),
    ...section('Attributes', attributes, (attribute) => {
      const field = fields.find(({name: own}) => own === attribute.fieldName) ?? attribute;
      const reflected = field.reflects ? ['reflected to the attribute'] : [];
      const property = `property ${anchor('property', attribute.fieldName, attribute.fieldName)}`;
      return [heading('attribute', attribute.name), facts(types, {...attribute, ...field}, property, ...reflected), prose(field.description)];
    }),
    ...section('Properties', free, (field) => {
      const how = [...(field.static ? ['of the class'] : []), ...(field.readonly ? ['read only'] : ['no attribute'])];
      return [heading('property', field.name), facts(types, field, ...how), prose(field.description)];
    }),
    ...section('Methods', methods, (method) => {
      // What is only announced by a class above is documented where it is done.
      const owners = [{name, module: moduleOf(manifest, element)}, method.inheritedFrom].filter(Boolean);
      const [{doc, code: signature}] = owners.map((owner) => methodOf(sourceOf(owner.module), owner.name, method.name)).filter(Boolean);
      return [heading('method', method.name), fence('ts', signature), prose(doc)];
    }),
    ...section('Events', events, (event) => {
      const type = event.type.text;
      const carried = carriedBy(eventsOf(manifest).find((one) => one.name === type) ?? {}).map((one) => code(one.name));
      const more = carried.length === 0 ? '' : ` · carries ${carried.join(', ')}`;
      return [heading('event', event.name), `class [${code(type)}](./events.md#${event.name})${more} · ${kindOf(type, manifest)}`, prose(event.description)];
    }),
    ...named('slot', 'Slots', slots),
    ...named('part', 'CSS parts', cssParts),
    ...(cssProperties.length === 0 ? [] : [headline(2, 'css-custom-properties', 'CSS custom properties'), propertiesTable(cssProperties)]),
    ...named('state', 'Custom states', cssStates),
  ]);
}

function propertiesTable(properties) {
  return table(
    ['property', 'default', 'what it sets'],
    properties.map((one) => [anchor('css', one.name.replace(/^--/, ''), one.name), one.default ? codeCell(one.default) : '', cell(one.description)]),
  );
}

function eventsPage(manifest, elements, types) {
  return eventsOf(manifest).flatMap((event) => {
    const type = publicMembers(event).find(({name, static: own}) => own && name === 'type')?.default.replaceAll("'", '') ?? event.name;
    const of = elements.filter(({events = []}) => events.some(({name}) => name === type));
    const from = of.map(({tagName}) => `[\`<${tagName}>\`](./${tagName}.md#event-${type})`).join(', ');
    const rows = carriedBy(event).map((one) => [anchor(type, one.name, one.name), typeCode(one.type, types), cell(one.description)]);
    return [
      headline(2, type, htmlCode(type)),
      `class ${code(event.name)} · ${kindOf(event.name, manifest)}${from && ` · from ${from}`}`,
      prose(event.description),
      ...(rows.length === 0 ? [] : [table(['property', 'type', 'what it is'], rows)]),
    ];
  });
}

/** What an event tells besides what every event does. */
const carriedBy = (event) => publicMembers(event).filter((member) => !member.static);

function exportsPage(elements) {
  const own = new Set(elements.map(({name}) => name));
  const list = exportsOf('src/index.ts').filter(({name, path}) => !own.has(name) && !/\/events\/.*/.test(path));
  const events = exportsOf('src/events/index.ts').filter(({name}) => !name.endsWith('Event'));
  return [...list, ...events].flatMap((one) => declaration(one, one.name, 2));
}

function modulesPage(folder, pattern, files) {
  return files.filter((file) => pattern.test(file)).flatMap((file) => {
    const module = file.replace(/\.ts$/, '');
    const exported = exportsOf(`src/${folder}/${file}`);
    return [headline(2, module, htmlCode(`im-conversation-list/${folder}/${module}.js`)), ...exported.flatMap((one) => declaration(one, `${module}-${one.name}`, 3))];
  });
}

function declaration({name, doc, code: text}, anchorId, level) {
  return [headline(level, anchorId, htmlCode(name)), prose(doc), fence('ts', text)];
}

/** Where the types that are exported stand in the reference. */
function linksToTypes() {
  const path = ({name, path: file}) => (/Event$/.test(name) && file.includes('/events/') ? undefined : `./exports.html#${name}`);
  return new Map(exportsOf('src/index.ts').map((one) => [one.name, path(one)]).filter(([, link]) => link));
}

function sourceFiles(folder) {
  return readdirSync(new URL(`${folder}/`, SRC), {encoding: 'utf8'}).sort();
}

function moduleOf(manifest, element) {
  return manifest.modules.find(({declarations = []}) => declarations.includes(element)).path;
}

/** What kind of event a class is; that stands in its constructor, not in the manifest. */
function kindOf(className, manifest) {
  const module = manifest.modules.find(({declarations = []}) => declarations.some(({name}) => name === className));
  const {bubbles, composed, cancelable} = eventInit(sourceOf(module.path), className);
  return [
    bubbles ? 'bubbles' : 'does not bubble',
    ...(composed ? ['crosses shadow roots'] : []),
    cancelable ? 'can be cancelled' : 'cannot be cancelled',
  ].join(', ');
}

const sourceOf = (path) => path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts');
const id = (text) => text.toLowerCase().replace(/[^\w]+/g, '-');

/** Type and default, in one line. */
function facts(types, {type, default: initial}, ...more) {
  const said = initial === undefined || initial === 'undefined' ? [] : [`default ${code(initial)}`];
  return [`type ${typeCode(type, types)}`, ...said, ...more].join(' · ');
}

function page(title, about, parts) {
  const head = `---\noutline: [2, 3]\neditLink: false\n---\n\n# ${escape(title)}`;
  return `${[head, prose(about), ...parts].filter(Boolean).join('\n\n')}\n`;
}

function section(title, list, write) {
  return list.length === 0 ? [] : [headline(2, id(title), title), ...list.flatMap(write)];
}

const heading = (prefix, name) => headline(3, `${prefix}-${name}`, htmlCode(name));
const htmlCode = (text) => `<code>${escape(text)}</code>`;

/** As VitePress writes headings; of one with an address of its own, it would read the address out with the link. */
function headline(level, anchorId, html) {
  const link = `<a class="header-anchor" href="#${anchorId}" aria-label="Link to ${html.replace(/<[^>]*>/g, '')}">&#8203;</a>`;
  return `<h${level} id="${anchorId}" tabindex="-1">${html} ${link}</h${level}>`;
}

const fence = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;
/** A name that can be linked to. */
const anchor = (prefix, name, text) => `<a id="${prefix}-${name || 'default'}" href="#${prefix}-${name || 'default'}">${htmlCode(text)}</a>`;

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A type as code, with links to what it is made of. */
function typeCode(type, types) {
  const text = escape(type?.text ?? 'unknown').replaceAll('|', '\\|');
  return `<code>${text.replace(/\b[A-Z]\w+\b/g, (name) => (types.has(name) ? `<a href="${types.get(name)}">${name}</a>` : name))}</code>`;
}

/** Text that Markdown takes as code. Vue would evaluate what stands in double braces. */
function code(text) {
  return `\`${text}\`${text.includes('{{') ? '{v-pre}' : ''}`;
}

const codeCell = (text) => code(text).replaceAll('|', '\\|');
const cell = (text) => prose(text).replace(/\n+/g, ' ').replaceAll('|', '\\|');

/** Descriptions are Markdown, but nothing in them is a tag or an expression of Vue; fenced code stays as it is. */
function prose(text = '') {
  return text
    .split(/(```[\s\S]*?```|`[^`]*`)/)
    .map((part, i) => (i % 2 === 0 ? escape(part) : part.startsWith('```') ? part : code(part.slice(1, -1))))
    .join('');
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{{', '&#123;<!-- -->&#123;');
}
