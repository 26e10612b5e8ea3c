import {control, ensure, show, type Check} from './check.js';
import {idsIn, lacking, type Harness} from './harness.js';
import {Recorder} from './recorder.js';

const CHANGE = [control('change')];

/** Hears one change, with a listener of its own. */
async function hears(h: Harness, recorder: Recorder, id = h.last.id): Promise<void> {
  await h.change(id, recorder);
}

/** Runs while what a listener throws is caught where sources report it, so that no runner takes it for a failure. */
async function whileReporting(thrown: Error, run: () => Promise<void>): Promise<void> {
  const scope = globalThis as {
    reportError?: ((error: unknown) => void) | undefined;
    addEventListener?: typeof globalThis.addEventListener;
    removeEventListener?: typeof globalThis.removeEventListener;
  };
  const {reportError: report} = scope;
  const error = console.error;
  const expected = (event: ErrorEvent): void => {
    if (event.error !== thrown) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  if (report) scope.reportError = (value) => (value === thrown ? undefined : report(value));
  console.error = (...values: unknown[]) => (values.includes(thrown) ? undefined : error(...values));
  scope.addEventListener?.('error', expected, true);
  try {
    await run();
  } finally {
    if (report) scope.reportError = report;
    console.error = error;
    scope.removeEventListener?.('error', expected, true);
  }
}

export const LISTEN_CHECKS: readonly Check[] = [
  {
    name: 'subscribe returns a function that may be called twice',
    why: 'it is the only way to end listening, and more than one place may end it',
    async run(h) {
      const {stop} = h.listen();
      stop();
      stop();
    },
  },
  {
    name: 'no event comes before subscribe has returned',
    why: 'who listens has no way yet to end it; tell what stands in a microtask',
    async run(h) {
      let returned = false;
      let early: unknown;
      h.listenWith((event) => {
        if (!returned) early ??= event.type;
      });
      returned = true;
      await h.quiet();
      ensure(early === undefined, `a \`${show(early)}\` event came inside subscribe()`);
    },
  },
  {
    name: 'a change is told as an upsert',
    why: 'the row would stay as it was until the list is opened anew',
    needs: CHANGE,
    async run(h) {
      await hears(h, h.listen());
    },
  },
  {
    name: 'every listener is told',
    why: 'a list and a badge listen to one source',
    needs: CHANGE,
    async run(h) {
      const [one, two] = [h.listen(), h.listen()];
      await hears(h, one);
      await h.until(() => two.told(h.last.id), 'the second listener heard nothing');
    },
  },
  {
    name: 'one function may listen twice',
    why: 'each subscription ends by its own function; a Set of listeners forgets the second',
    needs: CHANGE,
    async run(h) {
      const recorder = new Recorder();
      const end = h.listenWith(recorder.listen);
      h.listenWith(recorder.listen);
      end();
      await h.subject.change?.(h.last.id);
      await h.until(() => recorder.told(h.last.id), 'once one of two subscriptions had ended, the other heard nothing');
    },
  },
  {
    name: 'no event comes after unsubscribing',
    why: 'a list that has gone would keep its rows and its memory',
    needs: CHANGE,
    async run(h) {
      const [gone, stays] = [h.listen(), h.listen()];
      gone.stop();
      await hears(h, stays);
      await h.quiet();
      ensure(gone.events.length === 0, `${gone.events.length} events came`);
    },
  },
  {
    name: 'no event that is on its way comes after unsubscribing',
    why: 'a source that gathers events first has to forget them for those who left',
    needs: CHANGE,
    async run(h) {
      const gone = h.listen();
      const done = h.subject.change?.(h.last.id);
      gone.stop();
      const {length} = gone.events;
      await done;
      await h.quiet();
      ensure(gone.events.length === length, 'an event came though its listener had left');
    },
  },
  {
    name: 'unsubscribing twice leaves other listeners alone',
    why: 'a count of listeners that falls too far ends what others need',
    needs: CHANGE,
    async run(h) {
      const [gone, stays] = [h.listen(), h.listen()];
      gone.stop();
      gone.stop();
      await hears(h, stays);
    },
  },
  {
    name: 'who unsubscribes in the midst of an event hears no more of it',
    why: 'what one listener does may remove another',
    needs: CHANGE,
    async run(h) {
      const second = new Recorder();
      let before = 0;
      const first = h.listenWith(() => {
        before = second.events.length;
        second.stop();
        first();
      });
      h.listen(second);
      const heard = h.listen();
      await hears(h, heard);
      await h.quiet();
      ensure(second.events.length === before, 'a listener was called after another had unsubscribed it');
    },
  },
  {
    name: 'listening again works',
    why: 'a list that is taken out of the page and put back listens anew',
    needs: CHANGE,
    async run(h) {
      const one = h.listen();
      await hears(h, one);
      one.stop();
      await hears(h, h.listen());
    },
  },
  {
    name: 'a listener that throws keeps no other from hearing',
    why: 'one faulty part of an app would stop all its lists',
    needs: CHANGE,
    async run(h) {
      const thrown = new Error('Thrown by a listener of the conformance kit');
      await whileReporting(thrown, async () => {
        let calls = 0;
        h.listenWith(() => {
          calls++;
          throw thrown;
        });
        const heard = h.listen();
        try {
          await h.subject.change?.(h.last.id);
        } catch (error) {
          ensure(error !== thrown, 'what a listener threw came out of the source');
          throw error;
        }
        await h.until(() => heard.told(h.last.id), 'the listener behind the one that threw heard nothing');
        await hears(h, heard, h.first.id);
        ensure(calls > 1, 'the listener that threw was not called again');
        await h.quiet();
      });
    },
  },
  {
    name: 'a listener may ask the source for a page',
    why: 'the list answers a gap by loading again, at once',
    needs: CHANGE,
    async run(h) {
      const asked: Promise<void>[] = [];
      // The one that changes may rise past the pages of who walks meanwhile.
      const others = idsIn(h.known).filter((id) => id !== h.last.id);
      h.listenWith(() => {
        const walk = h.walk().then(({rows}) => {
          ensure(lacking(others, idsIn(rows)).length === 0, 'its pages lack rows');
        });
        // Waited for below; until then it may fail.
        walk.catch(() => undefined);
        asked.push(walk);
      });
      await hears(h, h.listen());
      await Promise.all(asked);
    },
  },
];
