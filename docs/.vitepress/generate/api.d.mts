import type {Manifest} from '../../../scripts/manifest.mjs';

/** Writes the pages into `docs/api`. */
export declare function generate(): Promise<void>;

/** The entries of the site's side bar. */
export declare function apiItems(): {text: string; link: string}[];

/** Every page by its file's name. */
export declare function apiPages(manifest: Manifest): Record<string, string>;
