import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {formatPreview} from '../../src/format/preview.js';
import {en} from '../../src/locales/en.js';
import type {Conversation, LastMessage} from '../../src/model/conversation.js';

const of = (facts: Partial<Conversation>, open = false) =>
  formatPreview(
    {
      id: 'a',
      type: 'direct',
      title: 'A',
      orderKey: 0n,
      pinned: false,
      unreadCount: 0,
      notify: 'all',
      marks: [],
      groups: [],
      ...facts,
    },
    en,
    open,
  );

const said = (message: Partial<LastMessage>): Partial<Conversation> => ({
  lastMessage: {type: 'text', state: 'normal', text: 'Hi', ...message},
});

describe('formatPreview', () => {
  it('puts a draft before the message, unless the conversation is open or the draft blank', () => {
    const both = {...said({}), draft: {text: ' I will\nsoon '}};
    assert.deepEqual(of(both), {kind: 'draft', prefix: 'Draft', text: 'I will soon'});
    assert.deepEqual(of(both, true), {kind: 'message', prefix: '', text: 'Hi'});
    assert.deepEqual(of({...said({}), draft: {text: ' \n '}}), {kind: 'message', prefix: '', text: 'Hi'});
  });

  it('tells an unknown last message from one that is known not to be', () => {
    assert.deepEqual(of({}), {kind: 'none', prefix: '', text: ''});
    assert.deepEqual(of({lastMessage: null}), {kind: 'none', prefix: '', text: 'No messages yet'});
  });

  it('says who says it: oneself always, others in groups', () => {
    assert.equal(of(said({isOwn: true, senderName: 'Ana'})).prefix, 'You');
    assert.equal(of({type: 'group', ...said({senderName: 'Ana'})}).prefix, 'Ana');
    for (const type of ['direct', 'channel', 'system', 'unknown'] as const) {
      assert.equal(of({type, ...said({senderName: 'Ana'})}).prefix, '');
    }
    assert.equal(of({type: 'group', ...said({senderName: `\u202e${'x'.repeat(500)}`})}).prefix.length, 64);
  });

  it('says what became of it', () => {
    const states = ['recalled', 'deleted', 'failed', 'sending'] as const;
    assert.deepEqual(
      states.map((state) => of({type: 'group', ...said({state, senderName: 'Ana'})})),
      [
        {kind: 'notice', prefix: 'Ana', text: 'Message recalled'},
        {kind: 'notice', prefix: 'Ana', text: 'Message deleted'},
        {kind: 'failed', prefix: 'Not sent', text: 'Hi'},
        {kind: 'sending', prefix: 'Sending', text: 'Hi'},
      ],
    );
  });

  it('says what kind it is', () => {
    for (const [type, word] of Object.entries(en.messageTypes)) {
      assert.equal(of({lastMessage: {type, state: 'normal'}}).text, word);
      assert.equal(of(said({type})).text, `${word} Hi`);
    }
    for (const type of ['dance', '', '__proto__', 'constructor', 'toString']) {
      assert.equal(of({lastMessage: {type, state: 'normal'}}).text, 'Message');
      assert.equal(of(said({type})).text, 'Hi');
    }
    assert.equal(of({lastMessage: {type: 'text', state: 'normal'}}).text, '');
  });

  it('is clean', () => {
    const {text} = of(said({text: `\u202e${'a\u0301'.repeat(9)}\n\ud800${'x'.repeat(9000)}`}));
    assert.ok(text.isWellFormed());
    assert.equal(text.length, 512);
    assert.doesNotMatch(text, /[\u202e\n]/);
  });
});
