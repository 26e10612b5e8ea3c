import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import {checkBlocks} from '../../scripts/docs-blocks.mjs';
import {blocksOf, type Block} from '../../scripts/docs/blocks.mjs';

/** A block with nothing wrong in it, and one with a mistake; `line`: of the code, from 1. */
interface Plant {
  readonly what: string;
  readonly lang: string;
  readonly right: string;
  readonly wrong: string;
  readonly says: RegExp;
  readonly line?: number;
}

const LIST = '<im-conversation-list></im-conversation-list>';

const PLANTS: readonly Plant[] = [
  {what: 'a property that there is not', lang: 'js', right: 'list.label = "Chats";', wrong: '\nlist.title2 = "Chats";', says: /title2/, line: 2},
  {what: 'a value of another type', lang: 'ts', right: "list.density = 'compact';", wrong: "list.density = 'small';", says: /"small"/},
  {what: 'a name that nothing introduces', lang: 'js', right: 'list.source = source;', wrong: 'list.source = mySauce;', says: /mySauce/},
  {
    what: 'a module that the package does not export',
    lang: 'js',
    right: "import {MemorySource} from 'im-conversation-list/sources/memory.js';",
    wrong: "import {MemoryCore} from 'im-conversation-list/sources/memory-core.js';",
    says: /memory-core/,
  },
  {
    what: 'an event that there is not',
    lang: 'js',
    right: "list.addEventListener('im-conversation-select', ({conversation}) => console.log(conversation.title));",
    wrong: "list.addEventListener('im-conversation-opened', () => undefined);",
    says: /no such event: im-conversation-opened/,
  },
  {what: 'code that does not parse', lang: 'ts', right: 'export const one = 1;', wrong: 'export const one = ;', says: /Expression expected/},
  {what: 'a tag that there is not', lang: 'html', right: LIST, wrong: `${LIST}\n<im-badge></im-badge>`, says: /no such element: <im-badge>/, line: 2},
  {what: 'an attribute that there is not', lang: 'html', right: LIST, wrong: '<im-conversation-list size="5"></im-conversation-list>', says: /no attribute size/},
  {
    what: 'a slot that there is not',
    lang: 'html',
    right: '<im-conversation-list><p slot="footer">End</p></im-conversation-list>',
    wrong: '<im-conversation-list><p slot="bottom">End</p></im-conversation-list>',
    says: /no slot bottom/,
  },
  {what: 'markup that does not parse', lang: 'html', right: LIST, wrong: '<p id="a" id="b"></p>', says: /duplicate-attribute/},
  {
    what: 'a script with a mistake',
    lang: 'html',
    right: `${LIST}\n<script type="module">\nimport 'im-conversation-list/define.js';\n</script>`,
    wrong: `${LIST}\n<script type="module">\nimport 'im-conversation-list/define.js';\ndocument.querySelector('im-conversation-list').launch();\n</script>`,
    says: /'launch'/,
    line: 4,
  },
  {
    what: 'a list that stays empty',
    lang: 'html',
    right: LIST,
    wrong: `${LIST}<script type="module">import 'im-conversation-list/define.js'; document.querySelector('im-conversation-list').conversations = [];</script>`,
    says: /draws no rows/,
  },
  {
    what: 'a row template with a name that there is not',
    lang: 'html',
    right: '<im-conversation-list><template slot="row"><b>{{title}}</b></template></im-conversation-list>',
    wrong: '<im-conversation-list><template slot="row"><b>{{titel}}</b></template></im-conversation-list>',
    says: /titel/,
  },
  {
    what: 'a policy that the list does not work under',
    lang: 'http',
    right: "Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'",
    wrong: "Content-Security-Policy: default-src 'none'; script-src 'self'",
    says: /connect-src|violates/,
  },
  {what: 'styles that do not parse', lang: 'css', right: 'p { color: red }', wrong: 'p {\n  color: red }}', says: /./},
  {
    what: 'a custom property that there is not',
    lang: 'css',
    right: 'im-conversation-list { --im-conversation-list-row-height: 4rem }',
    wrong: 'im-conversation-list {\n  --im-conversation-list-height: 4rem }',
    says: /no such property: --im-conversation-list-height/,
    line: 2,
  },
  {what: 'a part that there is not', lang: 'css', right: 'im-conversation-list::part(row unread) { color: red }', wrong: 'im-conversation-list::part(line) { color: red }', says: /no such part: line/},
  {what: 'a state that there is not', lang: 'css', right: 'im-conversation-list:state(empty) { color: red }', wrong: 'im-conversation-list:state(void) { color: red }', says: /no such state: void/},
  {what: 'JSON that does not parse', lang: 'json', right: '{"a": 1}', wrong: '{"a": 1,}', says: /JSON/},
  {
    what: 'a page that is not as the protocol says',
    lang: 'json',
    right: '{"conversations": [], "done": true}',
    wrong: '{"conversations": [], "done": "yes"}',
    says: /not a Page/,
  },
  {
    what: 'a request that the protocol does not have',
    lang: 'http',
    right: 'GET /conversations?limit=5\n{"conversations": [], "done": true}',
    wrong: 'GET /conversations?most=5\n{"conversations": [], "done": true}',
    says: /no parameter most/,
  },
  {what: 'an event that the protocol does not have', lang: 'http', right: 'event: hello\ndata: {"resumed": true}', wrong: 'event: hi\ndata: {"resumed": true}', says: /no event hi/},
  {what: 'a script that there is not', lang: 'sh', right: 'npm ci && npm start', wrong: 'npm ci\nnpm run begin', says: /no script begin/, line: 2},
  {what: 'a flag that a script does not know', lang: 'sh', right: 'npm run bench -- --quick', wrong: 'npm run bench -- --fast', says: /does not know fast/},
  {what: 'a variable that a script does not know', lang: 'sh', right: 'PORT=1 npm run server', wrong: 'DOOR=1 npm run server', says: /does not know DOOR/},
  {what: 'a file that there is not', lang: 'sh', right: 'node scripts/build.mjs', wrong: 'node scripts/builds.mjs', says: /no file scripts\/builds\.mjs/},
  {what: 'SQL that does not run', lang: 'sql', right: 'SELECT 1', wrong: 'SELECT 1 FRM chats', says: /syntax error/},
  {what: 'code under the name of text', lang: 'text', right: '3 passed', wrong: 'npm install', says: /name its language/},
  {what: 'a language that nothing tests', lang: 'text', right: 'What it says', wrong: '```\n\n```cobol\nMOVE 1 TO A', says: /nothing tests blocks of/},
];

