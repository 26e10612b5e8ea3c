import type {Page} from '../../model/source.js';
import {control, ensure, paging, show, type Check} from './check.js';
import {idsIn, lacking, type Harness} from './harness.js';
import {copy, differences, equal} from './values.js';

const CURSOR = paging('cursor');

/** Goes on from the first page after something happened, and says whom the pass has left out. */
async function leftOut(h: Harness, happens: (page: Page) => Promise<string>): Promise<readonly string[]> {
  const page = await h.page();
  const but = await happens(page);
  const {rows} = await h.walk({}, page);
  return lacking(idsIn(h.known), idsIn(rows)).filter((id) => id !== but);
}

export const CHANGE_CHECKS: readonly Check[] = [
  {
    name: 'a page asked for after a change was told shows the change',
    why: 'the page would replace the news by what was before',
    needs: [control('change')],
    async run(h) {
      const heard = h.listen();
      await h.change(h.last.id, heard);
      const row = await h.row(h.last.id);
      ensure(row !== undefined, `the pages lack ${show(h.last.id)}, which was changed`);
      ensure(differences(row, h.last).length > 0, `the pages show ${show(h.last.id)} as it was before`);
    },
  },
  {
    name: 'a page asked for after a removal lacks the row',
    why: 'a conversation that was deleted would come back',
    needs: [control('remove')],
    async run(h) {
      const heard = h.listen();
      await h.remove(h.first.id, heard);
      ensure((await h.row(h.first.id)) === undefined, `the pages still hold ${show(h.first.id)}`);
    },
  },
  {
    name: 'a page asked for after an addition holds it',
    why: 'a list that is opened later would not show it',
    needs: [control('add')],
    async run(h) {
      const heard = h.listen();
      const id = (await h.subject.add?.()) ?? '';
      await h.until(() => heard.told(id), `no upsert told of ${show(id)}, which is new,`);
      ensure((await h.row(id)) !== undefined, `the pages lack ${show(id)}`);
    },
  },
  {
    name: 'a cursor loses no row when one above it goes',
    why: 'capabilities.paging says `cursor`: stable under change; say `offset` if it counts rows',
    needs: [CURSOR, control('remove')],
    async run(h) {
      const heard = h.listen();
      const lost = await leftOut(h, async () => (await h.remove(h.first.id, heard), h.first.id));
      ensure(lost.length === 0, `after ${show(h.first.id)} went, the next pages left out ${show(lost)}`);
    },
  },
  {
    name: 'a cursor leads on when its own row goes',
    why: 'the row at the edge of a page is deleted as often as others',
    needs: [CURSOR, control('remove')],
    async run(h) {
      const heard = h.listen();
      const lost = await leftOut(h, async ({conversations}) => {
        const id = conversations.at(-1)?.id ?? '';
        await h.remove(id, heard);
        return id;
      });
      ensure(lost.length === 0, `after the last row of a page went, the next pages left out ${show(lost)}`);
    },
  },
  {
    name: 'a cursor loses no row when one rises',
    why: 'capabilities.paging says `cursor`: stable under change; say `offset` if it counts rows',
    needs: [CURSOR, control('change')],
    async run(h) {
      const heard = h.listen();
      const lost = await leftOut(h, async () => (await h.change(h.last.id, heard), h.last.id));
      ensure(lost.length === 0, `after ${show(h.last.id)} changed, the next pages left out ${show(lost)}`);
    },
  },
  {
    name: 'a cursor repeats no row when one rises',
    why: 'capabilities.paging says `cursor`: stable under change; say `offset` if it counts rows',
    needs: [CURSOR, control('change')],
    async run(h) {
      const heard = h.listen();
      const page = await h.page();
      await h.change(h.last.id, heard);
      const ids = idsIn((await h.walk({}, page)).rows).filter((id) => id !== h.last.id);
      const twice = ids.find((id, i) => ids.indexOf(id) !== i);
      ensure(twice === undefined, `after ${show(h.last.id)} changed, ${show(twice)} came twice`);
    },
  },
  {
    name: 'pages are snapshots',
    why: 'the list compares what it has with what comes; a change inside an object it has is never painted',
    needs: [control('change')],
    async run(h) {
      const {pages} = await h.walk();
      const before = copy(pages);
      const heard = h.listen();
      await h.change(h.last.id, heard);
      await h.change(h.first.id, heard);
      if (h.subject.remove) await h.remove(h.first.id, heard);
      for (const [i, page] of pages.entries()) {
        ensure(equal(page, before[i]), `page ${i + 1} changed after it was handed over: it was ${show(before[i])}`);
      }
    },
  },
  {
    name: 'events are snapshots',
    why: 'the list compares what it has with what comes; a change inside an object it has is never painted',
    needs: [control('change')],
    async run(h) {
      const heard = h.listen();
      await h.change(h.last.id, heard);
      const events = [...heard.events];
      const before = copy(events);
      await h.change(h.last.id, heard);
      await h.change(h.first.id, heard);
      for (const [i, event] of events.entries()) {
        ensure(equal(event, before[i]), `a told \`${event.type}\` event changed; it was ${show(before[i])}`);
      }
    },
  },
];
