import {able, control, ensure, show, type Check} from './check.js';
import type {Harness} from './harness.js';
import {differences} from './values.js';
import {ensureConversation, ensureEvent} from './shapes.js';
import type {Recorder} from './recorder.js';
import type {ConformanceSubject} from './subject.js';

/** Does whatever the subject can. */
async function everything(h: Harness, heard: Recorder): Promise<void> {
  const {subject} = h;
  if (subject.sync) await subject.sync();
  if (subject.change) await h.change(h.last.id, heard);
  await subject.add?.();
  if (subject.remove) await h.remove(h.first.id, heard);
  await h.quiet();
}

const MOVES = {
  label: 'the control `change`, `add` or `remove`',
  met: (subject: ConformanceSubject) =>
    [control('change'), control('add'), control('remove')].some((need) => need.met(subject)),
};

export const EVENT_CHECKS: readonly Check[] = [
  {
    name: 'every event has the fields of its type',
    why: 'the list refuses an event that it does not understand, and what it told is lost',
    needs: [MOVES],
    async run(h) {
      const heard = h.listen();
      await everything(h, heard);
      heard.events.forEach(ensureEvent);
    },
  },
  {
    name: 'an upsert carries the whole conversation',
    why: 'the row is replaced by it: a patch would blank the rest',
    needs: [control('change')],
    async run(h) {
      const heard = h.listen();
      await h.change(h.last.id, heard);
      await h.quiet();
      const told = heard.newest(h.last.id);
      ensure(told, `the newest event does not carry ${show(h.last.id)}`);
      ensureConversation(told, `the upsert of ${show(h.last.id)}`);
      const row = await h.row(h.last.id);
      ensure(row, `the pages lack ${show(h.last.id)}`);
      const wrong = differences(row, told).map((name) => `${name} ${show(told[name])} instead of ${show(row[name])}`);
      ensure(wrong.length === 0, `unlike the row in the pages, the upsert has ${wrong.join(', ')}`);
    },
  },
  {
    name: 'the last event about a conversation is its newest state',
    why: 'later news replaces earlier news: events about one conversation keep their order',
    needs: [control('change')],
    async run(h) {
      const heard = h.listen();
      for (let i = 0; i < 3; i++) await h.subject.change?.(h.last.id);
      await h.until(() => heard.told(h.last.id), `no upsert told of ${show(h.last.id)}`);
      await h.quiet();
      const [told, row] = [heard.newest(h.last.id), await h.row(h.last.id)];
      ensure(told && row, `${show(h.last.id)} is gone`);
      const wrong = differences(row, told);
      ensure(wrong.length === 0, `after three changes, the last event has an old ${wrong.join(', ')}`);
    },
  },
  {
    name: 'a new conversation is told as an upsert',
    why: 'it would not show until the list is opened anew',
    needs: [control('add')],
    async run(h) {
      const heard = h.listen();
      const id = (await h.subject.add?.()) ?? '';
      await h.until(() => heard.told(id), `no upsert told of ${show(id)}`);
    },
  },
  {
    name: 'a removal is told by its id',
    why: 'deleteEvents is true: the list looks for no other sign',
    needs: [control('remove'), able('deleteEvents')],
    async run(h) {
      const heard = h.listen();
      await h.remove(h.first.id, heard);
      await h.quiet();
      ensure(heard.newest(h.first.id) === null, `after ${show(h.first.id)} was removed, an upsert brought it back`);
    },
  },
  {
    name: 'events name only what they are about',
    why: 'a removal that names another conversation takes its row away',
    needs: [control('remove')],
    async run(h) {
      const heard = h.listen();
      await h.remove(h.first.id, heard);
      await h.quiet();
      const wrong = heard.of('remove').flatMap(({ids}) => ids.filter((id) => id !== h.first.id));
      ensure(wrong.length === 0, `${show(wrong)} were told as removed, which are still there`);
    },
  },
  {
    name: 'a sync has a start and an end',
    why: 'the list shows that it is catching up from the one to the other',
    needs: [control('sync'), able('syncEvents')],
    async run(h) {
      const heard = h.listen();
      await h.subject.sync?.();
      const phases = (): string[] => heard.of('sync').map(({phase}) => phase);
      const ended = (): boolean => ['finish', 'fail'].includes(phases().at(-1) ?? '');
      await h.until(() => ended(), 'no sync was told to finish or fail');
      ensure(phases()[0] === 'start', `the first phase told was ${show(phases()[0])}`);
    },
  },
  {
    name: 'a lost connection is told',
    why: 'the person would take an old list for a quiet one',
    needs: [control('disconnect')],
    async run(h) {
      const heard = h.listen();
      await h.subject.disconnect?.();
      const told = (): boolean =>
        heard.of('connection').some(({state}) => state !== 'online') ||
        heard.of('sync').some(({phase}) => phase === 'fail');
      await h.until(told, 'no `connection` event with another state than online, and no failed sync, was told');
    },
  },
  {
    name: 'a connection that is back is told',
    why: 'the list would go on saying that it is offline',
    needs: [control('disconnect', 'reconnect')],
    async run(h) {
      const heard = h.listen();
      await h.subject.disconnect?.();
      await h.quiet();
      await h.subject.reconnect?.();
      const told = (): boolean => {
        const last = heard.events.findLast(({type}) => type === 'connection' || type === 'sync');
        if (last?.type === 'connection') return last.state === 'online';
        return last?.type === 'sync' && last.phase === 'finish';
      };
      await h.until(told, 'no `connection` event with state online, and no finished sync, was told');
    },
  },
  {
    name: 'what was missed while disconnected is told, or the gap is',
    why: 'the list pages again after a `reset` with reason gap; without it, it keeps what was',
    needs: [control('disconnect', 'reconnect', 'change')],
    async run(h) {
      const heard = h.listen();
      await h.subject.disconnect?.();
      await h.subject.change?.(h.last.id);
      await h.quiet();
      const {length} = heard.events;
      await h.subject.reconnect?.();
      const told = (): boolean =>
        heard.told(h.last.id) || heard.events.slice(length).some((event) => event.type === 'reset');
      await h.until(told, `neither ${show(h.last.id)}, which changed meanwhile, nor a \`reset\` was told`);
      const row = await h.row(h.last.id);
      ensure(row && differences(row, h.last).length > 0, `the pages show ${show(h.last.id)} as it was before`);
    },
  },
];
