import {fromBase64} from './base64.js';
import type {XmppCore} from './core.js';
import {NS} from './namespaces.js';
import {pepItems} from './pep.js';
import {attr, child, textOf, xml, type Xml} from './xml.js';

/** Pictures that are asked for at the same time: nobody waits for them. */
const AT_ONCE = 2;
/** The largest picture, in characters of base64, and how many are kept. */
const LARGEST = 400_000;
const MOST = 2000;

const TYPES: readonly unknown[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

/**
 * Pictures of people and rooms (XEP-0084, else XEP-0054), for conversations that pages have given, each asked for once.
 *
 * They become `blob:` addresses, or are on the web where their owner has put them there; the list's `avatarPolicy` has to
 * let `blob:` through.
 */
export class Avatars {
  readonly #core: XmppCore;
  readonly #asked = new Set<string>();
  readonly #hashes = new Map<string, string>();
  readonly #queue: string[] = [];
  #active = 0;

  constructor(core: XmppCore) {
    this.#core = core;
  }

  /** Finds the pictures of these, and tells. */
  want(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#asked.has(id) || this.#asked.size >= MOST) continue;
      this.#asked.add(id);
      this.#queue.push(id);
    }
    this.#next();
  }

  /** Somebody has another picture than before. */
  changed(id: string): void {
    if (this.#asked.delete(id)) this.want([id]);
  }

  /** Each presence says which picture somebody has. */
  hash(id: string, hash: string): void {
    const before = this.#hashes.get(id);
    this.#hashes.set(id, hash);
    if (before !== undefined && before !== hash) this.changed(id);
  }

  dispose(): void {
    this.#queue.length = 0;
    for (const url of this.#core.avatars.values()) revoke(url);
    this.#core.avatars.clear();
  }

  #next(): void {
    while (this.#active < AT_ONCE) {
      const id = this.#queue.shift();
      if (id === undefined || this.#core.disposed) return;
      this.#active++;
      void this.#find(id)
        .catch(() => undefined)
        .then((url) => {
          this.#active--;
          this.#set(id, url);
          this.#next();
        });
    }
  }

  #set(id: string, url: string | undefined): void {
    const {avatars} = this.#core;
    const before = avatars.get(id);
    if (this.#core.disposed) return void (url && revoke(url));
    if (before === url) return;
    if (before !== undefined) revoke(before);
    if (url === undefined) avatars.delete(id);
    else avatars.set(id, url);
    this.#core.tell([id]);
  }

  async #find(id: string): Promise<string | undefined> {
    const {session} = this.#core;
    if (!this.#core.bookmarks.has(id)) {
      const [metadata] = await pepItems(session, NS.avatarMetadata, {to: id}).catch(() => []);
      const info = child(metadata?.payload, 'info', NS.avatarMetadata);
      const url = attr(info, 'url');
      if (url?.startsWith('https://')) return url;
      const hash = attr(info, 'id');
      if (hash !== undefined) {
        const [data] = await pepItems(session, NS.avatarData, {to: id, ids: [hash]});
        return picture(attr(info, 'type'), textOf(data?.payload));
      }
    }
    const card = await session.iq('get', xml('vCard', NS.vcard), {to: id});
    const photo: Xml | undefined = child(card, 'PHOTO');
    return picture(textOf(child(photo, 'TYPE')), textOf(child(photo, 'BINVAL')));
  }
}

function picture(type: string | undefined, data: string): string | undefined {
  if (!TYPES.includes(type) || data === '' || data.length > LARGEST) return undefined;
  return URL.createObjectURL(new Blob([fromBase64(data)], {type: String(type)}));
}

function revoke(url: string): void {
  if (url.startsWith('blob:')) URL.revokeObjectURL(url);
}
