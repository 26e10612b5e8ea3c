import {expect} from '@open-wc/testing';
import {en} from '../../src/locales/en.js';
import type {Conversation} from '../../src/model/conversation.js';
import {conversation, message} from './support/conversations.js';
import {mount, settle, textOf, type MountOptions} from './support/list-page.js';
import {drawn, rowOf, rowPart, type DrawnRow} from './support/rows.js';

/** The row of a conversation with these facts. */
async function row(facts: Partial<Conversation>, options: MountOptions = {}): Promise<DrawnRow> {
  return rowOf(await mount({conversations: [conversation('a', facts)], ...options}), 'a');
}

const said = (text: string, facts: Partial<NonNullable<Conversation['lastMessage']>> = {}) => ({
  lastMessage: message(text, facts),
});

describe('a row', () => {
  describe('avatar', () => {
    const cases: readonly [name: string, initials: string][] = [
      ['Ana Bell', 'AB'],
      ['Иван Петров', 'ИП'],
      ['王小明', '王'],
      ['محمد علي', 'م\u200cع'],
      ['🎉🎉', '🎉'],
    ];
    for (const [title, initials] of cases) {
      it(`stands for "${title}" with "${initials}"`, async () => {
        expect(textOf(rowPart(await row({title}), 'avatar'))).to.equal(initials);
      });
    }

    it('keeps its colour when the name changes, and differs between conversations', async () => {
      const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => conversation(id));
      const list = await mount({conversations: people});
      const colours = () => drawn(list).map((r) => getComputedStyle(rowPart(r, 'avatar') as Element).backgroundColor);
      const before = colours();
      expect(new Set(before).size).to.be.greaterThan(2);
      list.conversations = people.map((c) => ({...c, title: 'Renamed'}));
      await settle();
      expect(colours()).to.deep.equal(before);
    });

    it('is not spoken', async () => {
      expect(rowPart(await row({}), 'avatar')?.getAttribute('aria-hidden')).to.equal('true');
    });
  });

  describe('title', () => {
    it('is the conversation’s', async () => {
      expect((await row({title: 'Ana Bell'})).title).to.equal('Ana Bell');
    });

    it('is the target’s id where the name is blank, and visible where that is blank too', async () => {
      expect((await row({title: ' \u200b ', targetId: 'ana-7'})).title).to.equal('ana-7');
      expect((await row({title: '', targetId: '\u2800'})).title).to.equal('Unnamed conversation');
    });

    it('is text, whatever it holds', async () => {
      const title = '<img src=x onerror=alert(1)>';
      const {element} = await row({title});
      expect(element.querySelector('img')).to.equal(null);
      expect(textOf(rowPart(await row({title}), 'title'))).to.equal(title);
    });

    it('that turns the direction leaves its neighbours alone', async () => {
      const drawnRow = await row({title: '\u202Eevil', ...said('hello', {sentAt: Date.now()})});
      const time = rowPart(drawnRow, 'time') as HTMLElement;
      const range = document.createRange();
      const text = time.firstChild as Text;
      const x = (from: number): number => {
        range.setStart(text, from);
        range.setEnd(text, from + 1);
        return range.getBoundingClientRect().left;
      };
      expect(x(0)).to.be.lessThan(x(text.length - 1));
      expect(drawnRow.label).not.to.contain('\u202E');
    });
  });

  describe('preview', () => {
    it('is the last message', async () => {
      expect((await row(said('See you'))).preview).to.equal('See you');
    });

    it('is a draft before the message', async () => {
      const {preview, element} = await row({draft: {text: 'I will'}, ...said('See you')});
      expect(preview).to.equal('Draft: I will');
      const prefix = element.querySelector('[part="prefix"]') as Element;
      expect(getComputedStyle(prefix).color).not.to.equal(getComputedStyle(element).color);
    });

    it('is the message where the conversation is the open one: the draft is in its composer', async () => {
      const list = await mount({
        conversations: [conversation('a', {draft: {text: 'I will'}, ...said('See you')})],
        selectedId: 'a',
      });
      expect(rowOf(list, 'a').preview).to.equal('See you');
      list.selectedId = undefined;
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('Draft: I will');
    });

    it('names the sender in groups only', async () => {
      expect((await row({type: 'group', ...said('Hi', {senderName: 'Ben'})})).preview).to.equal('Ben: Hi');
      expect((await row({type: 'direct', ...said('Hi', {senderName: 'Ben'})})).preview).to.equal('Hi');
      expect((await row({type: 'group', ...said('Hi')})).preview).to.equal('Hi');
    });

    it('says whose an own message is', async () => {
      expect((await row(said('Hi', {isOwn: true, senderName: 'Me'}))).preview).to.equal('You: Hi');
      expect((await row({type: 'group', ...said('Hi', {isOwn: true, senderName: 'Me'})})).preview).to.equal('You: Hi');
    });

    it('says what became of a message', async () => {
      expect((await row(said('Secret', {state: 'recalled'}))).preview).to.equal('Message recalled');
      expect((await row(said('Secret', {state: 'deleted'}))).preview).to.equal('Message deleted');
      expect((await row(said('Hi', {state: 'failed', isOwn: true}))).preview).to.equal('Not sent: Hi');
      expect((await row(said('Hi', {state: 'sending', isOwn: true}))).preview).to.equal('Sending: Hi');
      const inGroup = {type: 'group', ...said('Secret', {state: 'recalled', senderName: 'Ben'})} as const;
      expect((await row(inGroup)).preview).to.equal('Ben: Message recalled');
    });

    it('says what kind a message is', async () => {
      const of = async (type: string, text?: string) =>
        (await row({lastMessage: {type, state: 'normal', ...(text !== undefined && {text})}})).preview;
      expect(await of('image')).to.equal('Photo');
      expect(await of('file', 'plan.pdf')).to.equal(en.withDetail('File', 'plan.pdf'));
      expect(await of('voice', '0:12')).to.equal(en.withDetail('Voice message', '0:12'));
      expect(await of('dance')).to.equal('Message');
      expect(await of('dance', 'Tango')).to.equal('Tango');
      expect(await of('constructor')).to.equal('Message');
    });

    it('says that there is none, and says nothing where that is not known', async () => {
      expect((await row({lastMessage: null})).preview).to.equal('No messages yet');
      const {lastMessage: _, ...unknown} = conversation('a');
      expect(rowOf(await mount({conversations: [unknown]}), 'a').preview).to.equal('');
    });

    it('is one line, and cut at its own end in both directions', async () => {
      for (const text of ['word '.repeat(80), 'كلمة '.repeat(80)]) {
        const drawnRow = await row(said(`${text}\nmore`));
        const preview = rowPart(drawnRow, 'preview') as HTMLElement;
        expect(preview.getBoundingClientRect().height).to.be.lessThan(30);
        expect(preview.scrollWidth).to.be.at.most(preview.clientWidth + 1);
        const box = drawnRow.element.getBoundingClientRect();
        expect(preview.getBoundingClientRect().right).to.be.at.most(box.right);
      }
    });
  });

  describe('time', () => {
    const HOUR = 3_600_000;

    it('is the clock today, with the moment in full and for machines', async () => {
      const sentAt = Date.now();
      const drawnRow = await row(said('Hi', {sentAt}));
      const clock = new Intl.DateTimeFormat('en', {hour: 'numeric', minute: '2-digit'}).format(sentAt);
      expect(drawnRow.time).to.equal(clock.replace(/\s/g, ' '));
      const time = rowPart(drawnRow, 'time') as HTMLTimeElement;
      expect(time.localName).to.equal('time');
      expect(time.dateTime).to.equal(new Date(sentAt).toISOString());
      time.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
      expect(time.title).to.contain(String(new Date(sentAt).getFullYear()));
    });

    it('is a day or a date for what is older', async () => {
      const noon = new Date().setHours(12, 0, 0, 0);
      expect((await row(said('Hi', {sentAt: noon - 24 * HOUR}))).time).to.equal('Yesterday');
      const weekday = new Intl.DateTimeFormat('en', {weekday: 'short'}).format(noon - 72 * HOUR);
      expect((await row(said('Hi', {sentAt: noon - 72 * HOUR}))).time).to.equal(weekday);
      expect((await row(said('Hi', {sentAt: noon - 1000 * 24 * HOUR}))).time).to.match(/^\d+\/\d+\/\d{4}$/);
    });

    it('is that of the last activity where there is no message, and empty where there is none', async () => {
      expect((await row({activeAt: Date.now()})).time).not.to.equal('');
      const drawnRow = await row({});
      expect(drawnRow.time).to.equal('');
    });
  });

  describe('badge', () => {
    it('counts what is unread, up to 99', async () => {
      expect((await row({unreadCount: 0})).badge).to.equal('');
      expect((await row({unreadCount: 7})).badge).to.equal('7');
      expect((await row({unreadCount: 99})).badge).to.equal('99');
      expect((await row({unreadCount: 100})).badge).to.equal('99+');
    });

    it('is a plain dot where muted, or marked unread by hand', async () => {
      expect((await row({unreadCount: 7, notify: 'silent'})).badge).to.equal('dot');
      expect((await row({marks: ['unread']})).badge).to.equal('dot');
      expect((await row({marks: ['unread'], unreadCount: 3})).badge).to.equal('3');
    });
  });

  it('shows that it is pinned, muted, mentioned, and in its parts too', async () => {
    const shown = (drawnRow: DrawnRow) =>
      ['pinned-icon', 'muted-icon', 'mention'].filter((name) => rowPart(drawnRow, name) !== undefined);
    const plain = await row({});
    expect(shown(plain)).to.deep.equal([]);
    expect(plain.states).to.deep.equal([]);
    const full = await row({pinned: true, notify: 'off', mention: 'me', unreadCount: 0}, {selectedId: 'a'});
    expect(shown(full)).to.deep.equal(['pinned-icon', 'muted-icon', 'mention']);
    expect(full.states).to.have.members(['pinned', 'muted', 'mention', 'selected']);
    expect((await row({unreadCount: 2})).states).to.deep.equal(['unread']);
  });

  it('leaves the pin out while something is unread', async () => {
    const drawnRow = await row({pinned: true, unreadCount: 2});
    expect(rowPart(drawnRow, 'pinned-icon')).to.equal(undefined);
    expect(drawnRow.states).to.include('pinned');
  });

  it('is the current one while it is the open one', async () => {
    const list = await mount({conversations: [conversation('a'), conversation('b')], selectedId: 'b'});
    const current = () => drawn(list).filter(({element}) => element.getAttribute('aria-current') === 'true');
    expect(current().map(({id}) => id)).to.deep.equal(['b']);
    list.selectedId = 'a';
    await settle();
    expect(current().map(({id}) => id)).to.deep.equal(['a']);
    expect(list.shadowRoot?.querySelector('[aria-selected]')).to.equal(null);
  });

  describe('spoken label', () => {
    it('is one sentence, name first', async () => {
      const sentAt = new Date().setHours(12, 0, 0, 0) - 24 * 3_600_000;
      const facts: Partial<Conversation> = {
        title: 'Climbers',
        type: 'group',
        unreadCount: 3,
        mention: 'both',
        pinned: true,
        notify: 'silent',
        ...said('Who comes?', {senderName: 'Ben', sentAt}),
      };
      expect((await row(facts)).label).to.equal(
        'Climbers, 3 unread messages, you were mentioned, everyone was mentioned, Ben: Who comes?, pinned, muted, Yesterday',
      );
      expect((await row({title: 'Ana', unreadCount: 1, lastMessage: null}, {selectedId: 'a'})).label).to.equal(
        'Ana, open, 1 unread message, No messages yet',
      );
      expect((await row({title: 'Ana', marks: ['unread']})).label).to.contain('marked as unread');
    });

    it('tells the number that a dot hides', async () => {
      expect((await row({unreadCount: 250, notify: 'silent'})).label).to.contain('250 unread messages');
    });
  });
});
