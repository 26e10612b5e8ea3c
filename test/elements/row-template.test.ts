import {expect} from '@open-wc/testing';
import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import type {Conversation} from '../../src/model/conversation.js';
import {captureProblems} from '../setup/csp-guard.js';
import {conversation, conversations, message} from './support/conversations.js';
import {grid, mount, settle, textOf, until, type MountOptions} from './support/list-page.js';
import {rowTemplate} from './support/row-template.js';
import {drawn, expectWhole, inView, rowOf} from './support/rows.js';

/** A list with this row template, drawn. */
async function withTemplate(markup: string, options: MountOptions = {}): Promise<ImConversationList> {
  const list = await mount({
    ...options,
    before: (l) => {
      options.before?.(l);
      l.append(rowTemplate(markup));
    },
  });
  await until(() => list.shadowRoot?.querySelector('.row .custom') !== null, 'the template is in use');
  return list;
}

const texts = (list: ImConversationList) => inView(list).map(({element}) => textOf(element));
const one = (list: ImConversationList, selector: string, id = 'a') => rowOf(list, id).element.querySelector<HTMLElement>(selector);

async function show(list: ImConversationList, ...rows: Conversation[]): Promise<void> {
  list.conversations = rows;
  await settle();
}

describe('a row template', () => {
  it('draws every row, and follows it as it is recycled', async () => {
    const list = await withTemplate('<b>{{title}}</b> no. {{position}}', {conversations: conversations(300)});
    expect(texts(list).slice(0, 2)).to.deep.equal(['Name of c0 no. 1', 'Name of c1 no. 2']);
    for (const top of [100 * 64, 200 * 64, 0]) {
      grid(list).scrollTop = top;
      await settle();
      inView(list).forEach(({element, index}) => expect(textOf(element)).to.equal(`Name of c${index} no. ${index + 1}`));
    }
    expectWhole(list);
    expect(drawn(list)[0]?.label).to.contain('Name of c0');
  });

  it('shows what the built-in row knows', async () => {
    const names = [
      ...['title', 'initials', 'type', 'presence', 'verified', 'preview', 'prefix', 'text', 'kind', 'delivery', 'badge'],
      ...['unreadCount', 'unread', 'mention', 'tags', 'muted', 'pinned', 'selected', 'gone', 'draft', 'typing', 'failed'],
    ];
    const row = conversation('a', {
      ...{title: 'Ana Bell', type: 'group', presence: 'away', verified: true, unreadCount: 120, mention: 'all'},
      ...{tags: ['vip', 'north'], pinned: true, lastMessage: message('Hello', {isOwn: true, deliveryState: 'read'})},
    });
    const list = await withTemplate(names.map((name) => `<i>{{${name}}}</i>`).join(''), {conversations: [row], selectedId: 'a'});
    const shown = [...rowOf(list, 'a').element.querySelectorAll('i')].map((i) => i.textContent ?? '');
    expect(Object.fromEntries(names.map((name, i) => [name, shown[i]]))).to.deep.equal({
      ...{title: 'Ana Bell', initials: 'AB', type: 'group', presence: 'away', verified: 'true', preview: 'You: Hello'},
      ...{prefix: 'You', text: 'Hello', kind: 'message', delivery: 'read', badge: '99+', unreadCount: '120', unread: 'true'},
      ...{mention: 'all', tags: 'vip, north', muted: '', pinned: 'true', selected: 'true', gone: '', draft: '', typing: ''},
      failed: '',
    });
  });

  it('sets attributes, and takes them away where there is nothing to say', async () => {
    const list = await withTemplate(
      '<time datetime="{{datetime}}" title="{{fullTime}}">{{time}}</time>' +
        '<b part="name {{kind}}" data-mention="{{mention}}" aria-label="{{title}}, {{badge}} new">x</b>',
      {conversations: [conversation('a', {title: 'Ana', unreadCount: 2, mention: 'me', lastMessage: message('x', {sentAt: 0})})]},
    );
    const time = one(list, 'time') as HTMLTimeElement;
    expect(time.dateTime).to.equal(new Date(0).toISOString());
    expect(time.textContent).to.match(/(?:19)?(?:70|69)/);
    expect(time.title).to.match(/1970|1969/);
    const name = one(list, 'b') as HTMLElement;
    expect([name.part.value, name.dataset['mention'], name.ariaLabel]).to.deep.equal(['name message', 'me', 'Ana, 2 new']);
    await show(list, conversation('a', {title: 'Ana', draft: {text: 'y'}}));
    expect(one(list, 'time')?.getAttributeNames()).to.deep.equal([]);
    expect([name.part.value, name.hasAttribute('data-mention')]).to.deep.equal(['name draft', false]);
  });

  it('hides by a name, or by its contrary', async () => {
    const list = await withTemplate('<b hidden="{{!unread}}">new</b><i hidden="{{unread}}">read</i><u hidden>never</u>', {
      conversations: conversations(2, (i) => ({unreadCount: i})),
    });
    expect(texts(list)).to.deep.equal(['read', 'new']);
  });

  it('loads pictures that the policy lets through, and none of a row that was there before', async () => {
    const asked: string[] = [];
    const picture = '/test/elements/support/avatar.svg';
    const list = await withTemplate('<img src="{{avatar}}"><img src="/test/elements/support/{{title}}.svg">', {
      conversations: [conversation('a', {title: 'avatar', avatarUrl: picture})],
      avatarPolicy: (url) => {
        asked.push(url);
        return url.endsWith('avatar.svg') ? url : undefined;
      },
    });
    const images = () => [...rowOf(list, 'a').element.querySelectorAll('img')];
    expect(images().map((image) => image.getAttribute('src'))).to.deep.equal([picture, picture]);
    for (const image of images()) {
      expect([image.alt, image.referrerPolicy, image.loading]).to.deep.equal(['', 'no-referrer', 'lazy']);
    }
    const before = images();
    await show(list, conversation('a', {title: 'other', avatarUrl: 'javascript:1'}));
    expect(images().map((image) => image.getAttribute('src'))).to.deep.equal([null, null]);
    expect(images().some((image) => before.includes(image))).to.equal(false);
    expect(asked).to.include('/test/elements/support/other.svg');
  });

  it('keeps a row’s nodes, and writes only what differs', async () => {
    const list = await withTemplate('<b>{{title}}</b><i>{{text}}</i>', {conversations: [conversation('a'), conversation('b')]});
    const title = one(list, 'b') as HTMLElement;
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((all) => records.push(...all));
    observer.observe(rowOf(list, 'a').element, {subtree: true, childList: true, characterData: true});
    await show(list, conversation('a', {lastMessage: message('news')}), conversation('b'));
    observer.disconnect();
    expect(one(list, 'b')).to.equal(title);
    expect(records.map(({target}) => target.parentElement?.localName)).to.deep.equal(['i']);
  });

  it('is followed as it changes, comes and goes', async () => {
    const list = await withTemplate('<b>{{title}}</b>', {conversations: conversations(3)});
    const template = list.querySelector('template') as HTMLTemplateElement;
    (template.content.firstElementChild as Element).append(' and {{position}}');
    await until(() => texts(list)[0] === 'Name of c0 and 1');
    template.slot = '';
    await until(() => rowOf(list, 'c0').title === 'Name of c0');
    expect(one(list, '.custom', 'c0')).to.equal(null);
    list.replaceChildren(rowTemplate('<i>{{initials}}</i>'));
    await until(() => texts(list)[0] === 'NC');
    list.replaceChildren();
    await until(() => rowOf(list, 'c0').title === 'Name of c0');
    expectWhole(list);
  });

  it('that changes while the list is disconnected is taken up when it is back', async () => {
    const list = await withTemplate('<b>{{title}}</b>', {conversations: conversations(3)});
    const box = list.parentElement as HTMLElement;
    list.remove();
    (list.querySelector('template') as HTMLTemplateElement).content.replaceChildren('{{initials}}');
    await settle();
    box.append(list);
    await until(() => texts(list)[0] === 'NC');
  });

  it('is read from the template’s children where a framework has put them there', async () => {
    const list = await mount({conversations: conversations(1)});
    const template = document.createElement('template');
    template.slot = 'row';
    const bold = document.createElement('b');
    bold.textContent = '{{title}}!';
    template.append(bold);
    list.append(template);
    await until(() => texts(list)[0] === 'Name of c0!');
  });

  it('gives way to renderRow', async () => {
    const list = await withTemplate('<b>{{title}}</b>', {conversations: conversations(2)});
    list.renderRow = (c) => `mine ${c.id}`;
    await settle();
    expect(texts(list)[0]).to.equal('mine c0');
    list.renderRow = undefined;
    await settle();
    expect(texts(list)[0]).to.equal('Name of c0');
  });

  const WRONG: Readonly<Record<string, string>> = {
    'asks for what there is not': '<b>{{name}}</b>',
    'asks for a property of all objects': '<b>{{constructor}}</b>',
    'has braces that stand open': '<b>{{title}</b>',
    'has an expression': '<b title="{{title + 1}}">x</b>',
    'is empty': ' <!-- nothing --> ',
    'is made of what is not allowed': '<script>1</script><button>{{title}}</button>',
    'is too large': '<i>x</i>'.repeat(200),
  };
  for (const [fault, markup] of Object.entries(WRONG)) {
    it(`that ${fault} is told once, and the built-in rows stand`, async () => {
      const told: ImErrorEvent[] = [];
      let list: ImConversationList | undefined;
      const problems = await captureProblems(async () => {
        list = await mount({
          conversations: conversations(20),
          before: (l) => {
            l.addEventListener('im-error', (event) => told.push(event));
            l.append(rowTemplate(markup));
          },
        });
        await until(() => told.length > 0);
        grid(list).scrollTop = 320;
        await settle();
      });
      expect([problems.length, told.length, told[0]?.origin]).to.deep.equal([1, 1, 'render']);
      expect(inView(list as ImConversationList)[0]?.title).to.equal('Name of c5');
      (list?.querySelector('template') as HTMLTemplateElement).content.replaceChildren('{{title}} again');
      await until(() => texts(list as ImConversationList)[0] === 'Name of c5 again');
    });
  }

  it('leaves nothing of a template behind that may not be there', async () => {
    const list = await withTemplate(
      '<b class="row" id="x" onclick="1" tabindex="0" role="button" contenteditable slot="y" href="/z">' +
        '{{title}}<a href="/xss">a</a><button>b</button><style>b{}</style><svg><text>c</text></svg><iframe src="/xss"></iframe>' +
        '<input value="d"><template>e</template><slot>f</slot><im-unread-badge></im-unread-badge></b>',
      {conversations: [conversation('a', {title: 'Ana'})]},
    );
    const bold = one(list, 'b') as HTMLElement;
    expect(bold.getAttributeNames()).to.deep.equal([]);
    expect([...bold.querySelectorAll('*')].map(({localName}) => localName)).to.deep.equal(['bdi']);
    expect(textOf(bold)).to.equal('Ana');
  });
});
