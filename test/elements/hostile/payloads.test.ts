// Loaded when a person acts, it would count as a request.
import '../../../src/elements/hands.js';
import {expect} from '@open-wc/testing';
import {captureProblems} from '../../setup/csp-guard.js';
import {sample} from '../../setup/engine.js';
import {PAYLOADS} from './payloads.js';
import {showAround, showInRows} from './places.js';

const BATCH = 100;

/** What is a text in one engine is one in all; whether any of them makes more of it, every fourth shows. */
const texts = sample(PAYLOADS);

/** The payloads, some at a time: each list draws all its rows. */
const batches = Array.from({length: Math.ceil(texts.length / BATCH)}, (_, i) => texts.slice(i * BATCH, (i + 1) * BATCH));

/** What was asked of the server since `start`, ms. */
const requestsSince = (start: number) =>
  performance.getEntriesByType('resource').filter(({startTime}) => startTime >= start).map(({name}) => name);

describe(`${texts.length} payloads stay text`, () => {
  const ran: unknown[] = [];
  const {alert, confirm, prompt} = window;
  const {warn} = console;
  before(() => {
    for (const name of ['alert', 'confirm', 'prompt'] as const) window[name] = ((text: unknown) => ran.push(text)) as never;
    // Attributes of nonsense are warned of; that is tested elsewhere.
    console.warn = () => undefined;
    performance.setResourceTimingBufferSize(10_000);
  });
  after(() => {
    Object.assign(window, {alert, confirm, prompt});
    console.warn = warn;
  });

  it('there are at least 500, each another', () => {
    expect(PAYLOADS.length).to.be.at.least(500);
    expect(new Set(PAYLOADS).size).to.equal(PAYLOADS.length);
  });

  batches.forEach((batch, i) => {
    it(`in every string field of a row, built-in, custom and after a throw (${i + 1} of ${batches.length})`, async () => {
      const start = performance.now();
      let wrong: string[] = [];
      const problems = await captureProblems(async () => (wrong = await showInRows(batch)));
      expect(wrong.slice(0, 5)).to.deep.equal([]);
      // The renderer that throws is reported, once; nothing else happened, and no policy had to step in.
      expect(problems.map(({kind, reason}) => [kind, (reason as Error).message])).to.deep.equal([['error', batch[0]]]);
      expect(requestsSince(start)).to.deep.equal([]);
    }).timeout(60_000);

    it(`in errors, labels, words, groups and attributes (${i + 1} of ${batches.length})`, async () => {
      const start = performance.now();
      expect((await showAround(batch)).slice(0, 5)).to.deep.equal([]);
      expect(requestsSince(start)).to.deep.equal([]);
    }).timeout(60_000);
  });

  it('and nothing of them has run', () => {
    expect(ran).to.deep.equal([]);
    expect((window as {__xss?: unknown}).__xss).to.equal(undefined);
  });
});
