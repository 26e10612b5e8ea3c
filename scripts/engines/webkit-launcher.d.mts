/** WebKit in one window, over WebDriver. */
export interface WebKit {
  /** Opens a page; does not wait until it is there. */
  startSession(id: string, url: string): Promise<void>;
  /** Runs the body of a function in the page. */
  run<T>(script: string, args?: readonly unknown[]): Promise<T>;
  /** In CSS px from the top left of the viewport. */
  sendMouseClick(id: string, x: number, y: number): Promise<void>;
  stop(): Promise<void>;
}

export declare function webkitLauncher(): WebKit;
