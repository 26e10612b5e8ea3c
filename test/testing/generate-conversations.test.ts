import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {readConversation, type Conversation} from '../../src/model/index.js';
import {MemorySource} from '../../src/sources/memory.js';
import {
  generateConversation,
  generateConversations,
  generateMessage,
} from '../../src/testing/generate-conversations.js';
import {Random, subSeed} from '../../src/testing/random.js';

const NOW = Date.UTC(2025, 5, 1);
const many = generateConversations(20_000, {now: NOW});

/** Which values a fact takes, and how often. */
function tally(fact: (c: Conversation) => unknown): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const c of many) counts.set(fact(c), (counts.get(fact(c)) ?? 0) + 1);
  return counts;
}

test('the same seed makes the same conversations, another seed others', () => {
  assert.deepEqual(generateConversations(200, {now: NOW}), generateConversations(200, {now: NOW, seed: 1}));
  const other = generateConversations(200, {now: NOW, seed: 2});
  const same = other.filter((c, i) => c.title === many[i]?.title).length;
  assert.ok(same < 20, `${same} of 200 titles are the same`);
});

test('a conversation does not depend on how many there are', () => {
  assert.deepEqual(generateConversations(50, {now: NOW}), many.slice(0, 50));
  assert.deepEqual(generateConversation(1_234, {now: NOW}), many[1_234]);
});

test('ids are unique, and every conversation is valid and frozen', () => {
  assert.equal(new Set(many.map(({id}) => id)).size, many.length);
  for (const c of many) {
    const {conversation, problems} = readConversation(c);
    assert.deepEqual([problems, conversation === c], [[], true]);
    for (const part of [c, c.marks, c.groups, c.draft, c.lastMessage, c.members, c.members?.[0], c.tags, c.typing]) assert.ok(Object.isFrozen(part));
    assert.ok((c.activeAt ?? 0) <= NOW);
  }
});

test('order keys are mostly their own, some shared, with pinning folded in', () => {
  const keys = new Set(many.map(({orderKey}) => orderKey)).size;
  assert.ok(keys > many.length * 0.95, `${keys} keys`);
  assert.ok(new Set(many.slice(0, 1_000).map(({orderKey}) => orderKey)).size < 1_000, 'some share one');
  const pinned = many.filter((c) => c.pinned);
  assert.deepEqual(pinned.map((c) => c.orderKey >> 62n), pinned.map(() => 1n));
  assert.ok(pinned.length >= 1 && pinned.length < 10);
  assert.ok(many.every((c) => c.pinned || c.orderKey <= BigInt(NOW)));
});

test('facts come in every variety, in a plausible measure', () => {
  const shares = (fact: (c: Conversation) => unknown, expected: readonly unknown[], least = 0.001): void => {
    const counts = tally(fact);
    for (const value of expected) {
      assert.ok((counts.get(value) ?? 0) >= many.length * least, `${String(value)}: ${counts.get(value)}`);
    }
  };
  shares((c) => c.type, ['direct', 'group', 'channel', 'system'], 0.02);
  shares((c) => c.notify, ['all', 'mentions', 'silent', 'off'], 0.02);
  shares((c) => c.presence, ['online', 'away', 'busy', 'offline', undefined], 0.04);
  shares((c) => c.mention, ['me', 'all', 'both', undefined], 0.0005);
  shares((c) => String(c.marks), ['', 'star', 'unread'], 0.01);
  shares((c) => String(c.groups), ['', 'family', 'work', 'projects', 'work,projects'], 0.02);
  shares((c) => c.lastMessage?.state, ['normal', 'recalled', 'failed', 'sending', 'deleted'], 0.004);
  const kinds = ['text', 'image', 'voice', 'file', 'video', 'location', 'sticker', 'call', 'contact', 'custom'];
  shares((c) => c.lastMessage?.type, kinds, 0.004);
  shares((c) => c.lastMessage?.deliveryState, ['sent', 'delivered', undefined], 0.02);
  shares((c) => c.members?.length, [undefined, 2, 3, 4, 5, 6], 0.01);
  shares((c) => c.verified, [undefined, true], 0.02);
  shares((c) => c.tags?.length, [undefined, 1, 2, 3], 0.01);
  shares((c) => c.typing?.length, [undefined, 1, 2, 3, 4], 0.0002);
  shares((c) => c.unreadIsLowerBound, [undefined, true], 0.005);
  shares((c) => c.type === 'group' && c.lastMessage?.type === 'system', [true], 0.002);
  shares((c) => c.lastMessage?.durationMs !== undefined, [true], 0.05);
  shares((c) => c.lastMessage?.fileName !== undefined, [true], 0.02);
  shares((c) => c.lastMessage === null, [true, false], 0.005);
  shares((c) => c.lastMessage?.isOwn, [true, false], 0.1);
  shares((c) => c.draft !== undefined, [true, false], 0.02);
  shares((c) => Math.min(5, String(c.unreadCount).length), [1, 2, 3, 4], 0.002);
  const unread = many.filter((c) => c.unreadCount > 0).length / many.length;
  assert.ok(unread > 0.15 && unread < 0.35, `${unread} unread`);
  assert.ok(many.some((c) => c.unreadCount > 9_999));
  assert.ok(many.every((c) => c.lastMessage?.isOwn !== true || c.unreadCount === 0));
  assert.ok(many.every((c) => !c.mention || c.unreadCount > 0));
});

