import type {ImConversationList} from '../../src/elements/im-conversation-list.js';
import type {Conversation} from '../../src/model/conversation.js';
import {SourceError} from '../../src/model/errors.js';
import type {Page, SourceEvent} from '../../src/model/source.js';
import {defineSource} from '../../src/sources/define-source.js';
import {conversationsOf} from './row-groups.js';

/** A list in a state, and the words for it. */
export interface ListState {
  readonly id: string;
  readonly label: string;
  readonly bring: (list: ImConversationList) => void;
}

/** So many ordinary rows. */
function people(count: number, more: (i: number) => Partial<Conversation> = () => ({})): readonly Conversation[] {
  const names = ['Lena Park', 'Omar Haddad', 'Sofia Rossi', 'Noah Berg', 'Ines Costa', 'Jonas Ek', 'Mara Lind'];
  const sentAt = Date.now();
  return conversationsOf({
    id: 'p',
    rows: Array.from({length: count}, (_, i) => [
      '',
      {
        title: names[i % names.length] as string,
        lastMessage: {type: 'text', text: 'See you there', sentAt: sentAt - i * 60_000, state: 'normal'},
        ...more(i),
      },
    ]),
  });
}

const refused = (): Promise<Page> => Promise.reject(new SourceError('forbidden', 'The server is being repaired.'));

/** A source that gives these pages in turn, the last for ever, and then tells these events. */
function play(pages: readonly (() => Promise<Page>)[], events: readonly SourceEvent[] = []) {
  let asked = 0;
  return defineSource({
    getPage: () => (pages[Math.min(asked++, pages.length - 1)] as () => Promise<Page>)(),
    subscribe: (emit) => {
      for (const event of events) emit(event);
      return () => undefined;
    },
  });
}

const page = (conversations: readonly Conversation[], done = true) => () =>
  Promise.resolve<Page>({conversations, done, ...(!done && {cursor: conversations[0]?.id ?? 'more'})});

const shows = (...events: SourceEvent[]) => (list: ImConversationList): void => {
  list.source = play([page(people(5))], events);
};

/** Lists that have found what a filter lets through, and then for five pages nothing. */
function paused(list: ImConversationList): void {
  list.mark = 'star';
  const starred = people(2, () => ({marks: ['star']}));
  const thin = (i: number) => page(people(1).map((one) => ({...one, id: `thin ${i}`})), false);
  list.source = play([page(starred, false), ...Array.from({length: 12}, (_, i) => thin(i))]);
}

/** A finger on the list holds its order; it is not lifted, so that the picture stays. */
function held(list: ImConversationList): void {
  const rows = people(5);
  list.conversations = rows;
  // Once its rows are drawn: a hold keeps what was painted.
  const begin = (): void => {
    if (list.snapshot === undefined || list.snapshot.rows.length === 0) return void requestAnimationFrame(begin);
    list.shadowRoot?.querySelector('.viewport')?.dispatchEvent(Object.assign(new Event('touchstart'), {touches: [1]}));
    const [first, second, ...rest] = rows as [Conversation, Conversation, ...Conversation[]];
    list.conversations = [first, ...rest.map((row, i) => (i === 2 ? {...row, orderKey: 99n} : row))].filter((row) => row !== second);
  };
  requestAnimationFrame(begin);
}

/** Every state of the list. */
export const LIST_STATES: readonly ListState[] = [
  {id: 'loading', label: 'loading', bring: (list) => (list.source = play([() => new Promise(() => undefined)]))},
  {id: 'empty', label: 'empty', bring: (list) => (list.source = play([page([])]))},
  {
    id: 'filtered',
    label: 'empty by the filter',
    bring: (list) => {
      list.unread = true;
      list.source = play([page([])]);
    },
  },
  {id: 'error', label: 'the first page failed', bring: (list) => (list.source = play([refused]))},
  {id: 'page-failed', label: 'a page failed', bring: (list) => (list.source = play([page(people(2), false), refused]))},
  {id: 'paused', label: 'paused', bring: paused},
  {id: 'end', label: 'everything is loaded', bring: (list) => (list.source = play([page(people(2))]))},
  {id: 'syncing', label: 'syncing', bring: shows({type: 'sync', phase: 'progress', progress: 0.4})},
  {
    id: 'failed',
    label: 'syncing failed',
    bring: shows({type: 'sync', phase: 'fail', error: new SourceError('network', 'No route to the server.')}),
  },
  {id: 'offline', label: 'offline', bring: shows({type: 'connection', state: 'offline'})},
  {
    id: 'unread-below',
    label: 'unread out of sight',
    bring: (list) => (list.conversations = people(9, (i) => ({unreadCount: i === 8 ? 2 : 0}))),
  },
  {id: 'held', label: 'order held: one gone, one waits', bring: held},
];
