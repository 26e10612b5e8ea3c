/** What stands in `custom-elements.json`, for whoever writes something from it. */
import {readFileSync} from 'node:fs';

/** @returns {any} a copy of its own, as some tools change what they are given */
export function readManifest() {
  return JSON.parse(readFileSync(new URL('../custom-elements.json', import.meta.url), 'utf8'));
}

/** The classes of the custom elements, in the manifest's order. */
export function elementsOf(manifest) {
  return manifest.modules.flatMap(({declarations = []}) => declarations).filter(({tagName}) => tagName);
}

/** The classes of the events. */
export function eventsOf(manifest) {
  const modules = manifest.modules.filter(({path}) => path.startsWith('dist/events/'));
  return modules.flatMap(({declarations = []}) => declarations);
}

/** Members that others may use. */
export function publicMembers({members = []}) {
  return members.filter(({privacy = 'public'}) => privacy === 'public');
}

/** The first paragraph of a description. */
export function summaryOf({description = ''}) {
  return description.split(/\n\s*\n/)[0];
}
