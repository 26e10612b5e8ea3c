import {toBase64, toUtf8} from './base64.js';
import {NS} from './namespaces.js';
import {xml, type Xml} from './xml.js';

const NODE = 'https://www.npmjs.com/package/im-conversation-list';
const IDENTITY = {category: 'client', type: 'web', name: 'im-conversation-list'} as const;

/** What the source understands; of a node with `+notify` the server tells each change. */
const FEATURES: readonly string[] = [
  NS.caps,
  NS.disco,
  NS.ping,
  ...[NS.displayed, NS.bookmarks, NS.settings, NS.avatarMetadata].map((node) => `${node}+notify`),
].sort();

/** The presence's `<c/>` (XEP-0115), by which the server knows what to tell; nothing where a page may not hash. */
export async function capsElement(): Promise<Xml | undefined> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle;
  if (!subtle) return undefined;
  const {category, type, name} = IDENTITY;
  const text = `${category}/${type}//${name}<${FEATURES.map((feature) => `${feature}<`).join('')}`;
  const ver = toBase64(new Uint8Array(await subtle.digest('SHA-1', toUtf8(text))));
  return xml('c', NS.caps, {hash: 'sha-1', node: NODE, ver});
}

/** The answer to who asks what that means. */
export function discoAnswer(node: string | undefined): Xml {
  const features = FEATURES.map((name) => xml('feature', NS.disco, {var: name}));
  return xml('query', NS.disco, {node}, xml('identity', NS.disco, {...IDENTITY}), ...features);
}
