import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {conversations, message} from './support/conversations.js';
import {inState, mount, settle} from './support/list-page.js';
import {ManualSource} from './support/manual-source.js';
import {drawn, expectWhole, idsInView} from './support/rows.js';

/** What the action says on the console as warnings. */
async function warnings(action: () => Promise<unknown>): Promise<string[]> {
  const {warn} = console;
  const said: string[] = [];
  console.warn = (...args: unknown[]) => said.push(args.join(' '));
  try {
    await action();
  } finally {
    console.warn = warn;
  }
  return said;
}

describe('attributes', () => {
  const unknown = [
    ['type', 'gruop', 'direct, group'],
    ['page-size', 'many', 'using 50'],
    ['page-size', '-3', 'using 50'],
    ['page-size', '1.5', 'using 50'],
    ['order', 'alphabetical', 'order-key'],
    ['density', 'huge', 'default'],
  ] as const;
  for (const [name, value, hint] of unknown) {
    it(`${name}="${value}" warns once and counts as if it were not there`, async () => {
      const source = new ManualSource();
      let list: ImConversationList | undefined;
      const said = await warnings(async () => {
        list = await mount({source, attributes: {[name]: value}});
        source.last.give(conversations(3), true);
        await settle();
        list.removeAttribute(name);
        await settle();
        list.setAttribute(name, value);
        await settle();
        await mount({source: new ManualSource(), attributes: {[name]: value}});
      });
      expect(said.length).to.equal(1);
      expect(said[0]).to.contain(`${name}="${value}"`).and.to.contain(hint);
      expect(source.requests[0]?.limit).to.equal(50);
      expect(source.requests[0]?.filter).to.deep.equal({hidden: false});
      expect(idsInView(list as ImConversationList)).to.deep.equal(['c0', 'c1', 'c2']);
      expect(drawn(list as ImConversationList)[0]?.height).to.equal(64);
    });
  }

  it('type with one wrong word among right ones keeps the right ones', async () => {
    const source = new ManualSource();
    const said = await warnings(async () => mount({source, attributes: {type: 'group gruop channel'}}));
    expect(said.length).to.equal(1);
    expect(source.last.filter?.types).to.deep.equal(['group', 'channel']);
  });

  it('that are wrong do not make an empty list a filtered one', async () => {
    let list: ImConversationList | undefined;
    await warnings(async () => {
      list = await mount({conversations: [], attributes: {type: 'nonsense'}});
    });
    expect(inState(list as ImConversationList, 'filtered')).to.equal(false);
    expect((await mount({conversations: [], attributes: {type: ' '}})).matches(':state(filtered)')).to.equal(false);
  });

  it('that are taken away count as if they had never been there, without a warning', async () => {
    const all = {
      type: 'group',
      mark: 'star',
      group: 'work',
      unread: '',
      mentions: '',
      'page-size': '20',
      order: 'last-message',
      'selected-id': 'c1',
      density: 'compact',
      label: 'Mine',
    };
    const list = await mount({conversations: conversations(3), attributes: all});
    expect(idsInView(list)).to.deep.equal([]);
    const said = await warnings(async () => {
      for (const name of Object.keys(all)) list.removeAttribute(name);
      await settle();
    });
    expect(said).to.deep.equal([]);
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
    expect(drawn(list)[0]?.height).to.equal(64);
    expect(drawn(list).some(({states}) => states.includes('selected'))).to.equal(false);
    expect(list.snapshot?.filter).to.deep.equal({hidden: false});
  });

  it('set as undefined or null by a framework count as if they were not there', async () => {
    for (const nothing of [undefined, null]) {
      const list = await mount({conversations: conversations(3)});
      const said = await warnings(async () => {
        const names = ['type', 'mark', 'group', 'unread', 'mentions', 'pageSize', 'order', 'selectedId', 'density', 'label'];
        for (const name of [...names, 'strings', 'renderRow', 'avatarPolicy']) Object.assign(list, {[name]: nothing});
        await settle();
      });
      expect(said).to.deep.equal([]);
      expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2']);
      expect(list.snapshot?.filter).to.deep.equal({hidden: false});
    }
  });

  it('only density is written back', async () => {
    const list = await mount({conversations: conversations(3)});
    Object.assign(list, {type: 'direct', selectedId: 'c1', order: 'last-message', unread: false, label: 'x'});
    await settle();
    expect(list.getAttributeNames()).to.deep.equal(['density']);
  });

  it('density may take the scrollbar away: the page reports no error', async () => {
    const list = await mount({conversations: conversations(8)});
    for (const density of ['comfortable', 'compact', 'comfortable', 'compact'] as const) {
      list.density = density;
      await settle();
      expectWhole(list, density);
    }
  });

  it('order="last-message" sorts by the time of the last message, those without one last', async () => {
    const times = [10, 30, undefined, 20];
    const people = conversations(4, (i) => ({
      lastMessage: times[i] === undefined ? null : message('x', {sentAt: times[i] * 1000}),
    }));
    const list = await mount({conversations: people, attributes: {order: 'last-message'}});
    expect(idsInView(list)).to.deep.equal(['c1', 'c3', 'c0', 'c2']);
    list.order = 'order-key';
    await settle();
    expect(idsInView(list)).to.deep.equal(['c0', 'c1', 'c2', 'c3']);
  });
});
