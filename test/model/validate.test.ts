import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readConversation, readCount, readOrderKey, type Conversation, type LastMessage} from '../../src/model/index.js';

const MESSAGE: Required<LastMessage> = {
  id: 'm1', senderId: 'u1', senderName: 'Ada', isOwn: false, type: 'text', text: 'hello', sentAt: 5, state: 'normal', peerRead: true,
  fileName: 'a.pdf', durationMs: 6, thumbnailUrl: 'https://a.example/t.png', deliveryState: 'read',
};
const FULL: Required<Conversation> = {
  id: 'c1', type: 'group', targetId: 't1', title: 'Team', avatarUrl: 'https://a.example/1.png',
  members: [{id: 'u1', name: 'Ada', avatarUrl: 'https://a.example/2.png'}, {}], verified: true, tags: ['vip'],
  orderKey: 2n ** 60n, activeAt: 4,
  pinned: true, hidden: false, unreadCount: 1, unreadIsLowerBound: true, mention: 'me', presence: 'online', typing: ['Ada'],
  notify: 'mentions', marks: ['star'], groups: ['work'], draft: {text: 'so', editedAt: 3}, lastMessage: MESSAGE, readUpTo: 2,
  customData: 'x', native: {sdk: 1},
};

/** What stands for a bad value; absent: the field is left out. */
const NEUTRAL: Partial<Conversation> = {
  type: 'unknown', title: '', orderKey: 0n, pinned: false, unreadCount: 0, notify: 'all', marks: [], groups: [], typing: [],
  tags: [], members: [],
};

/** Cannot be left out. */
const REQUIRED = new Set(Object.keys(NEUTRAL).filter((field) => !['typing', 'tags', 'members'].includes(field)));

const WRONG: readonly unknown[] = [
  null, NaN, Infinity, -1, 1.5, 1e21, 2 ** 53, 'nonsense', true, 7n, 2n ** 70n, Symbol('s'), () => 1, {}, [], [5], new Date(NaN),
];

/** Those of the wrong values that are right for a field. */
const RIGHT: {readonly [K in keyof Conversation]?: (value: unknown) => boolean} = {
  id: isString, title: isString, targetId: isString, avatarUrl: isString, customData: isString,
  orderKey: (v) => v === 7n,
  pinned: isBoolean, hidden: isBoolean, verified: isBoolean, unreadIsLowerBound: isBoolean,
  activeAt: isTime, readUpTo: isTime,
  typing: isEmpty, tags: isEmpty, members: isEmpty, marks: isEmpty, groups: isEmpty,
  lastMessage: (v) => v === null,
  native: () => true,
};

function isString(v: unknown): boolean {
  return typeof v === 'string';
}
function isBoolean(v: unknown): boolean {
  return typeof v === 'boolean';
}
function isTime(v: unknown): boolean {
  return v === -1 || v === 1.5;
}
function isEmpty(v: unknown): boolean {
  return Array.isArray(v) && v.length === 0;
}

const FIELDS = Object.keys(FULL) as (keyof Conversation)[];

test('validate: a good one comes back as the same object', () => {
  const {conversation, problems} = readConversation(FULL);
  assert.equal(conversation, FULL);
  assert.deepEqual(problems, []);
  const frozen = Object.freeze({...FULL});
  assert.equal(readConversation(frozen).conversation, frozen);
  const least = {id: ' ', type: 'direct', title: '', orderKey: 0n, pinned: false, unreadCount: 0, notify: 'all', marks: [], groups: []};
  assert.equal(readConversation(least).conversation, least);
});

for (const field of FIELDS) {
  test(`validate rule 17: ${field} with each wrong type`, () => {
    for (const value of WRONG) {
      const {conversation, problems} = readConversation({...FULL, [field]: value});
      if (RIGHT[field]?.(value) === true) {
        assert.deepEqual(problems, [], String(value));
        continue;
      }
      assert.deepEqual(problems, [field], String(value));
      if (field === 'id') {
        assert.equal(conversation, undefined);
        continue;
      }
      assert.deepEqual(conversation, expected(field, value), String(value));
      assert.deepEqual(readConversation(conversation).problems, [], 'what was repaired is good');
    }
  });

  test(`validate rule 17: ${field} behind a getter that throws`, () => {
    const value = Object.defineProperty({...FULL}, field, {
      enumerable: true,
      get(): never {
        throw new Error('getter');
      },
    });
    for (const one of [value, Object.freeze(value)]) {
      const {conversation, problems} = readConversation(one);
      assert.deepEqual(problems, [field]);
      assert.deepEqual(conversation, field === 'id' ? undefined : expected(field, undefined));
    }
  });

  test(`validate: without ${field}`, () => {
    const {[field]: _, ...rest} = FULL;
    const {conversation, problems} = readConversation(rest);
    if (field === 'id') assert.equal(conversation, undefined);
    else if (REQUIRED.has(field)) assert.deepEqual(conversation, {...rest, [field]: NEUTRAL[field]});
    else assert.equal(conversation, rest);
    assert.equal(problems.length, conversation === rest ? 0 : 1);
  });
}

