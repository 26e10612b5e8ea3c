/** The parts of an address, `local@domain/resource`. */
export interface Jid {
  readonly bare: string;
  readonly local: string;
  readonly domain: string;
  readonly resource: string;
}

/** As RFC 7622 restricts addresses, but for its tables: no part longer than 1023, nothing that would end a part. */
const JID = /^(?:([^\s"&'/:<>@\p{Cc}]{1,1023})@)?([^\s"&'/<>@\p{Cc}]{1,1023})(?:\/([^\p{Cc}]{1,1023}))?$/u;

/** Reads an address; `undefined` for what is none. Of the parts before the resource case does not count. */
export function parseJid(text: string | undefined): Jid | undefined {
  const [, local = '', domain, resource = ''] = JID.exec(text ?? '') ?? [];
  if (domain === undefined) return undefined;
  const [user, host] = [local.toLowerCase(), domain.toLowerCase()];
  return {bare: user ? `${user}@${host}` : host, local: user, domain: host, resource};
}

/** The address without its resource; `''` for what is no address. */
export function bareOf(text: string | undefined): string {
  return parseJid(text)?.bare ?? '';
}
