import {SourceError, toSourceError} from '../../model/errors.js';
import {NS} from './namespaces.js';
import type {IqOptions, XmppSession} from './session.js';
import {all, attr, child, xml, type Xml} from './xml.js';

/** An item of a node: its id, and what is in it. */
export interface PepItem {
  readonly id: string;
  readonly payload: Xml | undefined;
}

/** The items of a node: those of the given ids, the newest few, or all; none if there is no such node. */
export async function pepItems(
  session: XmppSession,
  node: string,
  options: IqOptions & {readonly ids?: readonly string[]; readonly newest?: number} = {},
): Promise<readonly PepItem[]> {
  const wanted = (options.ids ?? []).map((id) => xml('item', NS.pubsub, {id}));
  try {
    const items = xml('items', NS.pubsub, {node, max_items: options.newest}, ...wanted);
    const answer = await session.iq('get', xml('pubsub', NS.pubsub, {}, items), options);
    return readItems(child(answer, 'items', NS.pubsub));
  } catch (thrown) {
    const {code} = toSourceError(thrown);
    if (code === 'not-found' || code === 'unsupported') return [];
    throw thrown;
  }
}

export function readItems(items: Xml | undefined): readonly PepItem[] {
  return all(items, 'item').flatMap((item) => {
    const id = attr(item, 'id');
    return id === undefined ? [] : [{id, payload: child(item)}];
  });
}

/** Publishes an item for the person's own clients only (XEP-0223). */
export async function pepPublish(
  session: XmppSession,
  node: string,
  id: string,
  payload: Xml,
  options: IqOptions = {},
): Promise<void> {
  const publish = (settings: NodeSettings): Promise<unknown> => {
    const item = xml('publish', NS.pubsub, {node}, xml('item', NS.pubsub, {id}, payload));
    const form = xml('publish-options', NS.pubsub, {}, nodeForm(NS.publishOptions, settings));
    return session.iq('set', xml('pubsub', NS.pubsub, {}, item, form), options);
  };
  try {
    await publish(PRIVATE);
  } catch (thrown) {
    const {code, nativeCode} = toSourceError(thrown);
    if (nativeCode === 'conflict') {
      // Another client has made the node, and perhaps not for the person alone.
      const form = xml('configure', NS.pubsubOwner, {node}, nodeForm(NS.nodeConfig, PRIVATE));
      await session.iq('set', xml('pubsub', NS.pubsubOwner, {}, form), options);
      await publish(PRIVATE);
    } else if (nativeCode === 'resource-constraint' || code === 'invalid-argument') {
      // Servers that know no `max`; still for nobody else.
      await publish({...PRIVATE, 'pubsub#max_items': undefined});
    } else throw thrown;
  }
}

type NodeSettings = Readonly<Record<string, string | undefined>>;

const PRIVATE: NodeSettings = {
  'pubsub#persist_items': 'true',
  'pubsub#max_items': 'max',
  'pubsub#send_last_published_item': 'never',
  'pubsub#access_model': 'whitelist',
};

function nodeForm(type: string, settings: NodeSettings): Xml {
  const field = (name: string, value: string, kind?: string): Xml =>
    xml('field', NS.dataForm, {var: name, type: kind}, xml('value', NS.dataForm, {}, value));
  const fields = Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [field(name, value)]));
  return xml('x', NS.dataForm, {type: 'submit'}, field('FORM_TYPE', type, 'hidden'), ...fields);
}

/** Takes an item back; one that is not there is no failure. */
export async function pepRetract(session: XmppSession, node: string, id: string, options: IqOptions = {}): Promise<void> {
  const item = xml('item', NS.pubsub, {id});
  try {
    await session.iq('set', xml('pubsub', NS.pubsub, {}, xml('retract', NS.pubsub, {node, notify: 'true'}, item)), options);
  } catch (thrown) {
    if (!(thrown instanceof SourceError) || thrown.code !== 'not-found') throw thrown;
  }
}
