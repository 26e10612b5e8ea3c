import type {Browser} from 'playwright-core';
import type {ViteDevServer} from 'vite';

/** The demo, served and with a browser to open it in. */
export interface OpenDemo {
  readonly server: ViteDevServer;
  readonly browser: Browser;
  /** Of the demo, with a slash at its end. */
  readonly url: string;
  /** Ends the browser and the server; may be called twice. */
  readonly close: () => Promise<void>;
}

/** Serves the demo on a free port of 127.0.0.1, and starts a browser for it. Rejects with nothing left running. */
export function openDemo(options?: {readonly browserEnv?: Readonly<Record<string, string>>}): Promise<OpenDemo>;
