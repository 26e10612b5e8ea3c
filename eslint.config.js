import js from '@eslint/js';
import {defineConfig} from 'eslint/config';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/**
 * Who may know whom, `model ← store ← controllers ← elements ← define`: for each folder of `src`, the other
 * folders and the packages it may import. A folder that is not named here may import nothing.
 */
export const LAYERS = {
  model: {},
  store: {folders: ['model']},
  // IndexedDB, for the sources that keep what they have.
  sources: {folders: ['model', 'format'], packages: ['idb']},
  events: {folders: ['model']},
  format: {folders: ['model']},
  locales: {folders: ['model']},
  testing: {folders: ['model', 'sources']},
  // The core of the virtualizer is to be had only through a directive, which takes Lit to render.
  virtual: {folders: ['model'], packages: ['lit', '@lit-labs/virtualizer']},
  context: {folders: ['model', 'store'], packages: ['@lit/context']},
  controllers: {
    folders: ['model', 'store', 'virtual', 'format', 'locales', 'context'],
    packages: ['lit', '@lit/context'],
  },
  // No source: an app that keeps its own array comes through `store/array-source`.
  elements: {
    folders: ['model', 'store', 'virtual', 'format', 'locales', 'context', 'controllers', 'events'],
    packages: ['lit', '@lit/context', '@lit-labs/virtualizer'],
  },
};

/** Imports that are wrong wherever they stand. */
const NOWHERE = [
  {
    regex: '^@lit-labs/virtualizer(?:/LitVirtualizer\\.js)?$',
    message: 'It registers <lit-virtualizer> without asking; import the module that is needed.',
  },
  {
    regex: '^@lit-labs/virtualizer/layouts/flow\\.js$',
    allowTypeImports: true,
    message: 'The rows have one height and a layout of ours.',
  },
  {
    regex: '^lit(?:-html)?/directives/repeat\\.js$',
    message: 'repeat() leaks a comment node for each removed item (lit/lit#5010).',
  },
  {
    regex: '^lit(?:-html)?/directives/(?:unsafe-html|unsafe-svg|unsafe-mathml|style-map)\\.js$',
    message: 'Not possible under the content security policy the package promises to work with.',
  },
];

/**
 * @param {string} folder
 * @param {number} depth of the files' folder under `src`
 */
function layerPattern(folder, depth) {
  const {folders = [], packages = []} = LAYERS[folder];
  const inside = Array.from({length: depth}, (_, up) => (up === 0 ? './' : '../'.repeat(up)));
  const allowed = [
    ...inside.map((prefix) => `${escape(prefix)}(?!\\.\\.?/)`),
    ...folders.map((name) => `${escape('../'.repeat(depth))}${name}(?:/|\\.js$)`),
    ...packages.map((name) => `${escape(name)}(?:/|$)`),
  ];
  const names = [...folders, ...packages];
  return {
    regex: `^(?!${allowed.join('|')})`,
    message: `src/${folder} may import ${names.length === 0 ? 'nothing outside itself' : `only ${names.join(', ')}`}.`,
  };
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

const restrictImports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', {patterns: [...NOWHERE, ...patterns]}],
});

const layers = Object.keys(LAYERS).flatMap((folder) =>
  [1, 2].map((depth) => ({
    files: [`src/${folder}/${'*/'.repeat(depth - 1)}*.ts`],
    rules: restrictImports(layerPattern(folder, depth)),
  })),
);

const IMPORT_EXPRESSION = {
  selector: 'ImportExpression',
  message: 'Import statically: the layers are checked on import declarations.',
};

/** What the content security policy forbids, what the house does without, and what would go round the layers. */
const restrictedSyntax = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    message: 'Build nodes, or let Lit render them.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment|parseFromString)$/]',
    message: 'Build nodes, or let Lit render them.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^writeln?$|^write$/]',
    message: 'Build nodes, or let Lit render them.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(set|toggle)Attribute(NS)?$/] > Literal.arguments[value=/^style$/i]',
    message: 'The policy blocks style attributes; set properties of `element.style`.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=|<style|<script/i]',
    message: 'The policy blocks inline styles and scripts; use `static styles`.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\.(innerHTML|outerHTML|srcdoc)=/i]',
    message: 'Bind text, not markup.',
  },
  IMPORT_EXPRESSION,
  {selector: 'TSEnumDeclaration', message: 'Use a union of strings.'},
  {selector: 'ExportDefaultDeclaration', message: 'Export by name.'},
];

const rootFiles = [
  {
    files: ['src/*.ts'],
    rules: restrictImports({regex: '^\\./(?:index|define|bundle)\\.js$', message: 'Nothing imports an entry point.'}),
  },
  {
    files: ['src/context.ts'],
    rules: restrictImports({
      regex: '^(?!\\./(?:model|store)/|@lit/context$)',
      message: 'src/context.ts may import only model, store, @lit/context.',
    }),
  },
  {
    files: ['src/define.ts'],
    rules: {
      ...restrictImports({
        regex: '^(?!\\./elements/|\\./store/src-source\\.js$)',
        message: 'src/define.ts may import only elements, and what `src` is set by.',
      }),
      // A page without a `src` is not to load the source behind it.
      'no-restricted-syntax': [
        'error',
        ...restrictedSyntax.filter((rule) => rule !== IMPORT_EXPRESSION),
        {selector: 'ImportExpression:not([source.value="./sources/http.js"])', message: 'Only the source of `src`.'},
      ],
    },
  },
  {
    files: ['src/server.ts'],
    rules: restrictImports({
      regex: '^(?!\\./(?:elements/|define\\.js$))',
      message: 'src/server.ts may import only elements and their definition.',
    }),
  },
  {
    files: ['src/bundle.ts'],
    rules: restrictImports(),
  },
];

