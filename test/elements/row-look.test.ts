import {expect, nextFrame} from '@open-wc/testing';
import {en} from '../../src/locales/en.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation, conversations, ids, message, topKey} from './support/conversations.js';
import {ArrayPages} from './support/manual-source.js';
import {grid, mount, part, settle, setStyle, textOf} from './support/list-page.js';
import {drawn, expectWhole, idsInView, inView, rowOf, rowPart} from './support/rows.js';

describe('the look of rows', () => {
  describe('density', () => {
    const heights = {default: 64, comfortable: 72, compact: 44} as const;
    for (const [density, height] of Object.entries(heights)) {
      it(`${density} gives rows of ${height} px`, async () => {
        const list = await mount({conversations: conversations(30), density: density as keyof typeof heights});
        expect(drawn(list).map((row) => row.height)).to.satisfy((all: number[]) => all.every((h) => h === height));
        expect(list.getAttribute('density')).to.equal(density);
        expectWhole(list);
      });
    }

    it('changes while the list is scrolled, and the same row stays on top', async () => {
      const list = await mount({conversations: conversations(500)});
      grid(list).scrollTop = 100 * 64;
      await settle();
      list.density = 'compact';
      await settle();
      expect(idsInView(list)[0]).to.equal('c100');
      expectWhole(list);
    });

    it('gives way to the custom property, in any unit', async () => {
      const list = await mount({conversations: conversations(30), density: 'compact'});
      list.style.setProperty('--im-conversation-list-row-height', '6rem');
      await settle();
      expect(inView(list).map(({height}) => height)[0]).to.equal(96);
      expect(idsInView(list).length).to.equal(6);
      expectWhole(list);
    });

    it('keeps title, preview and badge inside the row', async () => {
      const full = conversation('a', {title: 'Ängström Ẫ', unreadCount: 120, lastMessage: message('Qÿg')});
      for (const density of Object.keys(heights) as (keyof typeof heights)[]) {
        const list = await mount({conversations: [full], density});
        const row = rowOf(list, 'a');
        const box = row.element.getBoundingClientRect();
        for (const name of ['avatar', 'title', 'preview', 'badge', 'time']) {
          const inner = rowPart(row, name)?.getBoundingClientRect() as DOMRect;
          expect(inner.top, `${name} in ${density}`).to.be.at.least(box.top);
          expect(inner.bottom, `${name} in ${density}`).to.be.at.most(box.bottom);
        }
      }
    });
  });

  it('puts only rows in view into the document: at most 40 of 100,000', async () => {
    const list = await mount({source: new ArrayPages(conversations(100_000)), pageSize: 'all'});
    expect(list.snapshot?.rows.length).to.equal(100_000);
    const rows = () => list.shadowRoot?.querySelectorAll('[part~="row"]').length ?? 0;
    for (const top of [0, 64_000, 3_000_000, 6_400_000]) {
      grid(list).scrollTop = top;
      await settle();
      expectWhole(list, `at ${top}`);
      expect(rows(), `at ${top}`).to.be.within(8, 40);
    }
    expect(idsInView(list).at(-1)).to.equal('c99999');
  });

  it('shows what changed in a row and leaves the other rows alone', async () => {
    const all = conversations(20);
    const list = await mount({conversations: all});
    const touched = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const {target} of records) {
        const node = target instanceof Element ? target : target.parentElement;
        touched.add(node?.closest<HTMLElement>('[part~="row"]')?.dataset['id'] ?? 'outside');
      }
    });
    observer.observe(list.shadowRoot?.querySelector('.rows') as Element, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
    list.conversations = all.map((c) => (c.id === 'c3' ? {...c, unreadCount: 5} : c));
    await settle();
    observer.disconnect();
    expect(rowOf(list, 'c3').badge).to.equal('5');
    expect([...touched]).to.deep.equal(['c3']);
  });

  it('renders at most once a frame, however often the source speaks', async () => {
    const source = new MemorySource({conversations: conversations(50)});
    const list = await mount({source});
    let renders = 0;
    list.addController({hostUpdated: () => renders++});
    await nextFrame();
    for (let i = 0; i < 200; i++) {
      source.receiveMessage({conversationId: `c${i % 50}`, text: `${i}`, sentAt: 1e13 + i});
      await undefined;
      await undefined;
    }
    expect(renders).to.equal(0);
    await settle();
    expect(renders).to.be.within(1, 2);
    expect(drawn(list)[0]?.preview).to.equal('199');
  });

  it('keeps to where the person has just scrolled when something changes in the same moment', async () => {
    const source = new MemorySource({conversations: conversations(500)});
    const list = await mount({source, pageSize: 'all', attributes: {'order-hold': 'off'}});
    for (const top of [3000, 9000, 5000]) {
      await nextFrame();
      grid(list).scrollTop = top;
      source.upsert([conversation(`n${top}`, {orderKey: topKey(top)})]);
      await list.updateComplete;
      list.requestUpdate();
      await settle();
      const {index, top: y} = inView(list)[0] as {index: number; top: number};
      expect(index * 64 - y).to.be.closeTo(top + 64, 1);
    }
  });

  describe('from right to left', () => {
    const people = [conversation('a', {unreadCount: 3, title: 'Ana', lastMessage: message('hello there')})];
    const at = async (direction: string) => {
      const list = await mount({conversations: people, style: {direction}});
      const row = rowOf(list, 'a');
      const rect = (name: string) => (rowPart(row, name) as HTMLElement).getBoundingClientRect();
      const box = row.element.getBoundingClientRect();
      return {row, rect, box};
    };

    it('mirrors the row', async () => {
      const ltr = await at('ltr');
      const rtl = await at('rtl');
      for (const name of ['avatar', 'title', 'time', 'badge']) {
        const from = ltr.rect(name).left - ltr.box.left;
        const to = rtl.box.right - rtl.rect(name).right;
        expect(to, name).to.be.closeTo(from, 1);
      }
    });

    it('stands the text at the row’s own side, whatever its direction', async () => {
      const {row, rect} = await at('rtl');
      const range = document.createRange();
      range.selectNodeContents(row.element.querySelector('.said') as Element);
      expect(range.getBoundingClientRect().right).to.be.closeTo(rect('preview').right, 1);
    });
  });

  it('shows avatars only, with badges on them, in a rail narrower than 7rem', async () => {
    const list = await mount({width: 80, conversations: [conversation('a', {unreadCount: 3})]});
    const row = rowOf(list, 'a');
    expect(rowPart(row, 'avatar')).not.to.equal(undefined);
    for (const name of ['title', 'preview', 'time', 'pinned-icon']) expect(rowPart(row, name), name).to.equal(undefined);
    const avatar = rowPart(row, 'avatar')?.getBoundingClientRect() as DOMRect;
    const badge = rowPart(row, 'badge')?.getBoundingClientRect() as DOMRect;
    expect((avatar.left + avatar.right) / 2).to.be.closeTo(grid(list).clientWidth / 2, 1);
    expect(badge.left).to.be.within(avatar.left, avatar.right);
    expect(badge.right).to.be.at.most(80);
    setStyle(list.parentElement as HTMLElement, {width: '360px'});
    await settle();
    expect(rowOf(list, 'a').title).to.equal('Name of a');
  });

  describe('words', () => {
    it('are the app’s where it has its own', async () => {
      const strings = {you: 'Ich', unread: (n: number) => `${n} neu`, end: 'Ende', label: 'Gespräche'};
      const people = [conversation('a', {unreadCount: 2, lastMessage: message('Hallo', {isOwn: true})})];
      const list = await mount({conversations: people, strings});
      const row = rowOf(list, 'a');
      expect(row.preview).to.equal('Ich: Hallo');
      expect(row.label).to.contain('2 neu');
      expect(textOf(part(list, 'end'))).to.equal('Ende');
      expect(grid(list).getAttribute('aria-label')).to.equal('Gespräche');
      list.strings = undefined;
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('You: Hallo');
      expect(textOf(part(list, 'end'))).to.equal(en.end);
    });

    it('and times are in the nearest language, also when it changes', async () => {
      const sentAt = new Date(2020, 4, 15, 12).getTime();
      const list = await mount({conversations: [conversation('a', {lastMessage: message('x', {sentAt})})]});
      expect(rowOf(list, 'a').time).to.equal('5/15/2020');
      list.lang = 'de';
      await settle();
      expect(rowOf(list, 'a').time).to.equal('15.5.2020');
    });

    it('survive a language that there is none of', async () => {
      const list = await mount({
        attributes: {lang: 'not a language'},
        conversations: [conversation('a', {lastMessage: message('x')})],
      });
      expect(rowOf(list, 'a').time).not.to.equal('');
    });
  });

  it('has the name that the label attribute gives, without what does not belong in it', async () => {
    const list = await mount({conversations: conversations(1), attributes: {label: 'Work \u202Echats'}});
    expect(grid(list).getAttribute('aria-label')).to.equal('Work chats');
    list.label = '\u200b';
    await settle();
    expect(grid(list).getAttribute('aria-label')).to.equal('Conversations');
  });

  it('draws what is in the array, in the order of the keys', async () => {
    const list = await mount({conversations: conversations(3).reverse()});
    expect(idsInView(list)).to.deep.equal(ids(0, 3));
  });
});
