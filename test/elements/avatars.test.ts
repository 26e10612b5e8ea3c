import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversation, conversations} from './support/conversations.js';
import {grid, mount, settle, textOf, until} from './support/list-page.js';
import {drawn, rowOf, rowPart} from './support/rows.js';

const PICTURE = '/test/elements/support/avatar.svg';

function image(list: ImConversationList, id: string): HTMLImageElement | undefined {
  return rowOf(list, id).element.querySelector('img') ?? undefined;
}

/** The pictures of this test that were asked of the server. */
function requested(word: string): string[] {
  const names = performance.getEntriesByType('resource').map(({name}) => new URL(name));
  return names.filter(({search}) => search.startsWith(`?${word}-`)).map(({search}) => search.slice(word.length + 2));
}

describe('avatars', () => {
  it('load https pictures only, unless the app decides', async () => {
    const urls = {
      https: 'https://images.example/a.png',
      http: 'http://images.example/a.png',
      data: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
      script: 'javascript:alert(1)',
      relative: '/a.png',
      credentials: 'https://user:pass@images.example/a.png',
    };
    const people = Object.entries(urls).map(([id, avatarUrl]) => conversation(id, {avatarUrl}));
    let shown: string[] = [];
    let refused = false;
    addEventListener('securitypolicyviolation', () => (refused = true), {once: true});
    const problems = await captureProblems(async () => {
      const list = await mount({conversations: people});
      shown = Object.keys(urls).filter((id) => image(list, id) !== undefined);
      // The test page itself forbids pictures of other servers, which shows what was asked for.
      await until(() => refused);
      await settle();
    });
    // As a set: Chromium tells of a lazy picture twice.
    const asked = new Set(problems.map(({reason}) => (reason as SecurityPolicyViolationEvent).blockedURI));
    expect([...asked]).to.deep.equal([urls.https]);
    expect(shown.filter((id) => id !== 'https')).to.deep.equal([]);
  });

  it('come without a referrer, lazily, and set so before the address', async () => {
    const list = await mount({
      conversations: [conversation('a', {avatarUrl: PICTURE})],
      avatarPolicy: (url) => url,
    });
    const picture = image(list, 'a') as HTMLImageElement;
    await until(() => picture.complete && picture.naturalWidth > 0);
    expect(picture.referrerPolicy).to.equal('no-referrer');
    expect(picture.loading).to.equal('lazy');
    expect(picture.alt).to.equal('');
    const names = picture.getAttributeNames();
    expect(names.indexOf('referrerpolicy')).to.be.lessThan(names.indexOf('src'));
    expect(names.indexOf('loading')).to.be.lessThan(names.indexOf('src'));
    const {width, height} = picture.getBoundingClientRect();
    expect([width, height]).to.deep.equal([48, 48]);
  });

  it('fall back to initials where the picture does not load, and where the policy says so or throws', async () => {
    const people = ['broken', 'refused', 'thrown', 'nonsense'].map((id) => conversation(id, {title: 'Ana Bell', avatarUrl: id}));
    const list = await mount({
      conversations: people,
      avatarPolicy: (url) => {
        if (url === 'broken') return '/package.json?not-a-picture';
        if (url === 'thrown') throw new Error('policy');
        return (url === 'refused' ? undefined : 7) as undefined;
      },
    });
    await until(() => image(list, 'broken') === undefined);
    for (const row of drawn(list)) {
      expect(row.element.querySelector('img'), row.id).to.equal(null);
      expect(textOf(rowPart(row, 'avatar'))).to.equal('AB');
    }
  });

  it('are asked for only for rows that are drawn', async () => {
    const list = await mount({
      conversations: conversations(2000, (i) => ({avatarUrl: `${PICTURE}?drawn-c${i}`})),
      avatarPolicy: (url) => url,
    });
    await until(() => requested('drawn').includes('c0'));
    expect(requested('drawn').length).to.be.at.most(20);
    grid(list).scrollTop = 1000 * 64;
    await until(() => requested('drawn').includes('c1000'));
    expect(requested('drawn').length).to.be.at.most(40);
  });

  it('follow a change of the picture and of the policy', async () => {
    const list = await mount({
      conversations: [conversation('a', {avatarUrl: `${PICTURE}?1`})],
      avatarPolicy: (url) => url,
    });
    expect(image(list, 'a')?.getAttribute('src')).to.equal(`${PICTURE}?1`);
    list.conversations = [conversation('a', {avatarUrl: `${PICTURE}?2`})];
    await settle();
    expect(image(list, 'a')?.getAttribute('src')).to.equal(`${PICTURE}?2`);
    expect(rowOf(list, 'a').element.querySelectorAll('img').length).to.equal(1);
    list.avatarPolicy = () => undefined;
    await settle();
    expect(image(list, 'a')).to.equal(undefined);
  });

  it('of another conversation never stay in a recycled row', async () => {
    const list = await mount({
      conversations: conversations(200, (i) => (i % 2 === 0 ? {avatarUrl: `${PICTURE}?mixed-c${i}`} : {})),
      avatarPolicy: (url) => url,
    });
    for (const top of [500, 3000, 700, 9000, 0]) {
      grid(list).scrollTop = top;
      await settle();
      for (const {id, index, element} of drawn(list)) {
        const src = element.querySelector('img')?.getAttribute('src') ?? '';
        expect(src, id).to.equal(index % 2 === 0 ? `${PICTURE}?mixed-${id}` : '');
      }
    }
  });
});
