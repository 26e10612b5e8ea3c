/** A frame may be so late, ms; a page that is hidden draws none. */
const LATEST = 200;

let inside = false;

/** The callbacks of a frame are running: what is asked for now is drawn in it. */
export function inFrame(): boolean {
  return inside;
}

/**
 * Calls back once before the next frame is drawn; after 200 ms where none is, as on a hidden page. For browsers.
 *
 * @returns ends the wait
 */
export function nextFrame(callback: () => void): () => void {
  const end = (): void => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  const timer = setTimeout(() => {
    end();
    callback();
  }, LATEST);
  const frame = requestAnimationFrame(() => {
    end();
    inside = true;
    try {
      callback();
    } finally {
      inside = false;
    }
  });
  return end;
}