function expected(field: keyof Conversation, value: unknown): unknown {
  const {[field]: _, ...rest} = FULL;
  if (field === 'orderKey') return {...rest, orderKey: readOrderKey(value) ?? 0n};
  if (field === 'unreadCount') return {...rest, unreadCount: readCount(value)};
  if (field === 'lastMessage' && typeof value === 'object' && value !== null) {
    return {...rest, lastMessage: {type: 'unknown', state: 'normal'}};
  }
  return field in NEUTRAL ? {...rest, [field]: NEUTRAL[field]} : rest;
}

test('validate: no conversation at all', () => {
  const values = [undefined, null, 0, '', 'c1', true, 7n, Symbol('s'), () => 1, {}, [], new Map(), {id: ''}, {id: 5}, {id: null}];
  for (const value of values) {
    const {conversation, problems} = readConversation(value);
    assert.equal(conversation, undefined);
    assert.ok(problems.length > 0);
  }
});

test('validate rule 17: proxies that refuse everything', () => {
  const {proxy, revoke} = Proxy.revocable({}, {});
  revoke();
  assert.equal(readConversation(proxy).conversation, undefined);
  const moody = new Proxy({}, {
    get(): never {
      throw new Error('get');
    },
  });
  assert.equal(readConversation(moody).conversation, undefined);
});

test('validate rule 17: a getter that throws at its second reading', () => {
  for (const field of FIELDS) {
    for (let bad = 1; bad < 6; bad++) {
      let reads = 0;
      const value = Object.defineProperty({...FULL, type: 'nonsense'}, field, {
        get(): unknown {
          if (++reads >= bad) throw new Error('getter');
          return FULL[field];
        },
      });
      assert.doesNotThrow(() => readConversation(value), `${field} ${bad}`);
    }
  }
});

for (const field of Object.keys(MESSAGE) as (keyof LastMessage)[]) {
  test(`validate rule 17: lastMessage.${field} with each wrong type`, () => {
    for (const value of [...WRONG, undefined]) {
      const {conversation, problems} = readConversation({...FULL, lastMessage: {...MESSAGE, [field]: value}});
      const message = conversation?.lastMessage as unknown as Record<string, unknown>;
      assert.deepEqual(readConversation(conversation).problems, [], String(value));
      if (problems.length === 0) {
        assert.equal(message[field], value);
        continue;
      }
      const {[field]: _, ...rest} = MESSAGE;
      const neutral = {type: 'unknown', state: 'normal'} as Record<string, unknown>;
      assert.deepEqual(message, field in neutral ? {...rest, [field]: neutral[field]} : rest, String(value));
    }
  });

  test(`validate rule 17: lastMessage.${field} behind a getter that throws`, () => {
    const lastMessage = Object.defineProperty({...MESSAGE}, field, {
      get(): never {
        throw new Error('getter');
      },
    });
    const {conversation, problems} = readConversation(Object.freeze({...FULL, lastMessage}));
    assert.deepEqual(problems, ['lastMessage']);
    assert.equal(conversation?.title, 'Team');
    assert.equal(conversation?.lastMessage, undefined);
  });
}

test('validate: a draft is good or goes', () => {
  for (const draft of [{text: 'x'}, {text: '', editedAt: 0}, {text: 'x', editedAt: undefined}]) {
    assert.deepEqual(readConversation({...FULL, draft}).problems, []);
  }
  for (const draft of [{}, {text: 5}, {text: 'x', editedAt: NaN}, {text: 'x', editedAt: '1'}, [], 'x', null]) {
    const {conversation, problems} = readConversation({...FULL, draft});
    assert.deepEqual(problems, ['draft']);
    assert.equal('draft' in (conversation as Conversation), false);
  }
});

