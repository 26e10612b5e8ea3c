import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Scram, type ScramHash} from '../../src/sources/xmpp/scram.js';

const decode = (text: string): string => Buffer.from(text, 'base64').toString();

/** The examples of RFC 5802 and RFC 7677: user `user`, password `pencil`. */
const EXAMPLES: readonly (readonly [ScramHash, string, string, string, string])[] = [
  [
    'SHA-1',
    'fyko+d2lbbFgONRv9qkxdawL',
    'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  ],
  [
    'SHA-256',
    'rOprNGfwEbeRWgbNEkqO',
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  ],
];

describe('the login by SCRAM', () => {
  for (const [hash, nonce, challenge, answer, success] of EXAMPLES) {
    it(`does what the example of ${hash} does`, async () => {
      const scram = new Scram(hash, 'user', 'pencil', nonce);
      assert.equal(decode(scram.initial), `n,,n=user,r=${nonce}`);
      assert.equal(decode(await scram.answer(btoa(challenge))), answer);
      scram.verify(btoa(success));
    });
  }

  it('refuses a server that does not know the password', async () => {
    const [[hash, nonce, challenge] = []] = EXAMPLES;
    const scram = new Scram(hash as ScramHash, 'user', 'pencil', nonce);
    await scram.answer(btoa(challenge ?? ''));
    assert.throws(() => scram.verify(btoa('v=AAAA')), {code: 'auth'});
  });

  for (const [what, challenge] of [
    ['another nonce', 'r=other,s=QSXCR+Q6sek8bf92,i=4096'],
    ['the nonce without an addition', 'r=mine,s=QSXCR+Q6sek8bf92,i=4096'],
    ['hardly any rounds', 'r=mine+,s=QSXCR+Q6sek8bf92,i=1'],
    ['rounds without end', 'r=mine+,s=QSXCR+Q6sek8bf92,i=99999999999'],
    ['no rounds', 'r=mine+,s=QSXCR+Q6sek8bf92'],
  ] as const) {
    it(`refuses a challenge with ${what}`, async () => {
      await assert.rejects(new Scram('SHA-1', 'user', 'pencil', 'mine').answer(btoa(challenge)), {code: 'auth'});
    });
  }

  it('keeps signs of the protocol out of the name', () => {
    assert.equal(decode(new Scram('SHA-1', 'a=b,c', 'x', 'n').initial), 'n,,n=a=3Db=2Cc,r=n');
  });
});
