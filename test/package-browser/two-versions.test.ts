import {expect} from '@open-wc/testing';
import {define} from '../../src/elements/define-elements.js';
import {ImConversationList} from '../../src/elements/im-conversation-list.js';
import {MemorySource} from '../../src/sources/memory.js';
import {conversation} from '../elements/support/conversations.js';
import {until} from '../elements/support/list-page.js';

/** What is said on the console meanwhile. */
function warnings(action: () => void): readonly string[] {
  const said: string[] = [];
  const {warn} = console;
  console.warn = (message: string) => said.push(message);
  try {
    action();
  } finally {
    console.warn = warn;
  }
  return said;
}

/** Whether a list in this root shows a conversation of its source. */
async function shows(list: Element): Promise<void> {
  if (!(list instanceof ImConversationList)) throw new Error(`<${list.localName}> is no list`);
  list.style.height = '200px';
  list.source = new MemorySource({conversations: [conversation('ada', {title: 'Ada'})]});
  await until(() => list.shadowRoot?.querySelector('[part~="title"]')?.textContent === 'Ada', 'Ada shows');
}

describe('two versions on one page', () => {
  it('the first that comes has the names, and nothing is said of a second copy of the same', () => {
    expect(warnings(() => define())).to.deep.equal([]);
    const first = customElements.get('im-conversation-list');
    expect(warnings(() => define())).to.deep.equal([]);
    expect(customElements.get('im-conversation-list')).to.equal(first);
  });

  it('says once which version has a name, and leaves it with that', () => {
    class Older extends HTMLElement {
      static readonly version = '0.0.9';
    }
    customElements.define('older-conversation-list', Older);
    const said = [...warnings(() => define('older-conversation-list')), ...warnings(() => define('older-conversation-list'))];
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('<older-conversation-list>').and.contain('version 0.0.9').and.contain(ImConversationList.version);
    expect(customElements.get('older-conversation-list')).to.equal(Older);
  });

  it('says it of a version too old to tell which it is', () => {
    customElements.define('oldest-conversation-list', class extends HTMLElement {});
    const said = warnings(() => define('oldest-conversation-list'));
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('another version or element');
  });

  it('the list works under other names too, beside its own', async () => {
    define();
    define('acme-inbox');
    define('acme-archive');
    for (const name of ['acme-inbox', 'acme-archive', 'im-conversation-list']) {
      const list = document.createElement(name);
      document.body.append(list);
      await shows(list);
      list.remove();
    }
  });

  it('a name that no element can have is refused', () => {
    expect(() => define('inbox')).to.throw(DOMException);
  });

  it('works in a registry of its own', async () => {
    const registry = new CustomElementRegistry();
    define(undefined, registry);
    define('scoped-inbox', registry);
    expect(customElements.get('scoped-inbox')).to.equal(undefined);
    const host = document.createElement('div');
    const root = host.attachShadow({mode: 'open', customElementRegistry: registry});
    document.body.append(host);
    for (const name of ['im-conversation-list', 'scoped-inbox']) {
      const list = document.createElement(name, {customElementRegistry: registry});
      root.append(list);
      await shows(list);
    }
    host.remove();
  });
});