test('validate: of a list with strings and others, the strings stay', () => {
  for (const field of ['marks', 'groups', 'typing'] as const) {
    const {conversation, problems} = readConversation({...FULL, [field]: ['a', 5, null, 'b', ['c']]});
    assert.deepEqual(problems, [field]);
    assert.deepEqual(conversation?.[field], ['a', 'b']);
  }
});

test('validate: a repaired copy takes no unknown fields along', () => {
  const raw = JSON.parse('{"id":"c1","title":7,"__proto__":{"pinned":true},"constructor":"x","evil":1}') as unknown;
  const {conversation} = readConversation(raw);
  assert.deepEqual(Object.keys(conversation as Conversation).sort(), [
    'groups', 'id', 'marks', 'notify', 'orderKey', 'pinned', 'title', 'type', 'unreadCount',
  ]);
  assert.equal(conversation?.pinned, false);
  assert.equal(Object.getPrototypeOf(conversation), Object.prototype);
});

test('readOrderKey: bigints, safe integers and digits', () => {
  const good: readonly [unknown, bigint][] = [
    [0n, 0n], [-1n, -1n], [2n ** 64n - 1n, 2n ** 64n - 1n], [-(2n ** 63n), -(2n ** 63n)],
    [0, 0n], [-0, 0n], [-5, -5n], [Number.MAX_SAFE_INTEGER, 9007199254740991n],
    ['0', 0n], ['-7', -7n], ['007', 7n], ['4611686018427387909', 4611686018427387909n], ['18446744073709551615', 2n ** 64n - 1n],
  ];
  for (const [value, key] of good) assert.equal(readOrderKey(value), key, String(value));
});

test('readOrderKey: all else is refused', () => {
  const bad: readonly unknown[] = [
    undefined, null, NaN, Infinity, -Infinity, 1.5, 2 ** 53, -(2 ** 53), 1e21, true, {}, [], [5], () => 1, Symbol('s'),
    '', ' ', ' 5', '5 ', '5n', '+5', '1e3', '1.0', '0x10', '0b1', '--1', '-', '５', '٣', '5\n', 'a', '1'.repeat(21), '9'.repeat(20),
    '1'.repeat(100_000), 2n ** 64n, -(2n ** 63n) - 1n, {valueOf: () => 5}, new Number(5), new Date(5),
  ];
  for (const value of bad) assert.equal(readOrderKey(value), undefined, String(value).slice(0, 30));
});

test('readCount: an integer from 0 to 2^31 - 1 for whatever comes', () => {
  const most = 2 ** 31 - 1;
  const cases: readonly [unknown, number][] = [
    [0, 0], [1, 1], [99, 99], [most, most], [most + 1, most], [2 ** 53, most], [1e21, most], [Infinity, most], [Number.MAX_VALUE, most],
    [1.5, 1], [0.9, 0], [most - 0.5, most - 1], [-0, 0], [-1, 0], [-1e21, 0], [-Infinity, 0], [NaN, 0], [Number.MIN_VALUE, 0],
    ['7', 0], ['', 0], [null, 0], [undefined, 0], [true, 0], [10n, 0], [{}, 0], [[], 0], [[7], 0], [new Date(5), 0], [() => 5, 0],
    [Symbol('s'), 0], [new Number(5), 0], [{valueOf: () => 5}, 0],
  ];
  for (const [value, count] of cases) assert.ok(Object.is(readCount(value), count), String(value));
});

test('validate: a bad fact of the last message is left out, the others stay', () => {
  const odd = {deliveryState: 'seen', durationMs: -1, thumbnailUrl: 5, fileName: null, peerRead: 'yes'};
  for (const [field, value] of Object.entries(odd)) {
    const {conversation, problems} = readConversation({...FULL, lastMessage: {...MESSAGE, [field]: value}});
    const {[field as keyof LastMessage]: _, ...rest} = MESSAGE;
    assert.deepEqual([conversation?.lastMessage, problems], [rest, ['lastMessage']]);
  }
});

test('validate: members that are none are left out', () => {
  const good = {name: 'Ada'};
  const {conversation} = readConversation({...FULL, members: [null, good, {name: 7}, 'Bo', {avatarUrl: {}}]});
  assert.deepEqual(conversation?.members, [good]);
});
