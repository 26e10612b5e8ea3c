import {expect} from '@open-wc/testing';
import type {Conversation} from '../../src/model/conversation.js';
import {conversation, conversations, message} from './support/conversations.js';
import {grid, settle} from './support/list-page.js';
import {listen} from './support/listen.js';
import {ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView, rowOf} from './support/rows.js';

describe('wrong values', () => {
  describe('a field of the wrong type', () => {
    const WRONG: readonly unknown[] = [null, undefined, 7, NaN, -1, 'text', true, {}, [], [null], () => 1, Symbol('s'), 10n];
    const FIELDS = [
      ...['type', 'title', 'avatarUrl', 'orderKey', 'activeAt', 'pinned', 'hidden', 'unreadCount', 'mention', 'presence'],
      ...['typing', 'notify', 'marks', 'groups', 'draft', 'lastMessage', 'readUpTo', 'customData', 'targetId', 'native'],
    ];
    for (const field of FIELDS) {
      it(`${field}: the row shows all the same`, async () => {
        const source = new ManualSource();
        const {list} = await listen(source);
        const rows = WRONG.map((value, i) => ({...conversation(`c${i}`, {orderKey: BigInt(100 - i)}), [field]: value}));
        source.last.give([...rows, conversation('good', {orderKey: 1n})] as Conversation[], true);
        await settle();
        const all = [...(list.snapshot?.rows ?? [])].map(({id}) => id);
        // `hidden: true` is no wrong value: the list does as it says.
        const hidden = field === 'hidden' ? ['c6'] : [];
        const wanted = [...WRONG.keys()].map((i) => `c${i}`).concat('good');
        expect(all).to.have.members(wanted.filter((id) => !hidden.includes(id)));
        expectWhole(list);
        grid(list).scrollTop = 1e6;
        await settle();
        for (const row of drawn(list)) {
          expect(row.title, row.id).not.to.equal('');
          expect(row.badge, row.id).to.match(/^(\d{1,2}\+?|dot|)$/);
          expect(row.label, row.id).not.to.match(/NaN|undefined|null|\[object/);
        }
        expectWhole(list);
      });
    }

    it('in the last message or the draft leaves the rest of it', async () => {
      const source = new ManualSource();
      const {list} = await listen(source);
      const odd = {...message('Hello'), sentAt: 'yesterday', senderName: 7, isOwn: 'yes', state: 'odd'};
      source.last.give(
        [
          conversation('a', {orderKey: 2n, lastMessage: odd as never}),
          conversation('b', {orderKey: 1n, draft: {text: 7} as never, lastMessage: message('Hi')}),
        ],
        true,
      );
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('Hello');
      expect(rowOf(list, 'b').preview).to.equal('Hi');
    });

    it('told once for each kind, however many there are', async () => {
      const source = new ManualSource();
      const {errors} = await listen(source);
      source.last.give(conversations(100, () => ({title: 7 as never, unreadCount: NaN})), true);
      await settle();
      source.upsert(...conversations(100, () => ({title: 8 as never})));
      await settle();
      expect(errors).to.deep.equal(['data invalid-data', 'data invalid-data']);
    });

    it('that throws when it is read leaves the others', async () => {
      const source = new ManualSource();
      const {list, errors} = await listen(source);
      const trap = conversation('trap');
      Object.defineProperty(trap, 'title', {
        get() {
          throw new Error('trap');
        },
      });
      source.last.give([trap, conversation('good', {orderKey: 1n})], true);
      await settle();
      expect(idsInView(list)).to.include('good');
      expect(new Set(errors)).to.deep.equal(new Set(['data invalid-data']));
    });
  });
});
