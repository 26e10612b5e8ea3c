/** The document in which a live example runs. */

/** How a frame tells the page around it what went wrong. */
export interface FrameMessage {
  readonly liveExampleError: string;
}

/** All that a frame adds; `live.md` says so. */
const STYLE = `
body { display: flex; flex-direction: column; height: 100vh; margin: 0 }
body { background: Canvas; color: CanvasText; font: 0.9375rem/1.4 system-ui, sans-serif }
p { margin: 0.5rem 0.75rem }
im-conversation-list { flex: 1; min-height: 0 }`;

/** Everything that nobody catches, and what could not be loaded. Capturing: loading fails without bubbling. */
const REPORT = `
const tell = (text) => parent.postMessage({liveExampleError: text}, '*');
addEventListener('error', ({message, target}) => tell(message ?? 'Not loaded: ' + (target.src ?? target.href ?? target.tagName)), true);
addEventListener('unhandledrejection', ({reason}) => tell(String(reason)));`;

export interface FrameOptions {
  readonly title: string;
  readonly code: string;
  readonly dark: boolean;
  /** Where the package is, without a slash at the end. */
  readonly folder: string;
}

export function frameDocument({title, code, dark, folder}: FrameOptions): string {
  const imports = {
    'im-conversation-list': `${folder}/index.js`,
    'im-conversation-list/': `${folder}/`,
    lit: `${folder}/lit.js`,
  };
  return `<!doctype html>
<html lang="en" style="color-scheme: ${dark ? 'dark' : 'light'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
<style>${STYLE}</style>
<script>${REPORT}</script>
<script type="importmap">${JSON.stringify({imports})}</script>
${code}`;
}
