import {ImFilterChangeEvent} from '../events/filter-change-event.js';
import {ImSearchChangeEvent} from '../events/search-change-event.js';
import {sameFilter, type ConversationFilter} from '../model/filter.js';
import type {SearchKeys} from '../model/search.js';
import type {ConversationStore} from '../store/conversation-store.js';
import {isFiltered, NO_FILTER, readFilter, readOrder, readPageSize, writeFilter, type FilterAttributes} from './list-attributes.js';

/** The list's properties that are settings of its store. */
export interface StoreSettings extends EventTarget, Writable<FilterAttributes> {
  search: string | null | undefined;
  readonly searchKeys: SearchKeys | undefined;
  readonly selectedId: string | null | undefined;
  readonly order: unknown;
  readonly pageSize: unknown;
}

type Writable<T> = {-readonly [K in keyof T]: T[K]};

const FILTER_KEYS: readonly PropertyKey[] = ['type', 'mark', 'group', 'unread', 'mentions', 'pinned'];

/**
 * Settings of a list that others may set on its store too: filters, a search field, other lists. What an author changes on
 * the list goes to the store; what others change there the list's properties follow.
 */
export class SharedSettings {
  readonly #list: StoreSettings;
  /** What the list's properties say already. */
  #filter: ConversationFilter | undefined;
  #query = '';

  constructor(list: StoreSettings) {
    this.#list = list;
  }

  /**
   * Takes the list's properties to its store.
   *
   * @param changed - only what the author has changed, as a provider's store may be set by others too; absent at first
   * @param owned - nobody else had the store before
   */
  apply(store: ConversationStore | undefined, changed: ReadonlyMap<PropertyKey, unknown> | undefined, owned: boolean): void {
    if (store === undefined) return;
    const list = this.#list;
    const touches = (set: boolean, ...keys: readonly PropertyKey[]): boolean =>
      changed === undefined ? set || owned : keys.some((key) => changed.has(key));
    if (touches(isFiltered(list), ...FILTER_KEYS)) this.#applyFilter(store);
    const query = list.search ?? '';
    // What is typed in a field before the list is drawn for the first time stands.
    const looks = changed === undefined ? query !== '' || query !== this.#query : changed.has('search');
    if (looks) store.query = this.#query = query;
    if (touches(list.searchKeys !== undefined, 'searchKeys')) store.searchKeys = list.searchKeys;
    if (touches(Boolean(list.selectedId), 'selectedId')) this.keep(list.selectedId, store);
    if (touches(list.order !== 'order-key', 'order')) store.order = readOrder(list.order);
    if (touches(list.pageSize !== 50, 'pageSize')) store.pageSize = readPageSize(list.pageSize);
    if (changed === undefined) this.follow(store);
  }

  /** Takes what others have set on the store to the list's properties. */
  follow(store: ConversationStore | undefined): void {
    if (store === undefined) return;
    const {filter, query} = store;
    const list = this.#list;
    if (filter !== this.#filter) {
      this.#filter = filter;
      if (!sameFilter(readFilter(list), readFilter(writeFilter(filter)))) Object.assign(list, writeFilter(filter));
    }
    if (query === this.#query) return;
    this.#query = query;
    list.search = query;
  }

  /** A conversation is open. */
  keep(id: string | null | undefined, store: ConversationStore | undefined): void {
    if (store !== undefined) store.keptId = id ?? undefined;
  }

  /** The person wants to see everything again. */
  resetFilter(): void {
    Object.assign(this.#list, NO_FILTER);
    this.#list.dispatchEvent(new ImFilterChangeEvent(readFilter(this.#list)));
  }

  /** The person wants to look for nothing any more. */
  resetSearch(): void {
    this.#list.search = '';
    this.#list.dispatchEvent(new ImSearchChangeEvent(''));
  }

  #applyFilter(store: ConversationStore): void {
    const filter = readFilter(this.#list);
    // Others may ask for more than attributes can, which the list then says as well as it can.
    if (!sameFilter(filter, readFilter(writeFilter(store.filter)))) store.filter = filter;
    this.#filter = store.filter;
  }
}
