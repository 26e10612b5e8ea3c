/** Arguments that a Chromium needs in tests. */
export declare const CHROMIUM_ARGS: readonly string[];

/** A Chromium to run, with the environment it needs. */
export declare function findChromium(): Promise<{
  executablePath: string;
  env: Record<string, string>;
  source: string;
}>;
