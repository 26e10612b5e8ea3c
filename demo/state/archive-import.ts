import type {Archive} from '../archive/archive.js';
import {readArchive} from '../archive/read-archive.js';

/** How the reading of an archive stands. */
export type ImportStatus =
  | {readonly is: 'none'}
  | {readonly is: 'reading'; readonly name: string; readonly share: number; readonly messages: number}
  | {readonly is: 'failed'; readonly name: string; readonly reason: string}
  | {readonly is: 'read'; readonly name: string; readonly archive: Archive};

/** Reads one archive at a time; another file ends the reading of the one before. */
export class ArchiveImport {
  readonly #changed: () => void;
  #status: ImportStatus = {is: 'none'};
  #reading: AbortController | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get status(): ImportStatus {
    return this.#status;
  }

  /** Resolves to the archive; to nothing if it cannot be read, or was given up. */
  async read(file: File): Promise<Archive | undefined> {
    this.#reading?.abort();
    const {signal} = (this.#reading = new AbortController());
    const {name} = file;
    const reading = (share: number, messages: number): void => this.#set({is: 'reading', name, share, messages});
    reading(0, 0);
    try {
      const archive = await readArchive(file, {signal, onProgress: reading});
      this.#set({is: 'read', name, archive});
      return archive;
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (!signal.aborted) this.#set({is: 'failed', name, reason});
      return undefined;
    }
  }

  /** Gives up what is being read, and forgets what was. */
  reset(): void {
    this.#reading?.abort();
    this.#set({is: 'none'});
  }

  #set(status: ImportStatus): void {
    this.#status = status;
    this.#changed();
  }
}
