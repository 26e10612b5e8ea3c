import assert from 'node:assert/strict';
import {test} from 'node:test';
import {deliveryOf, type Conversation, type LastMessage} from '../../src/model/index.js';

const of = (message: Partial<LastMessage>, readUpTo?: number) =>
  deliveryOf({
    lastMessage: {type: 'text', state: 'normal', isOwn: true, sentAt: 5, ...message},
    ...(readUpTo !== undefined && {readUpTo}),
  } as Conversation);

test('deliveryOf: nothing of a message that is not one’s own, not out, or not there', () => {
  assert.equal(of({isOwn: false, deliveryState: 'read'}), undefined);
  for (const state of ['sending', 'failed', 'recalled', 'deleted'] as const) {
    assert.equal(of({state, deliveryState: 'read', peerRead: true}, 9), undefined);
  }
  assert.equal(deliveryOf({lastMessage: null} as Conversation), undefined);
});

test('deliveryOf: nothing where nothing is known', () => {
  assert.equal(of({}), undefined);
});

test('deliveryOf: what the source says', () => {
  for (const deliveryState of ['sent', 'delivered', 'read'] as const) assert.equal(of({deliveryState}), deliveryState);
});

test('deliveryOf: what other fields tell, and the most of them', () => {
  assert.equal(of({peerRead: true}), 'read');
  assert.equal(of({peerRead: false}), 'sent');
  assert.equal(of({}, 4), 'sent');
  assert.equal(of({}, 5), 'read');
  assert.equal(of({deliveryState: 'delivered'}, 4), 'delivered');
  assert.equal(of({deliveryState: 'sent', peerRead: true}), 'read');
  assert.equal(of({deliveryState: 'delivered', peerRead: false}, 6), 'read');
});
