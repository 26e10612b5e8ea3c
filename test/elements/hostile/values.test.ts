import {expect} from '@open-wc/testing';
import type {Conversation} from '../../../src/model/conversation.js';
import {conversation, message} from '../support/conversations.js';
import {grid, inState, mount, settle} from '../support/list-page.js';
import {listen} from '../support/listen.js';
import {ManualSource} from '../support/manual-source.js';
import {rowsOf, lowList, painted} from './places.js';

/** Rows with one field set to each value, in this order; all are drawn. */
async function drawnWith(field: keyof Conversation, values: readonly unknown[]): Promise<HTMLElement[]> {
  const source = new ManualSource();
  const list = lowList(values.length, {source});
  await painted();
  source.last.give(values.map((value, i) => ({...conversation(`c${i}`, {orderKey: BigInt(-i)}), [field]: value})), true);
  await painted();
  const rows = rowsOf(list);
  list.parentElement?.remove();
  return values.map((_, i) => rows.get(`c${i}`) as HTMLElement);
}

const COUNTS: readonly unknown[] = [
  ...[0, -0, 1, 2, 9, 10, 50, 98, 99, 99.5, 100, 101, 999, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53],
  ...[2 ** 53 + 2, 1e21, Number.MAX_VALUE],
  ...[0.4, 1.5, 98.9, -1, -1.5, -(2 ** 31), -1e21, NaN, Infinity, -Infinity, Number.MIN_VALUE, '7', '', '99+', null],
  ...[undefined, true, {}, [7], 10n],
];

const TIMES: readonly unknown[] = [
  ...[NaN, Infinity, -Infinity, -1, -86_400_000, 0, 1.5, 8.64e15, -8.64e15, 8.64e15 + 1, -8.64e15 - 1],
  ...[Date.UTC(275_760, 8, 12), 1e300, 4e12],
  ...['2024-05-15', 'yesterday', '', '1715774400000', 1_715_774_400_000n, null, undefined, true, {}, []],
  ...[new Date(NaN), new Date(0), -62_135_596_800_001],
];

const IDS = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', ' '],
  ...['\t', '\n', '\u0000', '\u200b'],
  ...['"', "'", '\\', "']", '"] *', '#a', '.a', 'a b', '<b>', '&amp;', '%00', '%', '../..', '?x=1', 'c2c_user'],
  ...['@TGS#_1', '!room:server', 'NaN'],
  ...['0', '00', '-1', '1e3', 'null', 'undefined', 'a'.repeat(10_000), `${'a'.repeat(10_000)}b`, '\ud800', '\ud801', '\u202e', 'é', 'e\u0301', '字', '👨‍👩‍👧'],
];