test('times are of today, of this week, of months ago and of the year before, whether there are few or many', () => {
  const ages = many.map((c) => (NOW - (c.activeAt ?? 0)) / 86_400_000);
  const share = (from: number, to: number) => ages.filter((age) => age >= from && age < to).length / ages.length;
  assert.ok(share(0, 1) > 0.03 && share(0, 1) < 0.08, `${share(0, 1)} of a day`);
  assert.ok(share(1, 7) > 0.06 && share(1, 7) < 0.15, `${share(1, 7)} of the week`);
  assert.ok(share(30, 180) > 0.3, `${share(30, 180)} of months ago`);
  assert.ok(share(366, Infinity) > 0.02);
  for (const days of [1, 7, 30]) assert.ok(ages.slice(0, 50).some((age) => age > days), `${days}`);
});

test('thumbnails only if asked for, and only of what can be seen', () => {
  assert.ok(many.every(({lastMessage}) => lastMessage === null || !('thumbnailUrl' in (lastMessage ?? {}))));
  const pictured = generateConversations(500, {now: NOW, thumbnailUrl: (i) => `https://thumbs.test/${i}`});
  const types = new Set(pictured.flatMap(({lastMessage: m}) => (m?.thumbnailUrl ? [m.type] : [])));
  assert.deepEqual([...types].sort(), ['image', 'video']);
});

test('a few names are in two scripts, or in none', () => {
  assert.ok(many.some(({title}) => /\p{Script=Latin}.*\p{Script=Han}/u.test(title)));
  assert.ok(many.some(({title}) => !/\p{L}/u.test(title)));
});

test('neighbours have nothing in common', () => {
  let same = 0;
  for (let i = 1; i < many.length; i++) if (many[i]?.title === many[i - 1]?.title) same++;
  assert.ok(same / many.length < 0.02, `${same} neighbours have one title`);
});

test('names come in eight scripts', () => {
  for (const script of ['Latin', 'Han', 'Hiragana', 'Hangul', 'Arabic', 'Hebrew', 'Cyrillic', 'Devanagari']) {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
    assert.ok(many.slice(0, 300).some(({title}) => pattern.test(title)), script);
  }
  assert.ok(many.every(({title}) => title.trim() !== '' && title.isWellFormed()));
});

test('avatars only if asked for', () => {
  assert.ok(many.every((c) => !('avatarUrl' in c)));
  const [first, second] = generateConversations(2, {now: NOW, avatarUrl: (i) => `https://avatars.test/${i}`});
  assert.deepEqual([first?.avatarUrl, second?.avatarUrl], ['https://avatars.test/0', 'https://avatars.test/1']);
});

test('without now, the newest are recent, by one look at the clock', () => {
  const clock = mock.method(Date, 'now', () => NOW);
  generateConversations(9);
  clock.mock.restore();
  assert.equal(clock.mock.callCount(), 1);
  const newest = Math.max(...generateConversations(500).map((c) => c.activeAt ?? 0));
  assert.ok(newest <= Date.now() && newest > Date.now() - 86_400_000);
});

test('live messages fit their conversation, and a source takes them', () => {
  const random = new Random(5);
  const source = new MemorySource({conversations: many.slice(0, 200)});
  const types = new Set<string>();
  let mentions = 0;
  for (let i = 0; i < 2_000; i++) {
    const conversation = random.pick(many.slice(0, 200));
    const message = generateMessage(random, conversation, {now: NOW + i});
    assert.equal(message.conversationId, conversation.id);
    assert.equal(message.sentAt, NOW + i);
    assert.equal(message.text === undefined, message.type !== 'text' && message.type !== 'file');
    if (conversation.type === 'direct') {
      assert.deepEqual([message.senderName, message.senderId], [conversation.title, conversation.targetId]);
      assert.equal(message.mention, undefined);
    }
    types.add(message.type);
    if (message.mention) mentions++;
    const before = source.get(conversation.id)?.unreadCount ?? 0;
    source.receiveMessage(message);
    assert.equal(source.get(conversation.id)?.unreadCount, before + 1);
  }
  assert.ok(types.size > 8 && mentions > 10);
  assert.equal(source.size, 200);
});

test('live messages are written in the script of the title', () => {
  const random = new Random(1);
  const hebrew = many.find(({type, title}) => type === 'direct' && /\p{Script=Hebrew}/u.test(title)) ?? assert.fail();
  for (let i = 0; i < 50; i++) {
    const {type, text = ''} = generateMessage(random, hebrew);
    if (type === 'text') assert.match(text, /\p{Script=Hebrew}/u);
  }
});

test('random numbers are the same for a seed, even, and within their bounds', () => {
  const draw = (seed: number): number[] => {
    const random = new Random(seed);
    return Array.from({length: 1_000}, () => random.next());
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  const numbers = draw(3);
  assert.ok(numbers.every((n) => n >= 0 && n < 1));
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.05, `${mean}`);

  const random = new Random(1);
  const integers = Array.from({length: 1_000}, () => random.integer(-1, 3));
  assert.deepEqual([...new Set(integers)].sort((a, b) => a - b), [-1, 0, 1, 2, 3]);
  const weighted = Array.from({length: 1_000}, () => random.weighted([['a', 3], ['b', 1], ['never', 0]]));
  const a = weighted.filter((value) => value === 'a').length;
  assert.ok(a > 650 && a < 850 && !weighted.includes('never'), `${a}`);
  assert.deepEqual([random.chance(0), random.chance(1), random.pick(['only'])], [false, true, 'only']);
});

test('sub-seeds of neighbours differ in about half their bits', () => {
  let bits = 0;
  for (let i = 0; i < 1_000; i++) {
    let difference = (subSeed(1, i) ^ subSeed(1, i + 1)) >>> 0;
    for (; difference !== 0; difference &= difference - 1) bits++;
  }
  assert.ok(Math.abs(bits / 1_000 - 16) < 1, `${bits / 1_000} bits`);
});
