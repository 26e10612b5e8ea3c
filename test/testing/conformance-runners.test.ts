import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {CONFORMANCE_RULES, runSourceConformance} from '../../src/testing/source-conformance.js';
import {failureOf, register} from './support/run-kit.js';
import {CONTENT, memorySubject} from './support/subjects.js';

const ONE = 'every conversation is valid';
const noop = (): void => undefined;

describe('the kit and test runners', () => {
  it('has at least 40 checks, each with a name of its own', () => {
    assert.ok(CONFORMANCE_RULES.length >= 40, `${CONFORMANCE_RULES.length}`);
    assert.equal(new Set(CONFORMANCE_RULES.map(({name}) => name)).size, CONFORMANCE_RULES.length);
  });

  it('gives every check to `it` or to `it.skip`', async () => {
    const {suites, bodies, skipped} = await register(memorySubject, {name: 'Mine'});
    assert.equal(suites[0], 'Mine');
    assert.equal(bodies.size + skipped.length, CONFORMANCE_RULES.length);
    for (const {name} of CONFORMANCE_RULES) {
      assert.ok(bodies.has(name) || skipped.some((title) => title.startsWith(`${name} (without `)), name);
    }
  });

  it('skips what needs a control that is not there', async () => {
    const {bodies, skipped} = await register(() => {
      const {source, conversations} = memorySubject();
      return {source, conversations};
    });
    for (const {name, needs} of CONFORMANCE_RULES) {
      if (!needs.some((need) => need.startsWith('the control'))) continue;
      assert.equal(bodies.has(name), false, name);
      assert.ok(skipped.some((title) => title.startsWith(`${name} (without`) && title.includes('the control')), name);
    }
  });

  it('says so in the name where there is no `it.skip`', async () => {
    const names: string[] = [];
    await runSourceConformance(memorySubject, {describe: (_, body) => body(), it: (name) => names.push(name)});
    assert.equal(names.length, CONFORMANCE_RULES.length);
    assert.ok(names.includes('skipped: dispose may be called twice (without `dispose()`)'));
  });

  it('Mocha: bodies take no parameter, which would be its callback, and return a promise', async () => {
    // As Mocha does: `this` is a context, and a function with a parameter waits for its call.
    const run: (() => Promise<void>)[] = [];
    const it = Object.assign((_: string, body: () => Promise<void>) => void run.push(body), {skip: noop});
    await runSourceConformance(memorySubject, {describe: (_, body) => body.call({}), it});
    for (const body of run) assert.equal(body.length, 0);
    await run[0]?.call({timeout: noop});
  });

  it('Vitest: bodies are given a context and do not mind', async () => {
    const run: ((context: object) => Promise<void>)[] = [];
    const it = Object.assign((_: string, body: () => Promise<void>) => void run.push(body), {skip: noop});
    await runSourceConformance(memorySubject, {describe: (_, body) => body(), it});
    await run[0]?.({task: {}, expect: noop, skip: noop});
  });

  it('registers at once if the factory is synchronous, else when it has answered', async () => {
    let count = 0;
    const options = {describe: (_: string, body: () => void) => body(), it: () => count++};
    const done = runSourceConformance(memorySubject, options);
    assert.equal(count, CONFORMANCE_RULES.length);
    await done;
    const late = runSourceConformance(async () => memorySubject(), options);
    assert.equal(count, CONFORMANCE_RULES.length);
    await late;
    assert.equal(count, 2 * CONFORMANCE_RULES.length);
  });

  it('leaves out deviations, with their reason', async () => {
    const {bodies, skipped} = await register(memorySubject, {deviations: {[ONE]: 'the service sends no names'}});
    assert.equal(bodies.has(ONE), false);
    assert.ok(skipped.includes(`${ONE} (the service sends no names)`));
  });

  const failing = {
    'a deviation from no check': () => register(memorySubject, {deviations: {'every row is fine': 'why not'}}),
    'a factory that throws': () => register(() => assert.fail('No server')),
    'a factory that rejects': () => register(() => Promise.reject(new Error('No server'))),
    'a factory without a source': () => register(() => ({conversations: CONTENT}) as never),
    'too few conversations': () => register(() => ({...memorySubject(), conversations: CONTENT.slice(0, 3)})),
    'an id twice': () => register(() => ({...memorySubject(), conversations: [...CONTENT, ...CONTENT]})),
  };
  for (const [what, registered] of Object.entries(failing)) {
    it(`${what} is a test that fails`, async () => {
      const failure = await failureOf(await registered(), 'the kit can be run');
      assert.match(failure?.message ?? '', /every row is fine|No server|source|at least 4/);
    });
  }

  it('makes a subject for each check and ends it', async () => {
    let [made, disposed] = [0, 0];
    const sources = new Set<ReturnType<typeof memorySubject>['source']>();
    const registered = await register(() => {
      const subject = memorySubject();
      made++;
      sources.add(subject.source);
      return {...subject, dispose: async () => void disposed++};
    });
    for (const name of registered.bodies.keys()) assert.equal(await failureOf(registered, name), undefined, name);
    assert.equal(made, registered.bodies.size + 1);
    assert.equal(disposed, made);
    for (const source of sources) assert.equal(source.listenerCount, 0);
  });

  it('a subject that comes to lack what it had fails its checks', async () => {
    let first = true;
    const registered = await register(() => {
      const subject = memorySubject();
      if (first) {
        first = false;
        return subject;
      }
      const {change: _, ...less} = subject;
      return less;
    });
    const failure = await failureOf(registered, 'a change is told as an upsert');
    assert.match(failure?.message ?? '', /gave the control `change` at first/);
  });
});