const block = (lang: string, code: string): string => `\`\`\`${lang}\n${code}\n\`\`\`\n`;

describe('the test of blocks in the documentation', () => {
  const found = new Map<string, Block[]>();

  before(async () => {
    const pages = PLANTS.flatMap(({what, lang, right, wrong}) => [
      {path: `${what}, right.md`, text: block(lang, right)},
      {path: `${what}, wrong.md`, text: block(lang, wrong)},
    ]);
    for (const page of pages) found.set(page.path, blocksOf(page));
    await checkBlocks([...found.values()].flat());
  });

  for (const {what, says, line} of PLANTS) {
    it(`finds ${what}`, () => {
      const problems = (path: string) => found.get(path)?.flatMap((one) => one.problems) ?? [];
      assert.deepEqual(problems(`${what}, right.md`), []);
      const wrong = problems(`${what}, wrong.md`).filter(({message}) => says.test(message));
      assert.ok(wrong.length > 0, JSON.stringify(problems(`${what}, wrong.md`)));
      if (line !== undefined) assert.equal(wrong[0]?.line, line + 1);
    });
  }

  it('finds a quote that is not in the file that it names', () => {
    const page = (code: string) => ({path: 'docs/quotes.md', text: `From [scripts/examples.mjs](../scripts/examples.mjs):\n\n${block('js', code)}`});
    const blocks = ["export const EXAMPLES = [...APPS, ...BUNDLERS];", 'export const MORE = [];'].flatMap((code) => blocksOf(page(code)));
    return checkBlocks(blocks).then(() => assert.deepEqual(blocks.map(({problems}) => problems.length), [0, 1]));
  });
});
