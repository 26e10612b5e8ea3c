import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {LIMITS, parseXml} from '../../src/sources/xmpp/parse-xml.js';
import {parseJid} from '../../src/sources/xmpp/jid.js';
import {all, attr, child, textOf, write, xml, type Xml} from '../../src/sources/xmpp/xml.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const name = fc.constantFrom('message', 'body', 'x', 'item_1', 'é', 'a.b-c');
const text = fc.string({unit: 'binary', maxLength: 30}).map((value) => value.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ''));
const {element} = fc.letrec<{element: Xml; child: Xml | string}>((tie) => ({
  element: fc
    .tuple(name, fc.constantFrom('jabber:client', 'urn:x', 'a"&<'), fc.dictionary(name, text, {maxKeys: 3}), fc.array(tie('child'), {maxLength: 4}))
    .map(([tag, ns, attrs, children]) => xml(tag, ns, attrs, ...children)),
  child: fc.oneof({depthSize: 'small'}, text, tie('element')),
}));

/** With texts that touch each other made one, as they are read. */
function normal({name: tag, ns, attrs, children}: Xml): unknown {
  const parts: unknown[] = [];
  for (const part of children) {
    if (typeof part !== 'string') parts.push(normal(part));
    else if (typeof parts.at(-1) === 'string') parts.push(`${parts.pop() as string}${part}`);
    else if (part !== '') parts.push(part);
  }
  return {tag, ns, attrs: [...attrs].sort(), parts};
}

describe('XML', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(element, (one) => assert.deepEqual(normal(parseXml(write(one))), normal(one))),
      {seed: SEED, numRuns: 500},
    );
  });

  it('reads anything, or refuses it with a SourceError', () => {
    const pieces = fc.constantFrom('<', '>', '</', '/>', 'a', ' ', '="', '"', "'", '&', ';', '&amp;', '<![CDATA[', ']]>', ':', 'xmlns', '<a', '</a>', '<!--', '<?');
    fc.assert(
      fc.property(fc.array(pieces, {maxLength: 30}), (parts) => {
        try {
          parseXml(parts.join(''));
        } catch (thrown) {
          assert.equal((thrown as {code?: unknown}).code, 'invalid-data');
        }
      }),
      {seed: SEED, numRuns: 3000},
    );
  });

  it('follows namespaces and prefixes', () => {
    const read = parseXml(`<s:e xmlns:s="urn:s" xmlns="urn:d"><s:a/><b xml:lang='en'><c xmlns="urn:c"/></b></s:e>`);
    assert.deepEqual([read.name, read.ns, child(read, 'a')?.ns, child(read, 'b')?.ns], ['e', 'urn:s', 'urn:s', 'urn:d']);
    assert.equal(child(child(read, 'b'), 'c')?.ns, 'urn:c');
    assert.equal(attr(child(read, 'b'), 'xml:lang'), 'en');
  });

  it('reads the five entities, numbers and CDATA', () => {
    const read = parseXml(`<a b='&quot;&#x1F600;&#65;'>&lt;&amp;&gt;&apos;<![CDATA[<&]]></a>`);
    assert.equal(attr(read, 'b'), '"😀A');
    assert.equal(textOf(read), `<&>'<&`);
  });

  for (const [what, source] of [
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity of its own', '<a>&b;</a>'],
    ['an entity that is no character', '<a>&#x110000;</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['a processing instruction', '<?xml version="1.0"?><a/>'],
    ['two elements', '<a/><b/>'],
    ['an element that does not end', '<a><b></b>'],
    ['ends that cross', '<a><b></a></b>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['a prefix of nothing', '<x:a/>'],
    ['text alone', 'hello'],
    ['nothing', ''],
    ['too many characters', `<a>${'x'.repeat(LIMITS.size)}</a>`],
    ['too many elements inside each other', `${'<a>'.repeat(LIMITS.depth + 1)}${'</a>'.repeat(LIMITS.depth + 1)}`],
    ['too many elements', `<a>${'<b/>'.repeat(LIMITS.elements)}</a>`],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseXml(source), {name: 'SourceError', code: 'invalid-data', retryable: false});
    });
  }

  it('writes nothing that XML cannot hold', () => {
    assert.equal(write(xml('a', 'u', {b: '\0"'}, 'x\ud800\u0007y')), '<a xmlns="u" b="&quot;">xy</a>');
    assert.equal(all(parseXml(write(xml('a', 'u', {}, '</a><b/>')))).length, 0);
  });
});

describe('addresses', () => {
  it('have parts, of which case counts in the last only', () => {
    assert.deepEqual(parseJid('Me@Example.org/Web'), {bare: 'me@example.org', local: 'me', domain: 'example.org', resource: 'Web'});
    assert.equal(parseJid('rooms.example.org')?.bare, 'rooms.example.org');
  });

  it('are nothing else', () => {
    for (const wrong of ['', '@b', 'a@', 'a b@c', 'a@b@c', 'a@b/', '<a>@b', 'a@b/\0', 'x'.repeat(2000), undefined]) {
      assert.equal(parseJid(wrong), undefined, String(wrong));
    }
  });
});
