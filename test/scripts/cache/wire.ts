/** What the pages of these tests and their server tell each other. */

/** Rows in a page of the server. */
export const PAGE_SIZE = 20;

/** JSON in which a `bigint` survives. */
export function pack(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? {$bigint: String(one)} : one));
}

export function unpack<T>(text: string): T {
  return JSON.parse(text, (_, one: unknown) => {
    const digits = (one as {$bigint?: unknown} | null)?.$bigint;
    return typeof digits === 'string' ? BigInt(digits) : one;
  }) as T;
}
