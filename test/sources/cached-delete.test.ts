import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {SourceError, type Conversation, type OpResult, type SourceEvent} from '../../src/model/index.js';
import {CachedSource} from '../../src/sources/cached.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {newAccount, synced, told} from './support/cached.js';

/** A server that answers before, or after, its events of it have come: they are on a connection of their own. */
class TwoLines extends MemorySource {
  held: SourceEvent[] = [];
  hold = false;
  readonly #others = new Set<(event: SourceEvent) => void>();

  override subscribe(listener: (event: SourceEvent) => void): () => void {
    this.#others.add(listener);
    const end = super.subscribe((event) => (this.hold ? void this.held.push(event) : listener(event)));
    return () => {
      this.#others.delete(listener);
      end();
    };
  }

  release(): void {
    this.hold = false;
    for (const event of this.held.splice(0)) for (const listener of this.#others) listener(event);
  }
}

const ids = async (source: CachedSource): Promise<string[]> => (await source.getPage({limit: 100})).conversations.map(({id}) => id);

async function started(): Promise<{server: TwoLines; source: CachedSource; end: () => void; all: readonly Conversation[]}> {
  const all = generateConversations(5);
  const server = new TwoLines({conversations: all});
  const source = new CachedSource(server, {name: 'test', account: newAccount()});
  const end = source.subscribe(() => undefined);
  await told(source, synced);
  return {server, source, end, all};
}

describe('CachedSource deletes', () => {
  it('what the server has deleted, once it has answered, whenever its event comes', async () => {
    const {server, source, end, all} = await started();
    const [{id}] = all as [Conversation];
    server.hold = true;
    await source.delete?.([id]);
    assert.equal((await ids(source)).includes(id), false, 'at once');
    server.release();
    assert.equal((await ids(source)).length, 4);
    end();
  });

  it('not what the server refuses', async () => {
    const {server, source, end, all} = await started();
    const [{id: refused}, {id: taken}] = all as [Conversation, Conversation];
    server.delete = async (): Promise<readonly OpResult[]> => [
      {id: refused, error: new SourceError('forbidden', 'Not this one')},
      {id: taken},
    ];
    await source.delete?.([refused, taken]);
    const left = await ids(source);
    assert.deepEqual([left.includes(refused), left.includes(taken)], [true, false]);
    end();
  });

  it('not what has come anew before the answer', async () => {
    const {server, source, end, all} = await started();
    const [{id}] = all as [Conversation];
    const answer = server.delete.bind(server);
    server.delete = async (...args) => {
      const results = await answer(...args);
      server.receiveMessage({conversationId: id, text: 'Here again'});
      return results;
    };
    await source.delete?.([id]);
    assert.equal((await ids(source)).includes(id), true);
    end();
  });
});
