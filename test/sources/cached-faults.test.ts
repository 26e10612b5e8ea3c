import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {sameConversation, type Conversation} from '../../src/model/index.js';
import {databaseName} from '../../src/sources/cache/database.js';
import {CachedSource} from '../../src/sources/cached.js';
import {MemorySource} from '../../src/sources/memory.js';
import {generateConversations} from '../../src/testing/generate-conversations.js';
import {watch, type Watched} from '../store/support/store.js';
import {fill, newAccount} from './support/cached.js';
import {CALLS, faults, KINDS, type Fault} from './support/idb-faults.js';
import {until} from './support/until.js';
import {takeWarnings} from './support/warnings.js';

/** Every warning with the account that it is about: many cases run at a time. */
const warnings = takeWarnings();

const rowsOf = ({store}: Watched): Conversation[] => store.snapshot.rows.slice(0, Infinity);

/** Shows the same server with a cache that fails and without one, while it changes. */
async function compare(fault: Fault, filled: boolean): Promise<void> {
  const remote = new MemorySource({conversations: generateConversations(90)});
  const account = newAccount();
  if (filled) await fill(remote, account);
  const name = databaseName('test', account);
  faults.set(name, fault);
  const source = new CachedSource(remote, {name: 'test', account});
  try {
    const options = {want: Infinity, pageSize: 20};
    const [with_, without] = [await watch(source, options), await watch(remote, options)];
    const settled = (): boolean =>
      with_.store.snapshot.page.status === 'done' &&
      with_.store.snapshot.sync.status !== 'syncing' &&
      with_.store.snapshot.rows.length === remote.size;
    await until(settled, () => `the list has ${with_.store.snapshot.rows.length} rows, ${with_.store.snapshot.page.status}`);
    const [first, second] = remote.all() as [Conversation, Conversation];
    remote.receiveMessage({conversationId: first.id, text: 'News'});
    remote.receiveMessage({conversationId: 'new', text: 'Hello'});
    remote.remove([second.id]);
    await source.setPinned?.(remote.all()[40]?.id ?? '', true);
    const same = (): boolean => {
      const [a, b] = [rowsOf(with_), rowsOf(without)];
      return settled() && a.length === b.length && a.every((row, i) => sameConversation(row, b[i] as Conversation));
    };
    await until(same, () => 'the list differs from one without a cache');
    with_.store.disconnect();
    without.store.disconnect();
  } finally {
    source.dispose();
    faults.delete(name);
  }
}

for (const filled of [false, true]) {
  describe(`with a ${filled ? 'filled' : 'new'} cache`, () => {
    for (const call of CALLS) {
      // Nothing is upgraded where the database is there.
      if (filled && call === 'upgrade') continue;
      for (const kind of KINDS) {
        it(`${call} fails with ${kind}: the list is as without a cache, and there is one warning`, async () => {
          await compare({call, kind}, filled);
          assert.equal(warnings.length, 1);
        });
      }
    }
  });
}
