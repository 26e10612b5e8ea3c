import {control, ensure, method, show, type Check} from './check.js';
import {idsIn, pause} from './harness.js';
import {ensurePage, ensureSourceError} from './shapes.js';

const DISPOSE = method('dispose');

export const LIFE_CHECKS: readonly Check[] = [
  {
    name: 'after a logout no page holds what was there',
    why: 'the next person would see the conversations of the one before',
    needs: [control('logout')],
    async run(h) {
      const heard = h.listen();
      await h.subject.logout?.();
      await h.until(
        () => heard.of('reset').some(({reason}) => reason === 'logout'),
        'no `reset` event with reason logout was told',
      );
      const outcome = await h.outcome(() => h.source.getPage({limit: h.largest}));
      if ('error' in outcome) return ensureSourceError(outcome.error, 'the rejection');
      ensurePage(outcome.value, 'the page');
      const {conversations} = outcome.value;
      ensure(conversations.length === 0, `a page held ${show(idsIn(conversations))}`);
    },
  },
  {
    name: 'once unsubscribed and disposed of, it holds nothing',
    why: 'a page that stays open for weeks would fill up with old sources',
    needs: [control('held')],
    async run(h) {
      const [one, two] = [h.listen(), h.listen()];
      await h.walk();
      await h.subject.change?.(h.last.id);
      one.stop();
      two.stop();
      h.source.dispose?.();
      await pause(0);
      const held = h.subject.held?.();
      ensure(held === 0, `${held} listeners, timers or requests are left`);
    },
  },
  {
    name: 'dispose may be called twice',
    why: 'more than one place of an app may end a source',
    needs: [DISPOSE],
    async run({source}) {
      source.dispose?.();
      source.dispose?.();
    },
  },
  {
    name: 'after dispose no event comes',
    why: 'what listens has been left alone by the app',
    needs: [DISPOSE, control('change')],
    async run(h) {
      const heard = h.listen();
      h.source.dispose?.();
      const {length} = heard.events;
      await h.subject.change?.(h.last.id);
      await h.quiet();
      ensure(heard.events.length === length, `${heard.events.length - length} events came`);
    },
  },
  {
    name: 'after dispose a request still settles',
    why: 'whoever waits for it would wait for ever',
    needs: [DISPOSE],
    async run(h) {
      const pending = h.outcome(() => h.source.getPage({limit: h.third}));
      h.source.dispose?.();
      for (const outcome of [await pending, await h.outcome(() => h.source.getPage({limit: h.third}))]) {
        if ('error' in outcome) ensureSourceError(outcome.error, 'the rejection');
        else ensurePage(outcome.value, 'the page');
      }
    },
  },
];
