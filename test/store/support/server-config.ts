import type {FilterField, SourceCapabilities} from '../../../src/store/index.js';

/** How a server behaves, for its whole life. */
export interface ServerConfig {
  readonly seed: number;
  readonly paging: SourceCapabilities['paging'];
  /** A window page repeats what it gave before. */
  readonly growing: boolean;
  readonly serverFilters: readonly FilterField[];
  readonly cursors: 'object' | 'string' | 'bigint';
  /** Pages may be shorter than asked, or empty. */
  readonly short: boolean;
  /** The end is told by one more page, an empty one. */
  readonly lateEnd: boolean;
  readonly authoritative: boolean;
  /** Pages and events carry things that are no conversations, and repeat themselves. */
  readonly junk: boolean;
  readonly maxPageSize: number;
  readonly size: number;
}
