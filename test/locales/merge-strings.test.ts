import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {en} from '../../src/locales/en.js';
import {mergeStrings} from '../../src/locales/merge-strings.js';
import type {StringOverrides} from '../../src/locales/strings.js';

let reported: unknown[] = [];
const before = Object.getOwnPropertyDescriptor(globalThis, 'reportError');

beforeEach(() => {
  reported = [];
  globalThis.reportError = (thrown: unknown) => void reported.push(thrown);
});

afterEach(() => {
  if (before === undefined) Reflect.deleteProperty(globalThis, 'reportError');
  else Object.defineProperty(globalThis, 'reportError', before);
});

describe('words on others', () => {
  it('replace key by key, and types of message word by word', () => {
    const merged = mergeStrings(en, {
      label: 'Inbox',
      updates: (count) => `${count}!`,
      messageTypes: {image: 'Picture', 'red-packet': 'Red packet'},
      presence: {away: 'gone for lunch'},
    });
    assert.equal(merged.label, 'Inbox');
    assert.equal(merged.updates(2), '2!');
    assert.deepEqual(merged.messageTypes, {...en.messageTypes, image: 'Picture', 'red-packet': 'Red packet'});
    assert.deepEqual(merged.presence, {...en.presence, away: 'gone for lunch'});
    assert.equal(merged.unread(2), en.unread(2));
    assert.equal(merged.empty, en.empty);
  });

  it('are none where there is nothing', () => {
    for (const nothing of [undefined, null, 0, 'x', true]) {
      assert.equal(mergeStrings(en, nothing as unknown as StringOverrides), en);
    }
  });

  it('of the wrong kind leave the word that was there', () => {
    const wrong = {label: 5, empty: undefined, draft: null, updates: 'Updates', you: () => 'x', messageTypes: {image: 7}, presence: null};
    const merged = mergeStrings(en, wrong as unknown as StringOverrides);
    for (const key of ['label', 'empty', 'draft', 'updates', 'you'] as const) assert.equal(merged[key], en[key], key);
    assert.deepEqual(merged.messageTypes, en.messageTypes);
    assert.deepEqual(merged.presence, en.presence);
    assert.deepEqual(reported, []);
  });

  it('may be empty', () => assert.equal(mergeStrings(en, {end: '', gone: '', updates: () => ''}).updates(2), ''));

  it('that throw are told once for each key, and what lies under them answers', () => {
    const error = new Error('no such count');
    const fail = (): never => {
      throw error;
    };
    const told = new Set<string>();
    const first = mergeStrings(en, {unread: fail, updates: fail}, told);
    assert.deepEqual([first.unread(3), first.unread(4), first.updates(1)], [en.unread(3), en.unread(4), en.updates(1)]);
    assert.deepEqual(reported, [error, error]);
    // As from a framework that makes the functions anew each time.
    assert.equal(mergeStrings(en, {unread: () => fail()}, told).unread(5), en.unread(5));
    assert.equal(reported.length, 2);
  });

  it('that are no strings are told and replaced', () => {
    const merged = mergeStrings(en, {unread: (() => Promise.resolve('x')) as unknown as () => string});
    assert.equal(merged.unread(3), en.unread(3));
    assert.match(String(reported[0]), /strings\.unread/);
  });

  it('behind a getter that throws are told and left out', () => {
    const merged = mergeStrings(en, {
      get label(): string {
        throw new Error('not yet');
      },
      empty: 'Nothing',
    });
    assert.deepEqual([merged.label, merged.empty, reported.length], [en.label, 'Nothing', 1]);
  });

  it('named like a prototype’s members do no harm', () => {
    const words = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
    const {messageTypes} = mergeStrings(en, {messageTypes: words});
    assert.equal(Object.getPrototypeOf(messageTypes), Object.prototype);
    assert.equal(messageTypes.image, 'Photo');
  });
});
