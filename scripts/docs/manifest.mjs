/** What `custom-elements.json` says that there is, as sets of names. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './blocks.mjs';

const {modules} = JSON.parse(readFileSync(join(ROOT, 'custom-elements.json'), 'utf8'));
const declarations = modules.flatMap((module) => module.declarations ?? []).filter(({tagName}) => tagName);

const names = (list = []) => list.map(({name}) => name);
/** What a description names in backticks: what a part has beside its name, such as `unread`. */
const quoted = ({description = ''}) => [...description.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);

/** @type {Map<string, {attributes: Set<string>, slots: Set<string>}>} by tag */
export const ELEMENTS = new Map(
  declarations.map(({tagName, attributes, slots}) => [
    tagName,
    {attributes: new Set(names(attributes)), slots: new Set(names(slots))},
  ]),
);
export const EVENTS = new Set(declarations.flatMap(({events}) => names(events)));
export const PARTS = new Set(declarations.flatMap(({cssParts = []}) => cssParts.flatMap((part) => [part.name, ...quoted(part)])));
export const STATES = new Set(declarations.flatMap(({cssStates}) => names(cssStates)));
/** Of numbered ones, such as the colours of avatars, the manifest names the first. */
const PROPERTIES = new Set(declarations.flatMap(({cssProperties}) => names(cssProperties)));
export const isProperty = (name) => PROPERTIES.has(name) || PROPERTIES.has(name.replace(/\d$/, '0'));
