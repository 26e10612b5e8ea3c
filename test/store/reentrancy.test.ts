import assert from 'node:assert/strict';
import {test} from 'node:test';
import {conversation, conversations, ids} from './support/conversations.js';
import {flush} from './support/flush.js';
import {HeldSource} from './support/held-source.js';
import {PagesSource} from './support/pages-source.js';
import {watch} from './support/store.js';

test('re-entrancy: a source that has itself replaced while it is bound leaves nothing behind', async () => {
  const outer = new HeldSource({}, {unread: true});
  const inner = new HeldSource();
  const {store} = await watch(null);
  const subscribe = outer.subscribe.bind(outer);
  outer.subscribe = (listener) => {
    store.source = inner;
    return subscribe(listener);
  };
  store.source = outer;
  await flush();
  assert.equal(store.source, inner);
  assert.equal(outer.listeners.size, 0);
  assert.equal(inner.listeners.size, 1);
  assert.equal(outer.requests.length, 0);
  assert.equal(outer.unreadRequests.length, 0);
  await inner.last.answer({conversations: [conversation('a')], done: true});
  assert.equal(ids(store.snapshot), 'a');
});

test('re-entrancy: a source that ends its own request while it is asked', async () => {
  const source = new HeldSource();
  const {store, errors} = await watch(source, {want: 0});
  const getPage = source.getPage.bind(source);
  for (const act of [() => store.disconnect(), () => (store.filter = {pinned: true}), () => (store.source = null)]) {
    source.getPage = (request) => {
      source.getPage = getPage;
      act();
      return getPage(request);
    };
    store.source = source;
    store.connect();
    let settled = false;
    void store.loadMore().then(() => (settled = true));
    await flush();
    assert.equal(settled, true);
    assert.equal(source.requests.filter(({open}) => open).length, 0);
  }
  assert.deepEqual(errors(), []);
});

test('re-entrancy: a listener that changes everything is called after, not within', async () => {
  const source = new PagesSource(conversations(30));
  const {store} = await watch(source, {want: 5, pageSize: 5});
  let depth = 0;
  let calls = 0;
  store.subscribe(() => {
    assert.equal(depth++, 0);
    calls++;
    if (calls < 5) {
      store.filter = {hidden: calls % 2 === 0};
      store.want(5 + calls);
      void store.loadMore();
      void store.refresh();
      source.send({type: 'upsert', conversations: [conversation(`x${calls}`, 99)]});
    }
    depth--;
  });
  store.want(10);
  await flush();
  await flush();
  assert.ok(calls >= 5);
  assert.deepEqual(store.snapshot.filter, store.filter);
});
