import {ArchiveError} from './archive.js';

/** Work goes on for so many milliseconds before the page gets a chance to draw. */
const SLICE_MS = 8;

/** UTF-16 code units that are read in well under a slice. */
const PIECE = 1 << 16;

/** Lets the page breathe: `await breather.rest()` gives way to events and frames whenever it has been long. */
export class Breather {
  #since = performance.now();

  /** True if there was a rest. */
  async rest(): Promise<boolean> {
    if (performance.now() - this.#since < SLICE_MS) return false;
    await new Promise((resolve) => setTimeout(resolve));
    this.#since = performance.now();
    return true;
  }
}

/**
 * A file's text in pieces, unpacked if it is gzip.
 *
 * @param onBytes - told how many bytes of the file have been read so far
 * @throws ArchiveError for a file that cannot hold text; whatever the file's stream throws
 */
export async function* readText(file: Blob, onBytes: (bytes: number) => void): AsyncGenerator<string, void, undefined> {
  const magic = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (magic.length === 0) throw new ArchiveError('The file is empty.');
  if (startsWith(magic, [0x50, 0x4b, 0x03, 0x04])) {
    throw new ArchiveError('This is a ZIP file. Unpack it, and choose the file inside.');
  }
  const stream = file.stream().pipeThrough(counter(onBytes));
  const reader = (
    startsWith(magic, [0x1f, 0x8b]) ? stream.pipeThrough(new DecompressionStream('gzip')) : stream
  ).getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const {done, value} = await reader.read();
      const text = decoder.decode(value, {stream: !done});
      for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
      if (done) return;
    }
  } finally {
    // Fails where the stream itself has failed, and that is known then.
    await reader.cancel().catch(() => undefined);
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function counter(onBytes: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      onBytes((bytes += chunk.byteLength));
      controller.enqueue(chunk);
    },
  });
}
