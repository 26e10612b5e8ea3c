import {ArchiveError, type Archive, type ArchiveFormat} from './archive.js';
import {ArchiveCollector} from './archive-collector.js';
import {JsonLinesReader} from './json-lines.js';
import {TelegramReader} from './telegram.js';
import {Breather, readText} from './text-stream.js';

/** Options of {@link readArchive}. */
export interface ReadArchiveOptions {
  /** Told now and then. `share`: 0 to 1, of the file; `messages`: read so far. */
  readonly onProgress?: (share: number, messages: number) => void;
  /** Ends the reading: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Stops after so many messages, in the order of the file. */
  readonly limit?: number;
}

/** So much is looked at, in UTF-16 code units, to tell the format. */
const HEAD = 1 << 16;

/**
 * Reads a chat archive: JSON Lines, plain or gzip, or Telegram Desktop's `result.json`.
 *
 * The file is read in small pieces, so that a page goes on drawing meanwhile. What is broken in it is left out and
 * counted; a file that breaks off gives what came before.
 *
 * @throws ArchiveError if nothing in it can be read
 */
export async function readArchive(file: Blob, options: ReadArchiveOptions = {}): Promise<Archive> {
  const {onProgress, signal} = options;
  const collector = new ArchiveCollector(options.limit);
  const breather = new Breather();
  let bytes = 0;
  let head = '';
  let cut = false;
  let format: ArchiveFormat | undefined;
  let reader: JsonLinesReader | TelegramReader | undefined;
  const begin = (): JsonLinesReader | TelegramReader => {
    format = formatOf(head);
    reader = format === 'telegram' ? new TelegramReader(collector) : new JsonLinesReader(collector);
    reader.push(head);
    return reader;
  };

  try {
    for await (const text of readText(file, (read) => (bytes = read))) {
      if (reader !== undefined) reader.push(text);
      else if ((head += text).length >= HEAD) begin();
      if ((cut = collector.full)) break;
      if (await breather.rest()) onProgress?.(bytes / file.size, collector.messageCount);
      signal?.throwIfAborted();
    }
  } catch (thrown) {
    if (thrown instanceof ArchiveError || signal?.aborted === true) throw thrown;
    if (reader === undefined && head === '') throw new ArchiveError(`The file cannot be read: ${reasonOf(thrown)}`);
    cut = true;
    collector.problem('end of the file', `it is damaged or cut off (${reasonOf(thrown)})`);
  }
  (reader ?? begin()).finish(cut);
  const archive = collector.finish(format as ArchiveFormat);
  if (archive.messages.length === 0 && archive.conversations.length === 0) throw nothingIn(archive);
  onProgress?.(1, archive.messages.length);
  return archive;
}

/** @throws ArchiveError for what is no text */
function formatOf(head: string): ArchiveFormat {
  if (head.includes('\0')) throw new ArchiveError('This is not a text file.');
  if (head.trim() === '') throw new ArchiveError('The file is empty.');
  const [first = ''] = head.trimStart().split('\n', 1);
  // Telegram Desktop puts every value on a line of its own; a tool may have put the whole on one.
  if (/^\{\s*$/.test(first)) return 'telegram';
  return /"(?:chats|left_chats)"\s*:\s*\{|"messages"\s*:\s*\[/.test(first) ? 'telegram' : 'json-lines';
}

function nothingIn({format, problems: [problem]}: Archive): ArchiveError {
  const what =
    format === 'telegram'
      ? 'There is no chat in this file. Is it the result.json of Telegram Desktop?'
      : 'This is neither JSON Lines of messages nor the result.json of Telegram Desktop.';
  return new ArchiveError(problem === undefined ? what : `${what} (${problem.where}: ${problem.reason})`);
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : 'unknown reason';
}
