import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {apiItems, apiPages} from '../../docs/.vitepress/generate/api.mjs';
import {elementsOf, eventsOf, publicMembers, readManifest, type Named} from '../../scripts/manifest.mjs';

const manifest = readManifest();
const pages = apiPages(manifest);
const elements = elementsOf(manifest);
const page = (name: string): string => pages[name] ?? assert.fail(`no page ${name}`);

/** The addresses in a page that can be linked to. */
const idsOf = (text: string): string[] =>
  [...text.matchAll(/<(?:h\d|a) id="([^"]+)"/g)].map(([, id = '']) => id);

describe('the reference', () => {
  for (const element of elements) {
    const text = page(`${element.tagName}.md`);
    const ids = idsOf(text);
    const members = publicMembers(element);
    const kinds: Record<string, readonly Named[]> = {
      attribute: element.attributes ?? [],
      property: members.filter(({kind}) => kind === 'field'),
      method: members.filter(({kind}) => kind === 'method'),
      event: element.events ?? [],
      slot: element.slots ?? [],
      part: element.cssParts ?? [],
      css: (element.cssProperties ?? []).map((one) => ({...one, name: one.name.replace(/^--/, '')})),
      state: element.cssStates ?? [],
    };

    it(`has everything of <${element.tagName}>, with an address of its own`, () => {
      const wanted = Object.entries(kinds).flatMap(([kind, list]) => list.map(({name}) => `${kind}-${name || 'default'}`));
      assert.ok(wanted.length > 3);
      assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
    });

    it(`says of <${element.tagName}> what the manifest says`, () => {
      // Line ends, escapes and code are written otherwise, words are not.
      const plain = (some: string): string => some.replace(/\{v-pre\}|\\(?=\|)/g, '').replaceAll('&lt;', '<').replaceAll('&amp;', '&').replace(/\s+/g, ' ');
      const said = plain(text);
      const docs = Object.values(kinds).flat().map(({description = ''}) => plain(description));
      assert.deepEqual(docs.filter((doc) => !said.includes(doc)), []);
    });

    it(`keeps to itself what is internal to <${element.tagName}>`, () => {
      const hidden = (element.members ?? []).filter(({privacy}) => privacy === 'protected' || privacy === 'private');
      assert.deepEqual(hidden.filter(({name}) => ids.some((id) => new RegExp(`^(?:property|method)-${name}$`).test(id))), []);
    });
  }

  it('has each event with what it carries, and whether it can be cancelled', () => {
    const ids = idsOf(page('events.md'));
    for (const event of eventsOf(manifest)) {
      const type = (event.members ?? []).find(({name}) => name === 'type')?.default?.replaceAll("'", '') ?? '';
      assert.ok(ids.includes(type), event.name);
      for (const {name} of publicMembers(event).filter((one) => one.static !== true)) assert.ok(ids.includes(`${type}-${name}`), name);
    }
    const kinds = [...page('events.md').matchAll(/^<h2 id="([^"]+)"[^]*?\b(can|cannot) be cancelled/gm)].filter(([, , can]) => can === 'can');
    assert.deepEqual(kinds.map(([, name]) => name), ['im-bulk-action', 'im-conversation-action', 'im-conversation-select']);
  });

  it('has the types that a source is written by, and the helpers', () => {
    const names = idsOf(page('exports.md'));
    for (const name of ['Conversation', 'ConversationSource', 'SourceEvent', 'SourceError', 'ConversationStore', 'registerLocale']) {
      assert.ok(names.includes(name), name);
    }
    assert.ok(idsOf(page('sources.md')).includes('memory-MemorySource'));
    assert.ok(idsOf(page('testing.md')).includes('generate-conversations-generateConversations'));
  });

  it('has each address once in a page', () => {
    for (const [name, text] of Object.entries(pages)) {
      const ids = idsOf(text);
      assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), [], name);
    }
  });

  it('links only to what is there', () => {
    const broken = Object.entries(pages).flatMap(([name, text]) =>
      [...text.matchAll(/(?:\]\(|href=")(?:\.\/([\w-]+)\.(?:md|html))?(?:#([\w-]+))?[)"]/g)]
        .filter(([, file, id]) => id !== undefined && !idsOf(page(file === undefined ? name : `${file}.md`)).includes(id))
        .map(([link]) => `${name}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it('leaves nothing for Vue to evaluate, and no tag but its own', () => {
    for (const [name, text] of Object.entries(pages)) {
      const bare = text.replace(/```[^]*?```/g, '').replace(/`[^`]*\{\{[^`]*`\{v-pre\}/g, '').replace(/`[^`]*`/g, (code) => code.replaceAll('<', ''));
      assert.doesNotMatch(bare, /\{\{/, name);
      assert.deepEqual([...bare.matchAll(/<\/?(?!a\b|code\b|h[23]\b)[\w!-]+/g)].map(([tag]) => tag), [], name);
    }
  });

  it('is in the side bar, page by page', () => {
    const listed = apiItems().map(({link}) => `${link.replace('/api/', '')}.md`);
    assert.deepEqual([...listed, 'index.md'].sort(), Object.keys(pages).sort());
  });
});
