import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {LocalSource} from '../../src/sources/local.js';
import type {SourceEvent} from '../../src/model/index.js';
import {runSourceConformance} from '../../src/testing/source-conformance.js';
import {CONTENT} from '../testing/support/subjects.js';
import {localSubject} from './support/local-subject.js';

// Nothing here may bring an IndexedDB: Node has none.

const {warn} = console;
beforeEach(() => {
  console.warn = () => undefined;
});
afterEach(() => {
  console.warn = warn;
});

await runSourceConformance(
  () => {
    console.warn = () => undefined;
    return localSubject(new LocalSource());
  },
  {describe, it, name: 'LocalSource where there is no IndexedDB'},
);

describe('LocalSource where there is no IndexedDB', () => {
  it('goes on after as many changes as a log keeps, and tells them', async (t) => {
    const source = new LocalSource();
    const events: SourceEvent[] = [];
    t.after(source.subscribe((event) => events.push(event)));
    for (let i = 0; i < 600; i++) await source.receiveMessage({conversationId: `c${i % 7}`, text: `Message ${i}`});
    assert.equal(events.filter(({type}) => type === 'upsert').length, 600);
    assert.equal((await source.getByIds(['c4']))[0]?.lastMessage?.text, 'Message 599');
  });

  it('searches thousands without sorting them for each slice', async () => {
    const source = new LocalSource();
    const [made] = CONTENT;
    assert.ok(made);
    const titleOf = (i: number): string => (i === 0 ? 'Zoë' : `Name ${i}`);
    await source.upsert(Array.from({length: 20_000}, (_, i) => ({...made, id: `c${i}`, title: titleOf(i), orderKey: BigInt(i)})));
    await source.search('zoe');
    const {sort} = Array.prototype;
    let sorted = 0;
    Array.prototype.sort = function (this: unknown[], ...args) {
      sorted += this.length;
      return sort.apply(this, args) as unknown[];
    } as typeof sort;
    try {
      assert.deepEqual((await source.search('zoe')).map(({id}) => id), ['c0']);
      assert.equal((await source.search('name', {limit: 9})).length, 9);
    } finally {
      Array.prototype.sort = sort;
    }
    assert.ok(sorted < 20_000, `${sorted} rows were sorted`);
  });
});
