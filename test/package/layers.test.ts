import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';
import tseslint from 'typescript-eslint';

// The real configuration, without the rules that need types: the snippets are in no program.
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  overrideConfig: [tseslint.configs.disableTypeChecked],
});

const IMPORTS = '@typescript-eslint/no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';

async function rulesBroken(filePath: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, {filePath});
  assert.ok(result, `${filePath} is ignored`);
  const fatal = result.messages.find((message) => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  return result.messages.map(({ruleId}) => ruleId).filter((rule) => rule === IMPORTS || rule === SYNTAX);
}

const importing = (specifier: string): string => `import {x} from '${specifier}';\nexport const y = x;`;

function forbids(file: string, ...specifiers: readonly string[]): void {
  for (const specifier of specifiers) {
    it(`${file} may not import ${specifier}`, async () => {
      assert.deepEqual(await rulesBroken(file, importing(specifier)), [IMPORTS]);
    });
  }
}

function allows(file: string, ...specifiers: readonly string[]): void {
  for (const specifier of specifiers) {
    it(`${file} may import ${specifier}`, async () => {
      assert.deepEqual(await rulesBroken(file, importing(specifier)), []);
    });
  }
}

describe('layers', () => {
  allows('src/model/probe.ts', './order.js');
  forbids('src/model/probe.ts', '../store/index.js', '../format/text.js', './../store/index.js', 'lit', 'node:fs');

  allows('src/store/probe.ts', './pager.js', '../model/index.js');
  forbids('src/store/probe.ts', '../sources/memory.js', '../format/text.js', '../events/probe.js', 'lit', 'idb');

  allows('src/sources/probe.ts', './memory.js', '../model/index.js', '../format/text.js', 'idb');
  forbids('src/sources/probe.ts', '../store/index.js', '../locales/en.js', '../elements/probe.js', 'lit');
  allows('src/sources/tim/probe.ts', './mapper.js', '../memory.js', '../../model/index.js');
  forbids('src/sources/tim/probe.ts', '../../store/index.js', '../../index.js', 'lit');

  for (const folder of ['events', 'format', 'locales']) {
    allows(`src/${folder}/probe.ts`, './other.js', '../model/index.js');
    forbids(`src/${folder}/probe.ts`, '../store/index.js', '../sources/memory.js', '../elements/probe.js', 'lit');
  }

  allows('src/testing/probe.ts', '../model/index.js', '../sources/memory.js');
  forbids('src/testing/probe.ts', '../store/index.js', '../elements/probe.js', 'lit', '@open-wc/testing');

  allows('src/virtual/probe.ts', '../model/index.js', '@lit-labs/virtualizer/virtualize.js');
  forbids('src/virtual/probe.ts', '../store/index.js', '../controllers/probe.js', '@lit/context');

  allows('src/controllers/probe.ts', '../model/index.js', '../store/index.js', '../virtual/probe.js');
  allows('src/controllers/probe.ts', '../format/time.js', '../locales/en.js', '../context.js', '@lit/context', 'lit');
  forbids('src/controllers/probe.ts', '../elements/probe.js', '../sources/memory.js', '../testing/probe.js');

  allows('src/elements/probe.ts', '../store/array-source.js', '../controllers/probe.js', '../events/probe.js');
  allows('src/elements/probe.ts', 'lit', 'lit/directives/class-map.js', '@lit/context');
  forbids('src/elements/probe.ts', '../sources/memory.js', '../testing/probe.js', 'tslib');

  allows('src/define.ts', './elements/probe.js');
  forbids('src/define.ts', './store/index.js', './index.js', 'lit');

  allows('src/index.ts', './model/index.js', './elements/probe.js');
  forbids('src/index.ts', './define.js', './bundle.js');
  allows('src/bundle.ts', './index.js', './sources/memory.js');

  it('holds for types and for what is passed on', async () => {
    assert.deepEqual(await rulesBroken('src/model/probe.ts', `import type {X} from 'lit';\nexport type Y = X;`), [IMPORTS]);
    assert.deepEqual(await rulesBroken('src/model/probe.ts', `export * from '../store/index.js';`), [IMPORTS]);
  });

  it('cannot be gone round by a dynamic import', async () => {
    assert.deepEqual(await rulesBroken('src/model/probe.ts', `export const x = import('lit');`), [SYNTAX]);
  });
});

