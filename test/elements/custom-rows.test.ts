import {expect} from '@open-wc/testing';
import {html} from 'lit';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import type {RowRenderer} from '../../src/elements/row-view.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversations} from './support/conversations.js';
import {grid, mount, settle, textOf} from './support/list-page.js';
import {drawn, expectWhole, inView, rowOf} from './support/rows.js';

const texts = (list: Parameters<typeof drawn>[0]) => inView(list).map(({element}) => textOf(element));

describe('rows of the app’s own', () => {
  const renderers: Record<string, RowRenderer> = {
    template: (c, {index}) => html`<b>${c.title}</b> <i>${index}</i>`,
    node: (c, {index}) => {
      const node = document.createElement('b');
      node.textContent = `${c.title} ${index}`;
      return node;
    },
    string: (c, {index}) => `${c.title} ${index}`,
  };
  for (const [kind, renderRow] of Object.entries(renderers)) {
    it(`may be a ${kind}`, async () => {
      const list = await mount({conversations: conversations(300), renderRow});
      expect(texts(list).slice(0, 2)).to.deep.equal(['Name of c0 0', 'Name of c1 1']);
      grid(list).scrollTop = 100 * 64;
      await settle();
      expect(texts(list)[0]).to.equal('Name of c100 100');
      expectWhole(list);
    });
  }

  it('show a string as text', async () => {
    const list = await mount({conversations: conversations(1), renderRow: () => '<b>bold</b>'});
    expect(texts(list)).to.deep.equal(['<b>bold</b>']);
  });

  it('are given what the built-in row knows', async () => {
    const seen: unknown[] = [];
    await mount({
      conversations: conversations(1, () => ({unreadCount: 120, pinned: true, title: 'Ana'})),
      renderRow: (c, context) => {
        seen.push([c.id, context.title, context.badge, context.pinned, context.initials, context.index]);
        return '';
      },
    });
    expect(seen).to.deep.equal([['c0', 'Ana', '99+', true, 'A', 0]]);
  });

  it('change kind from row to row and from time to time', async () => {
    const kinds = Object.values(renderers);
    const list = await mount({
      conversations: conversations(300),
      renderRow: (c, context) => (kinds[context.index % 3] as RowRenderer)(c, context),
    });
    for (const top of [640, 64_00, 0]) {
      grid(list).scrollTop = top;
      await settle();
      inView(list).forEach(({element, index}) => expect(textOf(element)).to.equal(`Name of c${index} ${index}`));
    }
    list.renderRow = undefined;
    await settle();
    expect(rowOf(list, 'c0').title).to.equal('Name of c0');
    list.renderRow = renderers['string'];
    await settle();
    expect(texts(list)[0]).to.equal('Name of c0 0');
  });

  it('that throw for one conversation leave the others standing, and are told once', async () => {
    const errors: ImErrorEvent[] = [];
    const renderRow: RowRenderer = (c) => {
      if (c.id === 'c3') throw new Error('no row for c3');
      return `mine ${c.id}`;
    };
    const problems = await captureProblems(async () => {
      const list = await mount({
        conversations: conversations(50),
        density: 'compact',
        renderRow,
        before: (l) => l.addEventListener('im-error', (event) => errors.push(event)),
      });
      for (const top of [0, 1000, 2200, 0]) {
        grid(list).scrollTop = top;
        await settle();
        for (const row of drawn(list)) {
          if (row.id === 'c3') expect(row.title).to.equal('Name of c3');
          else expect(textOf(row.element), row.id).to.equal(`mine ${row.id}`);
        }
        expectWhole(list);
      }
    });
    expect(problems.map(({message}) => message).join()).to.contain('no row for c3');
    expect(problems.length).to.equal(1);
    expect(errors.map(({error, origin}) => [error.message, origin])).to.deep.equal([['no row for c3', 'render']]);
    expect(errors[0]?.error.code).to.equal('unknown');
  });

  it('that throw while a template is rendered do no harm either', async () => {
    const broken: RowRenderer = () => html`<b>${{toString: () => 'x'}}${html`${Symbol('no text')}`}</b>`;
    let list;
    const problems = await captureProblems(async () => {
      list = await mount({conversations: conversations(3), renderRow: broken});
    });
    expect(problems.length).to.equal(1);
    expect(drawn(list as never).map(({title}) => title)).to.deep.equal(['Name of c0', 'Name of c1', 'Name of c2']);
    (list as never as {renderRow: RowRenderer}).renderRow = (c) => html`<b>${c.title}</b>${html`<i>!</i>`}`;
    await settle();
    expect(texts(list as never)).to.deep.equal(['Name of c0 !', 'Name of c1 !', 'Name of c2 !']);
  });

  it('are spoken by the built-in label, and open like others', async () => {
    const list = await mount({conversations: conversations(2), renderRow: () => html`<span>x</span>`});
    expect(rowOf(list, 'c1').label).to.contain('Name of c1');
    rowOf(list, 'c1').element.querySelector('span')?.click();
    expect(list.selectedId).to.equal('c1');
  });

  it('keep the clicks and keys of the controls in them', async () => {
    let presses = 0;
    const list = await mount({
      conversations: conversations(2),
      renderRow: () => html`<button @click=${() => presses++}><span>more</span></button>`,
    });
    rowOf(list, 'c1').element.querySelector('span')?.click();
    expect(presses).to.equal(1);
    expect(list.selectedId).to.equal(undefined);
  });

  it('are not asked for again while nothing changes', async () => {
    let calls = 0;
    const all = conversations(30);
    const list = await mount({conversations: all, renderRow: () => `${++calls}`});
    const before = calls;
    list.conversations = [...all];
    await settle();
    list.requestUpdate();
    await settle();
    expect(calls).to.equal(before);
    list.conversations = all.map((c) => (c.id === 'c2' ? {...c, title: 'New'} : c));
    await settle();
    expect(calls).to.equal(before + 1);
  });
});