describe('odd values', () => {
  it(`${COUNTS.length} unread counts: what the badge shows and what the label says agree`, async () => {
    expect(COUNTS.length).to.be.at.least(40);
    const rows = await drawnWith('unreadCount', COUNTS);
    rows.forEach((row, i) => {
      const note = String(COUNTS[i]);
      const badge = row.querySelector<HTMLElement>('[part~="badge"]:not([hidden])');
      const shown = badge?.textContent ?? '';
      const said = /([\d,]+) unread messages?\b/.exec(row.ariaLabel ?? '')?.[1]?.replaceAll(',', '');
      expect(shown, note).to.match(/^(|[1-9]\d?|99\+)$/);
      expect(badge?.className ?? 'badge', note).to.equal('badge');
      expect(row.ariaLabel, note).not.to.match(/NaN|Infinity|undefined|null|-\d|\de\+|\[object/);
      if (shown === '') expect(said, note).to.equal(undefined);
      else if (shown === '99+') expect(Number(said), note).to.be.within(100, 2 ** 31 - 1);
      else expect(said, note).to.equal(shown);
      expect(row.part.contains('unread'), note).to.equal(shown !== '');
      const count = COUNTS[i];
      const right = typeof count === 'number' && count >= 1 ? (count >= 100 ? '99+' : String(Math.floor(count))) : '';
      expect(shown, note).to.equal(right);
    });
  });

  for (const field of ['activeAt', 'lastMessage', 'draft'] as const) {
    it(`${TIMES.length} times in ${field}: told as a date or not at all`, async () => {
      const holding = {
        activeAt: (at: unknown) => at,
        draft: (at: unknown) => ({text: 'x', editedAt: at}),
        lastMessage: (at: unknown) => message('x', {sentAt: at as number}),
      };
      const rows = await drawnWith(field, TIMES.map(holding[field]));
      rows.forEach((row, i) => {
        const note = String(TIMES[i]);
        const time = row.querySelector('time') as HTMLTimeElement;
        for (const text of [time.textContent, time.title, time.dateTime, row.ariaLabel]) {
          expect(text, note).not.to.match(/Invalid|NaN|undefined|null|Infinity/);
        }
        const at = TIMES[i];
        const good = field !== 'draft' && typeof at === 'number' && Math.abs(at) <= 8.64e15;
        expect(time.textContent !== '', note).to.equal(good);
        if (good) expect(Math.abs(Date.parse(time.dateTime) - at), note).to.be.lessThan(1);
      });
    });
  }

  it('order keys as bigint, safe integer or digits sort as what they mean; others are refused with an error', async () => {
    const good: readonly unknown[] = [
      ...[2n ** 64n - 1n, '18446744073709551614', 2n ** 62n, '4611686018427387903', 2 ** 53 - 1],
      ...['9007199254740990', 5, '4', '003', 2n, 1, '-1', -2, '-3', -(2n ** 63n)],
    ];
    const refused: readonly unknown[] = [
      ...[2 ** 53, 1e21, 1.5, NaN, Infinity, '', ' 5', '5n', '0x10', '1e3', '1'.repeat(21), '9'.repeat(20), 2n ** 64n],
      ...[null, {}, [], true, undefined],
    ];
    const ids = good.map((_, i) => `g${String(i).padStart(2, '0')}`);
    const source = new ManualSource();
    const {list, errors} = await listen(source);
    const ordered = good.map((orderKey, i) => ({...conversation(ids[i] as string), orderKey}));
    const shuffled = [0, 1, 2].flatMap((rest) => ordered.filter((_, i) => i % 3 === rest));
    source.last.give(shuffled as Conversation[], true);
    await settle();
    expect([...(list.snapshot?.rows ?? [])].map(({id}) => id)).to.deep.equal(ids);
    for (const [i, orderKey] of refused.entries()) {
      const one = new ManualSource();
      const told: string[] = [];
      const other = await mount({
        source: one,
        before: (l) => l.addEventListener('im-error', ({error}) => told.push(`${error.code} ${error.message}`)),
      });
      one.last.give([{...conversation(`r${i}`), orderKey} as Conversation, conversation('z', {orderKey: 1n})], true);
      await settle();
      // Shown all the same, at the place of no key, and told by the field's name.
      expect([...(other.snapshot?.rows ?? [])].map(({id}) => id), String(orderKey)).to.deep.equal(['z', `r${i}`]);
      expect(told.length, String(orderKey)).to.equal(1);
      expect(told[0], String(orderKey)).to.match(/^invalid-data .*\borderKey\b/);
      other.parentElement?.remove();
    }
    expect(new Set(errors)).to.deep.equal(new Set(['data invalid-data']));
  });

  it('a field that is missing, each in turn, leaves the row', async () => {
    const whole: Required<Conversation> = {
      ...{...conversation('x'), targetId: 't', avatarUrl: 'a', activeAt: 1, hidden: false, unreadIsLowerBound: true},
      ...{mention: 'me', presence: 'away', typing: ['Ana'], draft: {text: 'd'}, lastMessage: message('hello'), readUpTo: 1, customData: 'c', native: {}},
      ...{members: [{name: 'Ana'}, {name: 'Ben'}], verified: true, tags: ['work']},
    };
    const fields = Object.keys(whole).filter((field) => field !== 'id') as (keyof Conversation)[];
    expect(fields.length).to.be.at.least(15);
    const rows = fields.map((field, i) => {
      const {[field]: _, ...rest} = {...whole, id: `c${i}`};
      return rest as Conversation;
    });
    const list = lowList(rows.length, {conversations: rows});
    await painted();
    const drawn = rowsOf(list);
    expect(drawn.size).to.equal(rows.length);
    for (const row of drawn.values()) {
      expect(row.querySelector('.title')?.textContent).not.to.equal('');
      expect(row.ariaLabel).not.to.match(/NaN|undefined|null|\[object/);
    }
    list.parentElement?.remove();
  });

  it(`${IDS.length} ids are stored, drawn, selected, scrolled to and removed like others`, async () => {
    expect(new Set(IDS).size).to.be.at.least(30);
    const source = new ManualSource();
    const {list} = await listen(source);
    source.last.give(IDS.map((id, i) => conversation(id, {orderKey: BigInt(-i), title: `T${i}`})), true);
    await settle();
    const ids = () => [...(list.snapshot?.rows ?? [])].map(({id}) => id);
    expect(ids()).to.deep.equal(IDS);
    for (const [i, id] of IDS.entries()) {
      expect(list.snapshot?.rows.indexOf(id)).to.equal(i);
      list.selectedId = id;
      expect(await list.scrollToConversation(id)).to.equal(true);
      await settle();
      const current = [...(list.shadowRoot as ShadowRoot).querySelectorAll('[aria-current="true"]:not([hidden]) .title')];
      expect(current.map(({textContent}) => textContent), JSON.stringify(id).slice(0, 40)).to.deep.equal([`T${i}`]);
    }
    grid(list).scrollTop = 0;
    const left = [...IDS];
    for (const id of IDS) {
      source.remove(id);
      left.shift();
      await settle();
      expect(list.snapshot?.rows.get(id)?.id).to.equal(undefined);
      expect(list.snapshot?.rows.length).to.equal(left.length);
    }
    await settle();
    expect(inState(list, 'empty')).to.equal(true);
  });
});
