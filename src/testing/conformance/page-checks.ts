import {content, ensure, paging, show, type Check} from './check.js';
import {agree, idsIn, isAbove, lacking, type Harness} from './harness.js';
import {ensureConversation} from './shapes.js';
import {differences} from './values.js';

const COUNTED = paging('cursor', 'offset');
const PAGED = paging('cursor', 'offset', 'window');

/** Walks with several page sizes. */
async function eachSize(h: Harness, check: (limit: number) => Promise<void>): Promise<void> {
  const {length} = h.known;
  const sizes = [1, 2, Math.ceil(length / 2), length, length + 1].map((size) => Math.min(size, h.largest));
  for (const limit of new Set(sizes)) await check(limit);
}

export const PAGE_CHECKS: readonly Check[] = [
  {
    name: 'getPage answers with conversations and done',
    why: 'the list takes anything else for a failure, or never comes to the end',
    async run(h) {
      // The harness checks the shape of every page.
      await h.page({limit: 1});
      await h.page({limit: h.largest});
    },
  },
  {
    name: 'every conversation is valid',
    why: 'the list repairs a wrong field to its neutral value, and drops a row without an id',
    async run(h) {
      for (const row of (await h.walk()).rows) ensureConversation(row, `conversation ${show(row?.id)}`);
    },
  },
  {
    name: 'orderKey is a bigint',
    why: 'a 64-bit key that was a number has lost its last digits, and rows change places',
    async run(h) {
      for (const {id, orderKey} of (await h.walk()).rows) {
        ensure(typeof orderKey === 'bigint', `the orderKey of ${show(id)} is a ${typeof orderKey}`);
      }
    },
  },
  {
    name: 'a page names no id twice',
    why: 'there is one row for each id',
    async run(h) {
      for (const {conversations} of (await h.walk({limit: h.largest})).pages) {
        const ids = idsIn(conversations);
        const twice = ids.find((id, i) => ids.indexOf(id) !== i);
        ensure(twice === undefined, `one page names ${show(twice)} twice`);
      }
    },
  },
  {
    name: 'paging reaches every conversation, whatever the limit',
    why: 'the list believes done, so a row behind it never shows',
    async run(h) {
      await eachSize(h, async (limit) => {
        const missing = lacking(idsIn(h.known), idsIn((await h.walk({limit})).rows));
        ensure(missing.length === 0, `with limit ${limit}, done came before ${show(missing)}`);
      });
    },
  },
  {
    name: 'paging gives nothing that is not there',
    why: 'a row that the service does not have cannot be opened',
    async run(h) {
      const strange = lacking(idsIn((await h.walk()).rows), idsIn(h.known));
      ensure(strange.length === 0, `the content does not have ${show(strange)}`);
    },
  },
  {
    name: 'each conversation is as the service has it',
    why: 'a row shows what the source says, also a 64-bit key that lost its last digits on the way',
    async run(h) {
      const rows = new Map((await h.walk()).rows.map((row) => [row.id, row]));
      for (const known of h.known) {
        const row = rows.get(known.id);
        if (row === undefined) continue;
        const wrong = differences(known, row);
        const values = wrong.map((name) => `${name} ${show(row[name])} instead of ${show(known[name])}`);
        ensure(wrong.length === 0, `${show(known.id)} has ${values.join(', ')}`);
      }
    },
  },
  {
    name: 'a pass names each conversation once',
    why: 'a page of rows that are there already brings the list no further',
    needs: [paging('cursor', 'offset', 'all')],
    async run(h) {
      await eachSize(h, async (limit) => {
        const ids = idsIn((await h.walk({limit})).rows);
        const twice = ids.find((id, i) => ids.indexOf(id) !== i);
        ensure(twice === undefined, `with limit ${limit}, ${show(twice)} came twice though nothing changed`);
      });
    },
  },
  {
    name: 'pages are in order: orderKey descending, then id ascending',
    why: 'the list takes what a page leaves out of its stretch of the order for gone',
    needs: [PAGED],
    async run(h) {
      const {pages, rows} = await h.walk();
      const runs = h.source.capabilities.paging === 'window' ? pages.map(({conversations}) => conversations) : [rows];
      for (const run of runs) {
        for (let i = 1; i < run.length; i++) {
          const [above, below] = [run[i - 1], run[i]] as const;
          if (above === undefined || below === undefined || above.id === below.id) continue;
          const [one, two] = [above, below].map(({id, orderKey}) => `${show(id)} (${orderKey})`);
          ensure(isAbove(above, below), `${one} came before ${two}`);
        }
      }
    },
  },
  {
    name: 'a pinned conversation stands above those that are not',
    why: 'the list sorts by orderKey alone: pinning has to be folded into it',
    needs: [content('a pinned conversation', (c) => c.pinned), content('one that is not pinned', (c) => !c.pinned)],
    async run(h) {
      const {rows} = await h.walk();
      for (const pinned of rows.filter((row) => row.pinned)) {
        const higher = rows.find((row) => !row.pinned && row.orderKey >= pinned.orderKey);
        ensure(!higher, `${show(higher?.id)}, which is not pinned, stands above ${show(pinned.id)}, which is`);
      }
    },
  },
  {
    name: 'a page holds no more than the limit',
    why: 'a list that shows 20 rows would load and keep all',
    needs: [COUNTED],
    async run(h) {
      await eachSize(h, async (limit) => {
        const most = Math.max(...(await h.walk({limit})).pages.map(({conversations}) => conversations.length));
        ensure(most <= h.most(limit), `with limit ${limit}, a page held ${most}`);
      });
    },
  },
  {
    name: 'a page holds no more than maxPageSize',
    why: 'maxPageSize says how much comes at once',
    needs: [{label: '`maxPageSize`', met: ({source}) => source.capabilities.maxPageSize !== undefined}],
    async run(h) {
      const {pages} = await h.walk({limit: h.largest});
      const most = Math.max(...pages.map(({conversations}) => conversations.length));
      ensure(most <= h.largest, `a page held ${most}`);
    },
  },
  {
    name: 'the largest request that a list makes is answered',
    why: 'page-size="all" asks for 2,147,483,647 rows, or for maxPageSize',
    async run(h) {
      const {rows} = await h.walk({limit: h.largest});
      ensure(lacking(idsIn(h.known), idsIn(rows)).length === 0, 'it did not lead to every conversation');
    },
  },
  {
    name: 'with paging all, the first page holds everything',
    why: 'no second page is asked for',
    needs: [paging('all')],
    async run(h) {
      const page = await h.page({limit: 1});
      ensure(page.done, 'the first page is not done');
      ensure(lacking(idsIn(h.known), idsIn(page.conversations)).length === 0, 'it does not hold everything');
    },
  },
  {
    name: 'no cursor and cursor undefined both ask for the first page',
    why: 'undefined is the start, and the only cursor that the list knows of itself',
    async run(h) {
      const [without, undef] = [await h.page(), await h.page({cursor: undefined})];
      ensure(agree(without, undef), 'they gave different pages');
    },
  },
  {
    name: 'every cursor that it gives leads on, falsy ones too',
    why: 'a source that tests `if (cursor)` takes its own 0 or empty string for the start and never ends',
    needs: [COUNTED],
    async run(h) {
      const [start] = (await h.page({limit: 1})).conversations;
      const {pages} = await h.walk({limit: 1});
      pages.forEach(({conversations: [row]}, i) => {
        const cursor = show(pages[i - 1]?.cursor);
        ensure(i === 0 || row === undefined || row.id !== start?.id, `the cursor ${cursor} led to the first page`);
      });
    },
  },
  {
    name: 'a pass gives no cursor twice',
    why: 'the list ends a pass that goes in circles with the error `cursor-cycle`',
    needs: [PAGED],
    async run(h) {
      const {pages} = await h.walk({limit: 1});
      const seen = new Map<unknown, number>();
      for (const {cursor, done, conversations} of pages) {
        // An empty page may ask to come again later.
        if (done || conversations.length === 0) continue;
        const key = typeof cursor === 'object' ? show(cursor) : cursor;
        const times = (seen.get(key) ?? 0) + 1;
        seen.set(key, times);
        ensure(times === 1, `the cursor ${show(cursor)} came twice`);
      }
    },
  },
  {
    name: 'the same request again gets the same answer',
    why: 'a failed page is asked for again with the same cursor',
    async run(h) {
      const {pages} = await h.walk();
      for (const [i, next] of pages.slice(1).entries()) {
        const again = await h.page({cursor: pages[i]?.cursor});
        ensure(agree(next, again), `${show(idsIn(next.conversations))}, then ${show(idsIn(again.conversations))}`);
      }
    },
  },
  {
    name: 'requests at the same time do not disturb each other',
    why: 'a list and a badge, or two lists, share one source',
    async run(h) {
      const alone = idsIn((await h.walk()).rows);
      const together = await Promise.all([h.walk(), h.walk(), h.walk({limit: h.largest}), h.walk()]);
      for (const {rows} of together) {
        const missing = lacking(alone, idsIn(rows));
        ensure(missing.length === 0, `a walk among others did not come to ${show(missing)}`);
      }
      const alike = [together[0], together[1], together[3]];
      const same = alike.every(({rows}) => show(idsIn(rows)) === show(alone));
      ensure(same, 'walks at the same time gave other rows than one alone');
    },
  },
];
