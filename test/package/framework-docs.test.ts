import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {readConversation} from '../../src/model/validate.js';
import {toConversation} from './support/from-vue-advanced-chat.js';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/frameworks.md', ROOT), 'utf8');

/** The files that code is quoted from; that it is, scripts/docs-blocks.mjs tests. */
const quoted = [...page.matchAll(/^From \[([^\]]+)\].*:\n\n```\w+$/gm)].map(([, file = '']) => file);

describe('docs/migration.md', () => {
  it('turns rooms of vue-advanced-chat into conversations by code that compiles', () => {
    const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(new URL('docs/migration.md', ROOT), 'utf8')) ?? [];
    const compiled = readFileSync(new URL('support/from-vue-advanced-chat.ts', import.meta.url), 'utf8');
    assert.equal(compiled.replace('../../../src/index.js', 'im-conversation-list'), code);
  });

  it('gives conversations that a list takes', () => {
    const users = ['me', 'ada'].map((_id) => ({_id, username: _id}));
    const lastMessage = {content: 'Hello', senderId: 'me', seen: true};
    const room = {roomId: '1', roomName: 'Ada', avatar: '', unreadCount: 2, users, lastMessage};
    const conversation = toConversation(room, 5, 'me');
    assert.deepEqual(readConversation(conversation).problems, []);
    assert.deepEqual([conversation.type, conversation.orderKey, conversation.unreadCount], ['direct', 5n, 2]);
    assert.deepEqual([conversation.lastMessage?.isOwn, conversation.lastMessage?.deliveryState], [true, 'read']);
  });
});

describe('docs/frameworks.md', () => {
  it('quotes an app of each framework', () => {
    const apps = new Set(quoted.map((file) => file.split('/')[1]));
    assert.deepEqual([...apps].sort(), ['angular', 'plain', 'preact', 'react', 'solid', 'svelte', 'vue']);
  });

  it('names only files that are there', () => {
    const links = [...page.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, path = '']) => path);
    assert.deepEqual(links.filter((path) => !existsSync(new URL(path, new URL('docs/', ROOT)))), []);
  });
});