const restrictedInTests = [
  {
    selector: 'MemberExpression[object.name=/^(describe|context|it|test|suite)$/][property.name="only"]',
    message: 'All tests run.',
  },
  // In the browser tests the rule against floating promises is of no use: by semantic-dom-diff's types, every
  // `expect(a).to.equal(b)` is a promise.
  {
    selector: 'ExpressionStatement > CallExpression[callee.property.name="accessible"]',
    message: 'It takes its time: await it.',
  },
  {
    selector:
      'ExpressionStatement > CallExpression[callee.name=/^(aTimeout|captureProblems|elementUpdated|emulateMedia|fixture|nextFrame|oneEvent|resetMouse|sendKeys|sendMouse|setViewport|waitUntil)$/]',
    message: 'It takes its time: await it.',
  },
];

const nodeGlobals = Object.fromEntries(
  [
    ...['AbortController', 'AbortSignal', 'Buffer', 'URL', 'URLSearchParams', 'clearTimeout', 'console', 'fetch', 'performance'],
    ...['process', 'queueMicrotask', 'setImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'structuredClone'],
  ].map((name) => [name, 'readonly']),
);

export default defineConfig(
  {
    ignores: [
      ...['dist/', 'coverage/', 'demo/dist/', 'demo/public/', '**/node_modules/', 'test/sdk/', 'examples/', 'custom-elements.json'],
      ...['docs/public/', 'docs/.vitepress/cache/', 'docs/.vitepress/dist/'],
    ],
  },
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {parserOptions: {project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', ignoreRestSiblings: true}],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      // A source's methods are async by contract, whether or not they wait for something.
      '@typescript-eslint/require-await': 'off',
      // `await undefined` lets the caller finish first.
      '@typescript-eslint/await-thenable': 'off',
      // What an SDK hands over is unknown, and goes into messages all the same.
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/bundle.ts'],
    // The program that is published: without the types of Node.
    languageOptions: {parserOptions: {project: './tsconfig.json'}},
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice']],
    rules: {
      'max-lines': ['error', 300],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'no-warning-comments': ['error', {terms: ['todo', 'fixme', 'xxx']}],
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'lit/lifecycle-super': 'error',
      // LitElement always has the callback.
      'wc/guard-super-call': 'off',
    },
  },
  {
    // Most visits to a page search nothing.
    files: ['src/store/load-search.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...restrictedSyntax.filter((rule) => rule !== IMPORT_EXPRESSION),
        {
          selector: 'ImportExpression:not([source.value="./search-engine.js"])',
          message: 'Only the search, by its written address.',
        },
      ],
    },
  },
  {
    // A page speaks one language: the others are not to weigh on it. The addresses are written out, for bundlers, and
    // stay in the folder, for the layers; only that of a failed import is what the browser said.
    files: ['src/locales/load-locale.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...restrictedSyntax.filter((rule) => rule !== IMPORT_EXPRESSION),
        {
          selector: 'ImportExpression:not([source.value=/^\\.\\u002F[a-z-]+\\.js$/], [source.object.name="url"])',
          message: 'Only a language beside this file, by its written address.',
        },
      ],
    },
  },
  {
    // What is needed only once a person acts, or a list has a row template. The address is written out, for bundlers.
    files: ['src/elements/load-*.ts', 'src/elements/row-template-controller.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...restrictedSyntax.filter((rule) => rule !== IMPORT_EXPRESSION),
        {
          selector: 'ImportExpression:not([source.value=/^\\.\\u002F(?:[a-z-]+\\u002F)*[a-z-]+\\.js$/])',
          message: 'Only a module of this folder, by its written address.',
        },
      ],
    },
  },
  // An element's class doc lists every event, part and property, and feeds the manifest: it does not count.
  {files: ['src/elements/**/*.ts'], rules: {'max-lines': ['error', {max: 400, skipComments: true}]}},
  ...rootFiles,
  ...layers,
  {
    files: ['test/**/*.ts', 'demo/**/*.ts', 'bench/**/*.ts'],
    extends: [lit.configs['flat/recommended']],
    rules: {
      'no-restricted-syntax': ['error', ...restrictedInTests],
      // `expect(x).to.be.true`
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: false}],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test', 'before', 'after']},
          ],
        },
      ],
    },
  },
  {
    files: ['test/{elements,virtual,package-browser}/**/*.ts'],
    rules: {'@typescript-eslint/no-floating-promises': 'off'},
  },
  {
    // VitePress is installed apart; `npm run test:docs` checks the types with it.
    files: ['docs/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {parserOptions: {project: null}},
  },
  {files: ['**/*.{js,mjs}'], languageOptions: {globals: nodeGlobals}},
);
