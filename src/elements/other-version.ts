import {VERSION} from './version.js';
import {warnOnce} from './warn-once.js';

/**
 * Warns a developer that a name belongs to another version of the list, or to another element, and stays with it. A
 * second copy of the same version does no harm, and is not told: development servers load modules anew all the time.
 */
export function warnOfOther(tagName: string, registered: CustomElementConstructor & {readonly version?: unknown}): void {
  const {version} = registered;
  if (version === VERSION) return;
  const owner = typeof version === 'string' ? `version ${version}` : 'another version or element';
  warnOnce(
    `<${tagName}> is already registered, by ${owner}, and stays so; this is version ${VERSION}. ` +
      "Load one version only, or call define('another-name') of the second.",
  );
}
