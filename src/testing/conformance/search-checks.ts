import type {Conversation} from '../../model/conversation.js';
import type {SearchOptions} from '../../model/source.js';
import {content, control, ensure, method, show, type Check, type Need} from './check.js';
import {ensureAborted, idsIn, lacking, pause, type Harness, type Outcome} from './harness.js';
import {ensureConversation, ensureSourceError} from './shapes.js';
import {differences, strangeIds} from './values.js';

const SEARCH: Need = {
  label: '`search()`',
  met: ({source}) => typeof source.search === 'function' && source.capabilities?.search !== false,
};
const TITLE = content('a title', ({title}) => typeof title === 'string' && title.trim() !== '');

/** As many as a list asks for. */
const LIMIT = 50;
/** Letters only, so that no service takes it apart. */
const NONSENSE = 'xqzjvkwyqzxjvk';

/** What means something where queries are patterns, statements, addresses or markup. */
const SPECIAL = [
  '(', '[', '{1,', '\\', '.*', '^$', '*', '%', '_', '?', '"', "'", '`', '${x}', '{{x}}', '<b>', '&amp', '#', '/', '+', '-x', 'a OR b', 'x:y', '~', '\n',
];

type Found = readonly Conversation[];

function search(h: Harness, query: string, options: SearchOptions): Promise<Found> {
  return h.source.search?.(query, options) as Promise<Found>;
}

function ask(h: Harness, query: string, options: SearchOptions = {limit: LIMIT}): Promise<Outcome<Found>> {
  return h.settled(() => search(h, query, options), `search(${show(query)})`);
}

/** A search that can be aborted, which is not made again. */
function askOnce(h: Harness, signal: AbortSignal): Promise<Outcome<Found>> {
  return h.outcome(() => search(h, wordOf(h), {limit: LIMIT, signal}), 'search()');
}

/** What a search finds; it has to find something or nothing, not to fail. */
async function find(h: Harness, query: string, options?: SearchOptions): Promise<Found> {
  const outcome = await ask(h, query, options);
  ensure(!('error' in outcome), `search(${show(query)}) rejected with ${show(outcome.error)}`);
  ensureFound(outcome.value, `the answer to ${show(query)}`);
  return outcome.value;
}

function ensureFound(value: unknown, where: string): asserts value is Found {
  ensure(Array.isArray(value), `${where} is ${show(value)} instead of an array`);
  const rows = value as Found;
  for (const row of rows) ensureConversation(row, `conversation ${show(row?.id)} of ${where}`);
  const ids = idsIn(rows);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  ensure(twice === undefined, `${where} has ${show(twice)} twice`);
}

/** Found, or refused as it should be. */
function ensureAnswered(outcome: Outcome<Found>, where: string): void {
  if ('error' in outcome) ensureSourceError(outcome.error, `the rejection of ${where}`);
  else ensureFound(outcome.value, `the answer to ${where}`);
}

/** A word of each title, and whose it is: first what the fewest titles have, and of that the longest. */
function words(h: Harness): readonly {readonly id: string; readonly word: string}[] {
  const titles = h.known.map(({title}) => title.toLowerCase());
  const rated = h.known.flatMap(({id, title}) =>
    title.split(/\s+/).filter(Boolean).map((word) => ({
      ...{id, word},
      times: titles.filter((other) => other.includes(word.toLowerCase())).length,
    })),
  );
  rated.sort((a, b) => a.times - b.times || b.word.length - a.word.length);
  return rated.filter(({id}, i) => rated.findIndex((other) => other.id === id) === i);
}

function wordOf(h: Harness): string {
  return words(h)[0]?.word ?? '';
}

