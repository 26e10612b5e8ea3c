import {expect} from '@open-wc/testing';

/** The tags that are registered while the action runs. */
async function registeredBy(action: () => Promise<unknown>): Promise<readonly string[]> {
  const tags: string[] = [];
  const {define} = customElements;
  customElements.define = function (tag, ...rest) {
    tags.push(tag);
    define.call(this, tag, ...rest);
  };
  try {
    await action();
  } finally {
    customElements.define = define;
  }
  return tags;
}

describe('what importing the package registers', () => {
  it('nothing by itself', async () => {
    expect(await registeredBy(() => import('../../src/index.js'))).to.deep.equal([]);
  });

  it('our elements, once, by define.js', async () => {
    const tags = await registeredBy(() => import('../../src/define.js'));
    expect(tags).to.include('im-conversation-list');
    expect(tags.filter((tag) => !tag.startsWith('im-'))).to.deep.equal([]);
    expect(new Set(tags).size).to.equal(tags.length);
  });

  it('never the element of the virtualizer, not even once a list is drawn', async () => {
    const element = document.createElement('im-conversation-list');
    document.body.append(element);
    await new Promise((resolve) => setTimeout(resolve, 50));
    element.remove();
    expect(customElements.get('lit-virtualizer')).to.equal(undefined);
  });
});
