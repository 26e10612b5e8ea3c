import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {en} from '../../src/locales/en.js';
import type {Conversation, LastMessage} from '../../src/model/conversation.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversation, conversations, message} from './support/conversations.js';
import {grid, mount, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {drawn, rowOf, rowPart, type DrawnRow} from './support/rows.js';

const PICTURE = '/test/elements/support/avatar.svg';
const own = (facts: Partial<LastMessage> = {}) => ({lastMessage: message('Hi', {isOwn: true, ...facts})});

async function row(facts: Partial<Conversation>, options: MountOptions = {}): Promise<DrawnRow> {
  return rowOf(await mount({conversations: [conversation('a', facts)], ...options}), 'a');
}

async function change(list: ImConversationList, facts: Partial<Conversation>): Promise<DrawnRow> {
  list.conversations = [conversation('a', facts)];
  await settle();
  return rowOf(list, 'a');
}

const states = (shown: HTMLElement | undefined) => shown?.getAttribute('part')?.split(' ').slice(1);

describe('what few rows show', () => {
  it('is not in the document of a row that does not need it', async () => {
    const {element} = await row({lastMessage: message('Hi')});
    const names = [...element.querySelectorAll('[part]')].map((node) => node.getAttribute('part'));
    expect(names).to.deep.equal([
      ...['conversation', 'avatar', 'initials', 'text', 'title', 'time', 'preview message', 'prefix', 'preview-text'],
    ]);
    expect(element.querySelector('svg, img') === null).to.equal(true);
  });

  it('comes, changes and goes with the conversation, and leaves no nodes behind', async () => {
    const full: Partial<Conversation> = {
      type: 'group',
      verified: true,
      presence: 'online',
      mention: 'all',
      notify: 'silent',
      tags: ['vip'],
      members: [{name: 'Ana'}, {name: 'Ben'}],
      ...own({peerRead: true}),
    };
    const list = await mount({conversations: [conversation('a', full)]});
    const names = ['members', 'presence', 'verified-icon', 'muted-icon', 'tags', 'delivery', 'mention'];
    const nodes = () => names.map((name) => rowPart(rowOf(list, 'a'), name));
    // As words: a message that shows nodes takes a browser minutes.
    const seen = () => names.filter((_, i) => nodes()[i] !== undefined);
    const {element} = rowOf(list, 'a');
    expect(seen()).to.deep.equal(names);
    await change(list, {});
    // Those that are hidden would be missing for a person, and gather in rows that show one conversation after another.
    const left = names.filter((name) => element.querySelector(`[part~="${name}"]`) !== null);
    expect(left).to.deep.equal([]);
    await change(list, full);
    expect(seen()).to.deep.equal(names);
  });

  it('never stays in a row that another conversation has taken', async () => {
    const list = await mount({
      conversations: conversations(300, (i) => ({
        type: 'group',
        ...(i % 2 === 0 && {presence: 'busy', tags: [`tag ${i}`], verified: true, mention: 'me', ...own({deliveryState: 'read'})}),
        ...(i % 3 === 0 && {members: [{name: `X${i}`}, {name: 'Y'}]}),
      })),
    });
    for (const top of [500, 6000, 700, 12_000, 0]) {
      grid(list).scrollTop = top;
      await settle();
      for (const shown of drawn(list)) {
        const {index, id} = shown;
        for (const name of ['presence', 'verified-icon', 'mention', 'delivery']) {
          expect(rowPart(shown, name) !== undefined, `${name} of ${id}`).to.equal(index % 2 === 0);
        }
        expect(textOf(rowPart(shown, 'tags')), id).to.equal(index % 2 === 0 ? `tag ${index}` : '');
        expect(rowPart(shown, 'members') !== undefined, id).to.equal(index % 3 === 0);
      }
    }
  });

  it('is right again after rows of the app’s own', async () => {
    const list = await mount({conversations: [conversation('a', {presence: 'away', mention: 'me', ...own({peerRead: true})})]});
    list.renderRow = () => 'mine';
    await change(list, {});
    list.renderRow = undefined;
    await settle();
    for (const name of ['presence', 'mention', 'delivery']) expect(rowPart(rowOf(list, 'a'), name) === undefined, name).to.equal(true);
    expect(rowOf(list, 'a').title).to.equal('Name of a');
  });

  describe('presence', () => {
    const looks = new Set<string>();
    const words = en.presence;
    for (const [presence, word] of Object.entries(words)) {
      it(`${presence} is a mark of its own on the avatar, and is said`, async () => {
        const shown = await row({presence: presence as keyof typeof words});
        const dot = rowPart(shown, 'presence') as HTMLElement;
        expect(states(dot)).to.deep.equal([presence]);
        expect(shown.label).to.contain(word);
        const {backgroundImage, backgroundColor} = getComputedStyle(dot);
        expect(looks.has(backgroundImage + backgroundColor)).to.equal(false);
        looks.add(backgroundImage + backgroundColor);
        const avatar = rowPart(shown, 'avatar')?.getBoundingClientRect() as DOMRect;
        const box = dot.getBoundingClientRect();
        expect([box.right, box.bottom]).to.deep.equal([avatar.right, avatar.bottom]);
        // Not cut off by the avatar's shape.
        const {x, y} = {x: box.left + box.width / 2, y: box.bottom - 3};
        const root = shown.element.getRootNode() as ShadowRoot;
        expect(root.elementFromPoint(x, y) === dot).to.equal(true);
      });
    }
  });

  it('presence gives way to the badge in a rail', async () => {
    const rail = (unreadCount: number) => row({presence: 'online', unreadCount}, {width: 80});
    expect(rowPart(await rail(0), 'presence') !== undefined).to.equal(true);
    expect(rowPart(await rail(3), 'presence') === undefined).to.equal(true);
  });

  it('a verified name has a mark behind it, and it is said', async () => {
    const shown = await row({title: 'Bank', verified: true, notify: 'silent'});
    const left = (name: string) => rowPart(shown, name)?.getBoundingClientRect().left as number;
    expect(left('verified-icon')).to.be.within(left('title'), left('muted-icon'));
    expect(shown.label).to.match(/^Bank, verified/);
  });

  describe('tags', () => {
    it('are shown up to two, and said', async () => {
      const shown = await row({tags: ['', 'vip', 'vip', 'b\u202eerlin', 'third']});
      const tags = [...(rowPart(shown, 'tags')?.children ?? [])].map((tag) => tag.textContent);
      expect(tags).to.deep.equal(['vip', 'berlin']);
      expect(shown.label).to.contain('vip, berlin');
      expect(shown.label).not.to.contain('third');
    });

    it('leave the name and the time their room, and go where it is narrow', async () => {
      const tags = ['a very long tag indeed', 'another one'];
      const options = {...own(), title: 'Quite a long name of a person', tags, activeAt: Date.now()};
      const shown = await row(options);
      const box = shown.element.getBoundingClientRect();
      expect(rowPart(shown, 'time')?.getBoundingClientRect().right).to.be.at.most(box.right);
      expect(rowPart(shown, 'title')?.getBoundingClientRect().width).to.be.greaterThan(60);
      expect(rowPart(await row(options, {width: 220}), 'tags') === undefined).to.equal(true);
    });
  });

  describe('ticks', () => {
    it('tell how far an own message has got, each in its own shape, and it is said', async () => {
      const paths = new Set<string>();
      for (const deliveryState of ['sent', 'delivered', 'read'] as const) {
        const shown = await row(own({deliveryState}));
        const svg = rowPart(shown, 'delivery') as HTMLElement;
        expect(states(svg)).to.deep.equal([deliveryState]);
        paths.add(`${svg.querySelector('path')?.getAttribute('d')} ${getComputedStyle(svg).strokeWidth}`);
        expect(shown.label).to.contain(`You: Hi, ${en[deliveryState]}`);
      }
      expect(paths.size).to.equal(3);
    });

    it('follow what the other side has read', async () => {
      const list = await mount({conversations: [conversation('a', {...own({sentAt: 50}), readUpTo: 40})]});
      const state = () => states(rowPart(rowOf(list, 'a'), 'delivery'));
      expect(state()).to.deep.equal(['sent']);
      await change(list, {...own({sentAt: 50}), readUpTo: 50});
      expect(state()).to.deep.equal(['read']);
    });

    it('are not shown for messages of others, drafts, typing, or what did not go out', async () => {
      const none: Partial<Conversation>[] = [
        {lastMessage: message('Hi', {deliveryState: 'read'})},
        {...own({deliveryState: 'read'}), draft: {text: 'x'}},
        {...own({deliveryState: 'read'}), typing: ['Ana']},
        own({deliveryState: 'read', state: 'failed'}),
        own(),
      ];
      for (const facts of none) expect(rowPart(await row(facts), 'delivery') === undefined).to.equal(true);
    });
  });

  it('a mention of all looks other than one of the person; both is one of the person', async () => {
    const kinds = {me: 'me', all: 'all', both: 'me'} as const;
    const looks = new Set<string>();
    for (const [mention, shown] of Object.entries(kinds)) {
      const mark = rowPart(await row({mention: mention as keyof typeof kinds, unreadCount: 1}), 'mention') as HTMLElement;
      expect(states(mark)).to.deep.equal([shown]);
      looks.add(getComputedStyle(mark).backgroundColor);
    }
    expect(looks.size).to.equal(2);
  });

  it('a count that may be higher has a plus', async () => {
    expect((await row({unreadCount: 7, unreadIsLowerBound: true})).badge).to.equal('7+');
    expect((await row({unreadCount: 700, unreadIsLowerBound: true})).badge).to.equal('99+');
  });

  describe('a group without a picture', () => {
    const people = ['Ana Bell', 'Ben', '王小明', 'Dora', 'Emil'].map((name, i) => ({name, id: `u${i}`}));
    const faces = (shown: DrawnRow) =>
      [...(rowPart(shown, 'members')?.children ?? [])].filter((face) => !face.hasAttribute('hidden'));

    it('is shown by two to four of its members, who fill the circle', async () => {
      for (const count of [2, 3, 4, 5]) {
        const shown = await row({type: 'group', members: people.slice(0, count)});
        // A quarter holds one letter.
        const letters = [count === 2 ? 'AB' : 'A', 'B', '王', 'D'];
        expect(faces(shown).map((face) => face.textContent)).to.deep.equal(letters.slice(0, count));
        const boxes = faces(shown).map((face) => face.getBoundingClientRect());
        const area = boxes.reduce((sum, {width, height}) => sum + width * height, 0);
        expect(area, `${count}`).to.be.within(2100, 48 * 48);
        expect(new Set(boxes.map(({x, y}) => `${x} ${y}`)).size).to.equal(boxes.length);
      }
    });

    it('is shown by initials where there are fewer, where it is no group, and where it has a picture', async () => {
      const none: [Partial<Conversation>, MountOptions?][] = [
        [{type: 'group', members: people.slice(0, 1)}],
        [{type: 'group', members: []}],
        [{type: 'direct', members: people}],
        [{type: 'group', members: people, avatarUrl: PICTURE}, {avatarPolicy: (url) => url}],
      ];
      for (const [facts, options] of none) expect(rowPart(await row(facts, options), 'members') === undefined).to.equal(true);
    });

    it('shows their pictures, by the same policy', async () => {
      const members = [{name: 'Ana', avatarUrl: PICTURE}, {name: 'Ben', avatarUrl: 'no'}, {name: 'Cem', avatarUrl: 'broken'}];
      const shown = await row({type: 'group', members}, {
        avatarPolicy: (url) => (url === 'broken' ? '/package.json?not-a-picture' : url === 'no' ? undefined : url),
      });
      await until(() => shown.element.querySelectorAll('img').length === 1);
      const image = shown.element.querySelector('img') as HTMLImageElement;
      expect([image.referrerPolicy, image.loading, image.alt]).to.deep.equal(['no-referrer', 'lazy', '']);
      expect(image.parentElement === faces(shown)[0]).to.equal(true);
    });
  });

  describe('a thumbnail', () => {
    const pictured = (facts: Partial<LastMessage> = {}) => ({lastMessage: message('The lake', {type: 'image', thumbnailUrl: PICTURE, ...facts})});
    const policy = {avatarPolicy: (url: string) => url};

    it('is shown before the text, lazily and without a referrer', async () => {
      const shown = await row(pictured(), policy);
      const image = rowPart(shown, 'thumbnail') as HTMLImageElement;
      await until(() => image.complete && image.naturalWidth > 0);
      expect([image.referrerPolicy, image.loading, image.alt]).to.deep.equal(['no-referrer', 'lazy', '']);
      const said = shown.element.querySelector('.said') as Element;
      expect(image.getBoundingClientRect().right).to.be.at.most(said.getBoundingClientRect().left);
      expect(image.getBoundingClientRect().height).to.be.within(10, 24);
    });

    it('asks the policy, and goes if it does not load', async () => {
      expect(rowPart(await row(pictured({thumbnailUrl: 'http://images.example/a.png'})), 'thumbnail') === undefined).to.equal(true);
      const shown = await row(pictured({thumbnailUrl: '/package.json?not-a-picture'}), policy);
      await until(() => shown.element.querySelector('img') === null);
    });

    it('is not that of a message that is gone, or behind a draft', async () => {
      expect(rowPart(await row(pictured({state: 'recalled'}), policy), 'thumbnail') === undefined).to.equal(true);
      expect(rowPart(await row({...pictured(), draft: {text: 'x'}}, policy), 'thumbnail') === undefined).to.equal(true);
    });
  });

  describe('typing', () => {
    it('comes before draft and message, and is said', async () => {
      const shown = await row({typing: ['Ana'], draft: {text: 'x'}, lastMessage: message('Hi')});
      expect(shown.preview).to.equal(en.typingOne);
      expect(shown.label).to.contain(en.typingOne);
    });

    it('reads in the list’s direction whatever the name’s', async () => {
      const shown = await row({type: 'group', typing: ['محمد']});
      const text = shown.element.querySelector('.said')?.firstChild as Text;
      const left = (from: number): number => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, from + 1);
        return range.getBoundingClientRect().left;
      };
      const start = text.data.indexOf('محمد');
      // Behind nothing but the mark that keeps its direction to itself.
      expect(start).to.be.lessThan(2);
      expect(left(start)).to.be.lessThan(left(text.length - 2));
    });
  });

  describe('previews of the app’s own', () => {
    const poll = {lastMessage: message('', {type: 'poll-2', text: 'raw'})};

    it('are asked by type, and follow a change', async () => {
      const list = await mount({conversations: [conversation('a', poll)]});
      expect(rowOf(list, 'a').preview).to.equal('raw');
      list.previewFormatters = {'poll-2': ({text}, {title}) => `Poll of ${title}: ${text}`};
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('Poll of Name of a: raw');
      expect(rowOf(list, 'a').label).to.contain('Poll of Name of a: raw');
      list.previewFormatters = undefined;
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('raw');
    });

    it('are not asked for what every object has', async () => {
      const list = await mount({conversations: [conversation('a', {lastMessage: message('', {type: 'toString', text: 'raw'})})]});
      list.previewFormatters = {};
      await settle();
      expect(rowOf(list, 'a').preview).to.equal('raw');
    });

    it('that throw are contained, and told once', async () => {
      const list = await mount({conversations: conversations(5, () => poll)});
      const errors: string[] = [];
      list.addEventListener('im-error', ({origin}) => errors.push(origin));
      const problems = await captureProblems(async () => {
        list.previewFormatters = {
          'poll-2': () => {
            throw new Error('formatter');
          },
        };
        await settle();
      });
      expect(drawn(list).map(({preview}) => preview)).to.deep.equal(Array(5).fill('raw'));
      expect(errors).to.deep.equal(['render']);
      expect(problems.length).to.equal(1);
    });

    it('of any wrong kind leave the built-in ones', async () => {
      for (const wrong of [null, 7, 'x', {'poll-2': 7}, {'poll-2': () => ({})}, {'poll-2': () => undefined}, []]) {
        const list = await mount({conversations: [conversation('a', poll)]});
        await captureProblems(async () => {
          list.previewFormatters = wrong as never;
          await settle();
        });
        expect(rowOf(list, 'a').preview, String(wrong)).to.equal('raw');
      }
    });
  });

  it('says it all in one sentence, in one order', async () => {
    const facts: Partial<Conversation> = {
      title: 'Climbers',
      type: 'group',
      verified: true,
      marks: ['unread'],
      mention: 'both',
      presence: 'online',
      tags: ['vip', 'north'],
      pinned: true,
      notify: 'off',
      ...own({deliveryState: 'delivered', sentAt: new Date().setHours(12, 0, 0, 0) - 24 * 3_600_000}),
    };
    expect((await row(facts, {selectedId: 'a'})).label).to.equal(
      'Climbers, verified, open, marked as unread, you were mentioned, everyone was mentioned, You: Hi, delivered, ' +
        'vip, north, online, pinned, muted, Yesterday',
    );
  });

  it('stays inside the row in every density', async () => {
    const members = [{name: 'Ana'}, {name: 'Ben'}];
    const facts: Partial<Conversation> = {
      type: 'group', members, verified: true, tags: ['vip', 'north'], presence: 'online', mention: 'me', unreadCount: 120,
      lastMessage: message('word '.repeat(40), {isOwn: true, peerRead: true, thumbnailUrl: PICTURE, sentAt: Date.now()}),
    };
    for (const density of ['default', 'comfortable', 'compact'] as const) {
      for (const width of [360, 200]) {
        const {element} = await row(facts, {density, width, avatarPolicy: (url) => url});
        const box = element.getBoundingClientRect();
        for (const part of element.querySelectorAll('[part]')) {
          const inner = part.getBoundingClientRect();
          if (inner.width === 0 || part.closest('[part~="tags"]') !== null) continue;
          const name = `${part.getAttribute('part')} in ${density}, ${width}`;
          expect(inner.top, name).to.be.at.least(box.top);
          expect(inner.bottom, name).to.be.at.most(box.bottom);
          expect(inner.right, name).to.be.at.most(box.right + 0.5);
        }
      }
    }
  });
});
