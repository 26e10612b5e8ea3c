/** What the theme editor can set, from the manifest, and the themes that come with the package; read when the site is built. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {elementsOf, readManifest} from '../../../../scripts/manifest.mjs';
import {propertiesOf, type ThemeProperty} from './properties';

export interface Data {
  readonly properties: ThemeProperty[];
  /** The themes' CSS, by name. */
  readonly themes: Record<string, string>;
}

export declare const data: Data;

const SRC = fileURLToPath(new URL('../../../../src/', import.meta.url));

export default {
  watch: [`${SRC}themes/*.css`],
  load(): Data {
    const elements = readdirSync(`${SRC}elements`, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.ts'));
    const styles = elements.map((name) => readFileSync(`${SRC}elements/${name}`, 'utf8')).join('\n');
    const themes = readdirSync(`${SRC}themes`).map((name) => [name.replace('.css', ''), readFileSync(`${SRC}themes/${name}`, 'utf8')]);
    return {properties: propertiesOf(elementsOf(readManifest()), styles), themes: Object.fromEntries(themes) as Record<string, string>};
  },
};
