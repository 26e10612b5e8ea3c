/** An engine that `npm run test:engines` knows. */
export declare const ENGINES: readonly {
  readonly name: string;
  readonly label: string;
  /** What is not installed; empty for nothing. */
  missing(): string;
}[];

/** `FIREFOX_PATH`, else an installed one. */
export declare function findFirefox(): string | undefined;
