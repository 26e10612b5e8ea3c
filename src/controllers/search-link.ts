import type {Conversation} from '../model/conversation.js';
import type {ConversationStore} from '../store/conversation-store.js';
import type {RowWindow} from '../virtual/row-window.js';

/** A list, for a search field. */
export interface LinkedList {
  /** Focuses a row. Returns whether there is one. */
  focusAt(index: number): boolean;
}

/** A search field, for a list. */
export interface LinkedField {
  /** Focuses it, behind what is typed. */
  focus(): void;
}

// Lists and search fields that show the same store hand the keyboard to each other.
const lists = new WeakMap<ConversationStore, Set<LinkedList>>();
const fields = new WeakMap<ConversationStore, Set<LinkedField>>();

/** Keys of several letters that change what is typed. */
const EDITS: ReadonlySet<string> = new Set(['Backspace', 'Process', 'Unidentified', 'Dead']);

/** Ties a list to its store; returns what ends it. */
export function linkList(store: ConversationStore, list: LinkedList): () => void {
  return add(lists, store, list);
}

/** Ties a field to its store; returns what ends it. */
export function linkField(store: ConversationStore, field: LinkedField): () => void {
  return add(fields, store, field);
}

function add<T>(links: WeakMap<ConversationStore, Set<T>>, store: ConversationStore, one: T): () => void {
  const set = links.get(store) ?? new Set();
  links.set(store, set.add(one));
  return () => set.delete(one);
}

/** From a field into what was found. Returns whether there was something to go to. */
export function intoResults(store: ConversationStore | undefined): boolean {
  for (const list of (store && lists.get(store)) ?? []) if (list.focusAt(0)) return true;
  return false;
}

/**
 * A key on a row that leads back to the search field: up from the first row; while something is looked for, Escape, and
 * whatever is typed, which then lands in the field.
 *
 * @returns whether it did; the list has nothing more to do with the key.
 */
export function backToField(
  event: KeyboardEvent,
  store: ConversationStore | undefined,
  window: RowWindow<Conversation> | undefined,
): boolean {
  const [field] = (store && fields.get(store)) ?? [];
  const [target] = event.composedPath();
  const slot = window?.slotIn(event.composedPath());
  if (field === undefined || store === undefined || slot === undefined || slot.element !== target) return false;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const {key} = event;
  const searching = store.query.trim() !== '';
  const types = searching && key !== ' ' && ([...key].length === 1 || EDITS.has(key));
  const leaves = (key === 'ArrowUp' && slot.index === 0) || (searching && key === 'Escape');
  if (!types && !leaves) return false;
  // What is typed goes where the focus is by then.
  if (leaves) event.preventDefault();
  field.focus();
  return true;
}
