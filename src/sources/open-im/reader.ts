import {SourceError} from '../../model/errors.js';
import {compareSortable} from '../../model/order.js';
import type {OpOptions} from '../../model/source.js';
import {settle} from '../shared/settle.js';
import {isListed, keyOf, parse} from './convert.js';
import {toOpenImError} from './errors.js';
import type {OpenImConversation, OpenImResponse, OpenImSdk} from './types.js';

/** Makes the SDK's calls, and reads conversations with them. */
export class OpenImReader {
  constructor(
    readonly sdk: OpenImSdk,
    readonly timeoutMs: number | undefined,
  ) {}

  run<T>(call: () => T | PromiseLike<T>, options?: OpOptions): Promise<T> {
    return settle(call, options, toOpenImError, this.timeoutMs);
  }

  /** Asks for data, which comes as JSON if the app has logged in so. */
  async ask<T>(call: () => Promise<OpenImResponse<T>>, options?: OpOptions): Promise<T> {
    return parse((await this.run(call, options))?.data) as T;
  }

  /** Conversations by id, those that the SDK knows. */
  async items(ids: readonly string[], options?: OpOptions): Promise<readonly OpenImConversation[]> {
    // The SDK writes ids into its SQL as they are.
    const safe = ids.filter((id) => !/["']/.test(id));
    return safe.length > 0 ? this.list(() => this.sdk.getMultipleConversation(safe), options) : [];
  }

  async list(
    call: () => Promise<OpenImResponse<OpenImConversation[]>>,
    options?: OpOptions,
  ): Promise<readonly OpenImConversation[]> {
    const items: unknown = await this.ask(call, options);
    if (Array.isArray(items)) return items as OpenImConversation[];
    throw new SourceError('invalid-data', 'OpenIM gave no list');
  }

  /** So many conversations in order, or all: the end is where the SDK has none. */
  async take(
    offset: number,
    count: number,
    options?: OpOptions,
  ): Promise<{readonly items: readonly OpenImConversation[]; readonly ended: boolean}> {
    const found = new Map<string, {id: string; key: bigint; item: OpenImConversation}>();
    let ended = false;
    for (let at = 0; at < count && !ended; ) {
      const request = {offset: offset + at, count: count - at};
      const items = await this.list(() => this.sdk.getConversationListSplit(request), options);
      at += items.length;
      ended = items.length === 0;
      for (const item of items.filter(isListed)) {
        const id = item.conversationID;
        found.set(id, {id, key: keyOf(item), item});
      }
    }
    return {items: [...found.values()].sort(compareSortable).map(({item}) => item), ended};
  }
}
