import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Ajv2020} from 'ajv/dist/2020.js';
import ts from 'typescript';
import {HttpSource} from '../../src/sources/http.js';
import {EVENTS, readEvent, readPage} from '../../src/sources/http/read.js';
import {HttpBackend} from '../sources/fakes/http-backend.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const folder = new URL('../../docs/protocol/', import.meta.url);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
const schemas = read<{readonly $defs: Readonly<Record<string, Schema>>}>('schemas.json');
const openapi = read<{readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>}>('openapi.json');
const asyncapi = read<{readonly components: {readonly messages: Readonly<Record<string, unknown>>}}>('asyncapi.json');
const examples = read<Readonly<Record<string, {readonly schema: string; readonly value: unknown}>>>('examples.json');

const ajv = new Ajv2020({strict: true, allErrors: true, strictRequired: false});
ajv.addSchema(schemas, 'schemas.json');

function valid(name: string, value: unknown): void {
  const check = ajv.getSchema(`schemas.json#/$defs/${name}`);
  assert.ok(check, `there is a schema ${name}`);
  assert.ok(check(value), `${name}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(value)}`);
}

/** A shape to compare by: of strings the values, of others the kind. */
function ofSchema(schema: Schema, optional: boolean): string {
  if (schema.anyOf) {
    // An optional field may be null on the wire; of the types only those that mean something by it have it.
    const parts = schema.anyOf.map((one) => ofSchema(one, false)).filter((part) => !optional || part !== 'null');
    return parts.sort().join(' | ');
  }
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return name === 'OrderKey' ? 'bigint' : name;
  }
  if (schema.enum) return schema.enum.map((value) => `"${value}"`).sort().join(' | ');
  if (schema.type === 'array') return `${ofSchema(schema.items ?? {}, false)}[]`;
  return schema.type === 'integer' ? 'number' : (schema.type ?? '?');
}

const model = fileURLToPath(new URL('../../src/model/conversation.ts', import.meta.url));
const program = ts.createProgram([model], {strict: true, exactOptionalPropertyTypes: true, target: ts.ScriptTarget.ES2022});
const checker = program.getTypeChecker();

function ofType(type: ts.Type): string {
  if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) {
    // Truth is a union of its two values.
    const parts = new Set(type.types.map((one) => (one.flags & ts.TypeFlags.BooleanLiteral ? 'boolean' : ofType(one))));
    parts.delete('undefined');
    return [...parts].sort().join(' | ');
  }
  if (checker.isArrayType(type)) return `${ofType(checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type)}[]`;
  return checker.typeToString(type);
}

function propertiesOf(name: string): Map<string, {shape: string; optional: boolean}> {
  const file = program.getSourceFile(model);
  const declaration = file?.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  assert.ok(declaration, `there is an interface ${name}`);
  return new Map(
    checker.getTypeAtLocation(declaration).getProperties().map((property) => {
      const type = checker.getTypeOfSymbolAtLocation(property, declaration);
      return [property.name, {shape: ofType(type), optional: (property.flags & ts.SymbolFlags.Optional) !== 0}];
    }),
  );
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (name === '$ref' ? [String(part)] : refsIn(part)));
}

describe('the protocol', () => {
  for (const name of ['Conversation', 'LastMessage', 'Member', 'Draft', 'ConversationGroup']) {
    it(`describes ${name} as the types have it`, () => {
      const {properties = {}, required = []} = schemas.$defs[name] ?? {};
      const types = propertiesOf(name);
      // An object of the service's own does not travel.
      types.delete('native');
      assert.deepEqual(Object.keys(properties).sort(), [...types.keys()].sort());
      for (const [field, {shape, optional}] of types) {
        assert.equal(!required.includes(field), optional, `${field} is required`);
        const keepsNull = field === 'lastMessage';
        assert.equal(ofSchema(properties[field] ?? {}, optional && !keepsNull), shape, field);
      }
    });
  }

  it('has only references that lead somewhere', () => {
    for (const [name, document] of Object.entries({'schemas.json': schemas, 'openapi.json': openapi, 'asyncapi.json': asyncapi})) {
      for (const ref of refsIn(document)) {
        const [file, path = ''] = ref.split('#');
        const target: unknown = {'': document, 'schemas.json': schemas}[file ?? ''];
        const found = path.split('/').slice(1).reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)?.[key.replaceAll('~1', '/')], target);
        assert.ok(found, `${name}: ${ref}`);
      }
    }
  });

  it('has examples that are as it says, and that the source can read', () => {
    for (const {schema, value} of Object.values(examples)) valid(schema, value);
    assert.equal(readPage(examples['page']?.value).conversations[0]?.orderKey, 4611686020127387904n);
    for (const name of EVENTS) assert.equal(readEvent(name, examples[name]?.value)?.type, name);
    assert.deepEqual(Object.keys(asyncapi.components.messages).sort(), ['hello', ...EVENTS].sort());
  });

  it('refuses what is not as it says', () => {
    const page = examples['page']?.value as {readonly conversations: readonly object[]};
    for (const wrong of [
      {...page, cursor: undefined},
      {...page, done: 'no'},
      {...page, conversations: [{...page.conversations[0], orderKey: 5}]},
      {...page, conversations: [{...page.conversations[0], unreadCount: -1}]},
    ]) {
      assert.equal(ajv.getSchema('schemas.json#/$defs/Page')?.(JSON.parse(JSON.stringify(wrong))), false);
    }
  });

  it('is what the source speaks', async () => {
    const backend = await HttpBackend.start();
    const asked = new Set<string>();
    const source = new HttpSource(backend.url, {
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const path = new URL(url as string).pathname.replace('/conversations', '') || '/';
        const operation = openapi.paths[path]?.[(init?.method ?? 'GET').toLowerCase()];
        assert.ok(operation, `${init?.method} ${path} is described`);
        asked.add(`${init?.method ?? 'GET'} ${path}`);
        const {requestBody, responses} = operation as Readonly<Record<string, unknown>>;
        const [body] = refsIn(requestBody);
        if (body) valid(body.split('/').at(-1) ?? '', JSON.parse(String(init?.body)));
        const [answer] = refsIn((responses as Readonly<Record<string, unknown>>)['200']);
        if (answer) valid(answer.split('/').at(-1) ?? '', await response.clone().json());
        return response;
      },
    });
    try {
      const end = source.subscribe(() => undefined);
      await source.getPage({limit: 5, filter: {types: ['direct'], hidden: false}});
      await source.search('conversation');
      await source.getTotalUnread();
      await source.getByIds(['a']);
      await source.setPinned('b', true);
      await source.setDraft('b', null);
      await source.setMark(['b'], 'star', true);
      await source.markRead('all');
      await source.markRead(['a', 'none']);
      await source.clearHistory('a');
      const group = await source.groups?.create('Friends', ['a']);
      await source.groups?.list();
      await source.groups?.rename(group?.id ?? '', 'Family');
      await source.groups?.remove('Family', ['a']).catch(() => undefined);
      await source.groups?.add(group?.id ?? '', ['b']).catch(() => undefined);
      await source.groups?.delete('Family').catch(() => undefined);
      await source.delete(['g'], {clearHistory: true});
      end();
    } finally {
      source.dispose();
      await backend.close();
    }
    const described = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    assert.deepEqual([...asked].sort(), described.sort());
  });
});