describe('entry points', () => {
  for (const folder of ['model', 'store', 'sources', 'controllers', 'elements']) {
    forbids(`src/${folder}/probe.ts`, '../index.js', '../define.js', '../bundle.js');
  }
});

describe('languages', () => {
  const load = 'src/locales/load-locale.ts';

  it('are loaded when they are wanted, from beside the one module that does', async () => {
    assert.deepEqual(await rulesBroken(load, `export const x = import('./de.js');`), []);
    for (const address of [`'../store/index.js'`, `'lit'`, `'./../model/index.js'`, 'name', 'String(name)', '`./${name}.js`']) {
      assert.deepEqual(await rulesBroken(load, `export const x = (name) => import(${address});`), [SYNTAX], address);
    }
    assert.deepEqual(await rulesBroken('src/locales/probe.ts', `export const x = import('./de.js');`), [SYNTAX]);
  });
});

describe('the actions of rows', () => {
  const load = 'src/elements/load-row-actions.ts';

  it('are loaded when they are wanted, from beside the one module that does', async () => {
    assert.deepEqual(await rulesBroken(load, `export const x = import('./row-actions/row-actions.js');`), []);
    for (const address of [`'../store/index.js'`, `'lit'`, `'./../model/index.js'`, 'name', '`./${name}.js`']) {
      assert.deepEqual(await rulesBroken(load, `export const x = (name) => import(${address});`), [SYNTAX], address);
    }
    assert.deepEqual(await rulesBroken('src/elements/probe.ts', `export const x = import('./row-actions/row-actions.js');`), [SYNTAX]);
  });
});

describe('modules that no one imports', () => {
  forbids('src/elements/probe.ts', '@lit-labs/virtualizer', '@lit-labs/virtualizer/LitVirtualizer.js');
  forbids('src/virtual/probe.ts', '@lit-labs/virtualizer', '@lit-labs/virtualizer/layouts/flow.js');
  forbids('src/elements/probe.ts', 'lit/directives/repeat.js', 'lit/directives/style-map.js');
  forbids('src/elements/probe.ts', 'lit/directives/unsafe-html.js', 'lit/directives/unsafe-svg.js');
  forbids('src/index.ts', '@lit-labs/virtualizer', 'lit/directives/repeat.js');
});

describe('what the content security policy forbids', () => {
  const snippets = {
    innerHTML: `document.body.innerHTML = '';`,
    outerHTML: `document.body.outerHTML = '';`,
    insertAdjacentHTML: `document.body.insertAdjacentHTML('beforeend', '');`,
    'document.write': `document.write('');`,
    'a style attribute': `document.body.setAttribute('style', 'color: red');`,
    'a style attribute in a template': 'export const t = (html: any) => html`<p style="color: red"></p>`;',
    'a style element in a template': 'export const t = (html: any) => html`<style></style>`;',
    'markup bound in a template': 'export const t = (html: any) => html`<p .innerHTML=${t}></p>`;',
  };
  for (const [name, code] of Object.entries(snippets)) {
    it(`no ${name}`, async () => {
      assert.deepEqual(await rulesBroken('src/elements/probe.ts', code), [SYNTAX]);
    });
  }

  it('no evaluated code', async () => {
    const [result] = await eslint.lintText(`eval('1');\nnew Function('1');\n`, {filePath: 'src/elements/probe.ts'});
    assert.deepEqual(result?.messages.map(({ruleId}) => ruleId), ['no-eval', 'no-new-func']);
  });

  it('allows what it allows', async () => {
    const code = 'export const t = (html: any) => html`<p class=${t}></p>`;\ndocument.body.style.color = "red";';
    assert.deepEqual(await rulesBroken('src/elements/probe.ts', code), []);
  });
});

describe('tests', () => {
  it('never run alone', async () => {
    assert.deepEqual(await rulesBroken('test/store/probe.ts', `it.only('x', () => undefined);`), [SYNTAX]);
  });
});