export const SEARCH_CHECKS: readonly Check[] = [
  {
    name: 'a search finds a conversation by a word of its title',
    why: 'a name is what a person looks for first',
    needs: [SEARCH, TITLE],
    async run(h) {
      const limit = Math.max(LIMIT, h.known.length);
      for (const {id, word} of words(h).slice(0, 3)) {
        const ids = idsIn(await find(h, word, {limit}));
        ensure(ids.includes(id), `${show(word)} found ${show(ids)}, and not ${show(id)}, whose title has it`);
      }
    },
  },
  {
    name: 'a search for what is nowhere finds nothing',
    why: 'the list shows whatever comes, as found',
    needs: [SEARCH],
    async run(h) {
      const ids = idsIn(await find(h, NONSENSE));
      ensure(ids.length === 0, `${show(NONSENSE)} found ${show(ids)}`);
    },
  },
  {
    name: 'a search gives valid conversations, each once',
    why: 'the list repairs a wrong field to its neutral value, drops a row without an id, and counts what was found',
    needs: [SEARCH, TITLE],
    async run(h) {
      for (const {word} of words(h)) await find(h, word);
    },
  },
  {
    name: 'what a search finds is as the service has it',
    why: 'it is shown as a row, and opened',
    needs: [SEARCH, TITLE],
    async run(h) {
      for (const row of await find(h, wordOf(h))) {
        const known = h.known.find(({id}) => id === row.id);
        ensure(known, `it found ${show(row.id)}, which the content does not have`);
        const wrong = differences(row, known);
        ensure(wrong.length === 0, `it gave another ${wrong.join(', ')} of ${show(row.id)} than there is`);
      }
    },
  },
  {
    name: 'a search looks through all conversations, however few are wanted',
    why: 'it is asked for those that paging has not reached',
    needs: [SEARCH, TITLE],
    async run(h) {
      const rows = await find(h, wordOf(h), {limit: 1});
      ensure(rows.length > 0, `with limit 1, ${show(wordOf(h))} found nothing, though a title has it`);
    },
  },
  {
    name: 'a search without a limit, or with a wrong one, is no crash',
    why: 'what the service says of it has to come as a SourceError, like any failure',
    needs: [SEARCH, TITLE],
    async run(h) {
      for (const options of [{}, {limit: 0}, {limit: -1}]) {
        ensureAnswered(await ask(h, wordOf(h), options), `a search with ${show(options)}`);
      }
    },
  },
  {
    name: 'a blank query is no crash',
    why: 'a list never asks with one, but an app may',
    needs: [SEARCH],
    async run(h) {
      for (const query of ['', ' ', '\t\n']) ensureAnswered(await ask(h, query), show(query));
    },
  },
  {
    name: 'strange queries harm nothing',
    why: 'a person types or pastes anything: a query is no pattern, statement, address or markup',
    needs: [SEARCH, TITLE],
    async run(h) {
      const word = wordOf(h);
      const before = idsIn(await find(h, word));
      for (const query of [...SPECIAL, ...strangeIds(h.known)]) ensureAnswered(await ask(h, query), show(query));
      const after = idsIn(await find(h, word));
      ensure(show(after) === show(before), `afterwards ${show(word)} found ${show(after)} instead of ${show(before)}`);
    },
  },
  {
    name: 'a search whose signal has fired before settles',
    why: 'a list that is removed at once must leave nothing behind',
    needs: [SEARCH, TITLE],
    async run(h) {
      ensureAborted(await askOnce(h, AbortSignal.abort()), 'a search with an aborted signal', ensureFound);
    },
  },
  {
    name: 'a search whose signal fires meanwhile settles',
    why: 'every letter that is typed ends the search before it',
    needs: [SEARCH, TITLE],
    async run(h) {
      for (const wait of [0, 1]) {
        const controller = new AbortController();
        const asked = askOnce(h, controller.signal);
        if (wait > 0) await pause(wait);
        controller.abort();
        ensureAborted(await asked, 'a search that was aborted', ensureFound);
      }
      await find(h, wordOf(h));
    },
  },
  {
    name: 'searches at the same time do not mix',
    why: 'lists that share a source look for different things, and end their own searches only',
    needs: [SEARCH, TITLE],
    async run(h) {
      const queries = [NONSENSE, ...words(h).slice(0, 3).map(({word}) => word)];
      const alone: string[] = [];
      for (const query of queries) alone.push(show(idsIn(await find(h, query))));
      const controller = new AbortController();
      const aborted = askOnce(h, controller.signal);
      const asked = queries.map((query) => find(h, query));
      controller.abort();
      await aborted;
      for (const [i, rows] of (await Promise.all(asked)).entries()) {
        const ids = show(idsIn(rows));
        ensure(ids === alone[i], `${show(queries[i])} found ${ids}, and ${alone[i]} when it was asked alone`);
      }
    },
  },
  {
    name: 'a search leaves the pages as they are',
    why: 'the list goes on below the search, and is there again when that is over',
    needs: [SEARCH, TITLE],
    async run(h) {
      for (const query of [NONSENSE, wordOf(h)]) await find(h, query);
      const missing = lacking(idsIn(h.known), idsIn((await h.walk()).rows));
      ensure(missing.length === 0, `afterwards the pages lack ${show(missing)}`);
    },
  },
  {
    name: 'after a logout a search finds nothing of what was there',
    why: 'the next person would see the conversations of the one before',
    needs: [SEARCH, TITLE, control('logout')],
    async run(h) {
      const heard = h.listen();
      await find(h, wordOf(h));
      await h.subject.logout?.();
      await h.until(
        () => heard.of('reset').some(({reason}) => reason === 'logout'),
        'no `reset` event with reason logout was told',
      );
      const outcome = await ask(h, wordOf(h));
      ensureAnswered(outcome, 'a search after a logout');
      ensure((outcome.value ?? []).length === 0, `it found ${show(idsIn(outcome.value ?? []))}`);
    },
  },
  {
    name: 'after dispose a search still settles',
    why: 'whoever waits for it would wait for ever',
    needs: [SEARCH, TITLE, method('dispose')],
    async run(h) {
      const pending = ask(h, wordOf(h));
      h.source.dispose?.();
      for (const outcome of [await pending, await ask(h, wordOf(h))]) ensureAnswered(outcome, 'a search');
    },
  },
];
