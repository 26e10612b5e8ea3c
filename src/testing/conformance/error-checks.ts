import {control, ensure, method, paging, show, type Check} from './check.js';
import {agree, ensureAborted, idsIn, isRetryable, lacking, pause, type Harness} from './harness.js';
import {ensurePage, ensureSourceError} from './shapes.js';

/** Something that no source gives for a cursor. */
const FOREIGN_CURSOR = Object.freeze({conformance: 'not a cursor of this source'});

async function works(h: Harness): Promise<void> {
  const missing = lacking(idsIn(h.known), idsIn((await h.walk()).rows));
  ensure(missing.length === 0, `afterwards the pages lack ${show(missing)}`);
}

export const ERROR_CHECKS: readonly Check[] = [
  {
    name: 'a request that fails rejects with a SourceError',
    why: 'its code and `retryable` decide what the person is told and whether the list tries again',
    needs: [control('fail')],
    async run(h) {
      await h.subject.fail?.();
      const outcome = await h.outcome(() => h.source.getPage({limit: h.third}));
      ensure('error' in outcome, `getPage() resolved to ${show(outcome.value)} though the service failed`);
      ensureSourceError(outcome.error, 'the rejection');
    },
  },
  {
    name: 'a request that failed succeeds when it is made again',
    why: '"try again" asks with the same cursor',
    needs: [control('fail')],
    async run(h) {
      const page = await h.page();
      const request = {limit: h.third, ...(page.done ? {} : {cursor: page.cursor})};
      const before = await h.page(request);
      await h.subject.fail?.();
      await h.outcome(() => h.source.getPage(request));
      const after = await h.page(request);
      ensure(agree(after, before), 'the page is another than before');
    },
  },
  {
    name: 'a cursor that it never gave is refused with a SourceError',
    why: 'taken for the start, it would make the list page in circles',
    needs: [paging('cursor', 'offset', 'window')],
    async run(h) {
      const outcome = await h.settled(() => h.source.getPage({limit: h.third, cursor: FOREIGN_CURSOR}));
      ensure('error' in outcome, `${show(FOREIGN_CURSOR)} was answered with ${show(outcome.value)}`);
      ensureSourceError(outcome.error, 'the rejection');
      const {retryable} = outcome.error as {readonly retryable: boolean};
      ensure(!retryable, 'the rejection is retryable, but the cursor stays wrong');
    },
  },
  {
    name: 'a wrong limit is no crash',
    why: 'what the service says of it has to come as a SourceError, like any failure',
    async run(h) {
      for (const limit of [0, -1]) {
        const outcome = await h.outcome(() => h.source.getPage({limit}));
        if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of limit ${limit}`);
        else ensurePage(outcome.value, `the answer to limit ${limit}`);
      }
      await works(h);
    },
  },
  {
    name: 'a request whose signal has fired before settles',
    why: 'a list that is removed at once must leave nothing behind',
    async run(h) {
      const signal = AbortSignal.abort();
      const outcome = await h.outcome(() => h.source.getPage({limit: h.third, signal}));
      ensureAborted(outcome, 'a request with an aborted signal', ensurePage);
      await works(h);
    },
  },
  {
    name: 'a request whose signal fires meanwhile settles',
    why: 'the list aborts what it no longer wants at every change of filter',
    async run(h) {
      for (const wait of [0, 1]) {
        const controller = new AbortController();
        const asked = h.outcome(() => h.source.getPage({limit: h.third, signal: controller.signal}));
        if (wait > 0) await pause(wait);
        controller.abort();
        ensureAborted(await asked, 'a request that was aborted', ensurePage);
      }
      await works(h);
    },
  },
  {
    name: 'a signal that fires after the answer has no effect',
    why: 'a list may end all its signals when it goes',
    async run(h) {
      const controller = new AbortController();
      const page = await h.page({signal: controller.signal});
      const ids = show(idsIn(page.conversations));
      controller.abort();
      await h.quiet();
      ensure(show(idsIn(page.conversations)) === ids, 'the page changed');
      await works(h);
    },
  },
  {
    name: 'aborting one request leaves others alone',
    why: 'lists that share a source abort their own requests only',
    async run(h) {
      const controller = new AbortController();
      const aborted = h.outcome(() => h.source.getPage({limit: h.third, signal: controller.signal}));
      const other = h.outcome(() => h.source.getPage({limit: h.third, signal: new AbortController().signal}));
      controller.abort();
      await aborted;
      const outcome = await other;
      const alone = !('error' in outcome) || isRetryable(outcome.error);
      ensure(alone, `the other request was rejected with ${show(outcome.error)}`);
    },
  },
  {
    name: 'an aborted question for the unread total settles',
    why: 'a badge that is removed must leave nothing behind',
    needs: [method('getTotalUnread')],
    async run(h) {
      const signal = AbortSignal.abort();
      const outcome = await h.outcome(async () => h.source.getTotalUnread?.(undefined, {signal}), 'getTotalUnread()');
      if ('error' in outcome) ensureSourceError(outcome.error, 'the rejection');
    },
  },
];
