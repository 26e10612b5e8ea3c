/** JSON and what goes over the wire, by `docs/protocol`. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {ROOT} from './blocks.mjs';

const read = (name) => JSON.parse(readFileSync(join(ROOT, 'docs/protocol', name), 'utf8'));
const {paths} = read('openapi.json');
const {messages} = read('asyncapi.json').components;
const ajv = new Ajv2020({allErrors: true, strict: false});
ajv.addSchema(read('schemas.json'), 'schemas.json');

/** JSON: it parses, and is as the protocol says if it is a page of conversations. */
export function checkJson(block) {
  const value = parse(block, block.code, block.line + 1);
  if (value?.conversations) check(block, value.done === undefined ? 'Upsert' : 'Page', value, block.line + 1);
}

/** Headers of a page, which a browser runs. */
export const isHeaders = ({code}) => /^(?:[A-Z][\w-]*: .+\n)+$/.test(code);

/** A request with its answer, or events of a stream. */
export function checkHttp(block) {
  if (/^(?:event|id|data):/.test(block.code)) return checkEvents(block);
  const [request, ...answer] = block.code.split('\n');
  const [method, url] = request.split(' ');
  const {pathname, searchParams} = new URL(url, 'http://localhost');
  const operation = paths[pathname.replace(/^\/conversations/, '') || '/']?.[method.toLowerCase()];
  if (operation === undefined) return say(block, block.line + 1, `the protocol has no ${method} ${pathname}`);
  const parameters = (operation.parameters ?? []).map(({name}) => name);
  for (const name of searchParams.keys()) {
    if (!parameters.includes(name)) say(block, block.line + 1, `${method} ${pathname} has no parameter ${name}`);
  }
  const value = parse(block, answer.join('\n'), block.line + 2);
  const [, name] = /"schemas\.json#\/\$defs\/(\w+)"/.exec(JSON.stringify(operation.responses['200'])) ?? [];
  if (value && name) check(block, name, value, block.line + 2);
}

function checkEvents(block) {
  let name;
  for (const [at, text] of block.code.split('\n').entries()) {
    const line = block.line + 1 + at;
    const [, field, content] = /^(\w+): (.*)$/.exec(text) ?? [];
    if (field === 'event') name = content;
    if (field === 'event' && !messages[name]) say(block, line, `the protocol has no event ${name}`);
    if (field !== 'data' || !messages[name]) continue;
    const value = parse(block, content, line);
    if (value) check(block, messages[name].payload.$ref.split('/').at(-1), value, line);
  }
}

function parse(block, text, line) {
  try {
    return JSON.parse(text);
  } catch (error) {
    say(block, line, error.message);
  }
}

function check(block, name, value, line) {
  const validate = ajv.getSchema(`schemas.json#/$defs/${name}`);
  if (!validate(value)) say(block, line, `not a ${name}: ${ajv.errorsText(validate.errors)}`);
}

function say(block, line, message) {
  block.problems.push({line, message});
}
