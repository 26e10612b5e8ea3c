import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {formatPreview, type PreviewOptions} from '../../src/format/preview.js';
import {en} from '../../src/locales/en.js';
import type {Conversation, LastMessage} from '../../src/model/conversation.js';

const of = (facts: Partial<Conversation>, options?: PreviewOptions) =>
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
    options,
  );

const said = (message: Partial<LastMessage>): Partial<Conversation> => ({
  lastMessage: {type: 'text', state: 'normal', text: 'Hi', ...message},
});

describe('formatPreview', () => {
  it('puts a draft before the message, unless the conversation is open or the draft blank', () => {
    const both = {...said({}), draft: {text: ' I will\nsoon '}};
    assert.deepEqual(of(both), {kind: 'draft', prefix: 'Draft', text: 'I will soon'});
    assert.deepEqual(of(both, {open: true}), {kind: 'message', prefix: '', text: 'Hi'});
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
      if (type !== 'system') assert.equal(of(said({type})).text, en.withDetail(word, 'Hi'));
    }
    for (const type of ['dance', '', '__proto__', 'constructor', 'toString']) {
      assert.equal(of({lastMessage: {type, state: 'normal'}}).text, 'Message');
      assert.equal(of(said({type})).text, 'Hi');
    }
    assert.equal(of({lastMessage: {type: 'text', state: 'normal'}}).text, '');
  });

  it('says what is known of it: a length, a file’s name, a caption', () => {
    const text = (message: Partial<LastMessage>) => of({lastMessage: {type: 'text', state: 'normal', ...message}}).text;
    const {voice = '', video = '', file = '', call = '', image = ''} = en.messageTypes;
    assert.equal(text({type: 'voice', durationMs: 12_400}), en.withDetail(voice, '0:12'));
    assert.equal(text({type: 'voice', durationMs: 12_400, text: 'A transcript'}), en.withDetail(voice, '0:12'));
    assert.equal(text({type: 'call', durationMs: 3_723_000}), en.withDetail(call, '1:02:03'));
    assert.equal(text({type: 'video', durationMs: 65_000}), en.withDetail(video, '1:05'));
    assert.equal(text({type: 'video', durationMs: 65_000, text: 'Look'}), en.withDetail(video, 'Look'));
    assert.equal(text({type: 'image', text: 'The lake'}), en.withDetail(image, 'The lake'));
    assert.equal(text({type: 'file', fileName: 'plan.pdf', text: 'Here'}), en.withDetail(file, 'plan.pdf'));
    assert.equal(text({type: 'file', fileName: ' \u202e', text: 'plan.pdf'}), en.withDetail(file, 'plan.pdf'));
    assert.equal(text({type: 'text', fileName: 'plan.pdf', durationMs: 5, text: 'Hi'}), 'Hi');
  });

  it('gives a notice of the service without a sender', () => {
    const notice = said({type: 'system', text: 'Ana joined', senderName: 'Ana', isOwn: true});
    assert.deepEqual(of({type: 'group', ...notice}), {kind: 'notice', prefix: '', text: 'Ana joined'});
    assert.notEqual(of(said({type: 'system', text: ''})).text, '');
  });

  it('puts who is typing before all else', () => {
    const all = {...said({}), draft: {text: 'I will'}};
    assert.deepEqual(of({...all, typing: ['Ana']}), {kind: 'typing', prefix: '', text: en.typingOne});
    const group = (...typing: string[]) => of({...all, type: 'group', typing}).text;
    assert.equal(group('Ana'), en.typing(['Ana']));
    assert.equal(group('Ana', 'Ben'), en.typing(['Ana', 'Ben']));
    assert.equal(group('Ana', ' \u202e', 'Ben', 'Cem'), en.typing(['Ana', 'Ben', 'Cem']));
    assert.equal(new Set([group('Ana'), group('Ana', 'Ben'), group('Ana', 'Ben', 'Cem')]).size, 3);
    assert.equal(group(''), en.typingOne);
    assert.equal(of({...all, typing: []}).kind, 'draft');
    assert.ok(group(...Array<string>(100_000).fill('x'.repeat(500))).length < 2000);
  });

  it('is the app’s where it formats the type, and the built-in one where that gives nothing', () => {
    const format: PreviewOptions['format'] = (message, {title}) => (message.type === 'dance' ? ` ${title}\ndances\u202e ` : '');
    assert.deepEqual(of(said({type: 'dance', isOwn: true}), {format}), {kind: 'message', prefix: 'You', text: 'A dances'});
    assert.equal(of(said({type: 'dance', state: 'failed'}), {format}).text, 'A dances');
    assert.equal(of(said({type: 'dance', state: 'recalled'}), {format}).text, en.recalled);
    assert.equal(of(said({}), {format}).text, 'Hi');
    assert.equal(of(said({}), {format: () => 7 as never}).text, 'Hi');
  });

  it('is clean', () => {
    const {text} = of(said({text: `\u202e${'a\u0301'.repeat(9)}\n\ud800${'x'.repeat(9000)}`}));
    assert.ok(text.isWellFormed());
    assert.equal(text.length, 512);
    assert.doesNotMatch(text, /[\u202e\n]/);
  });
});
