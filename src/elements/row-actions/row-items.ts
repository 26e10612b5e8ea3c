import type {Conversation, ConversationGroup} from '../../model/conversation.js';
import {ImErrorEvent} from '../../events/error-event.js';
import {toSourceError} from '../../model/errors.js';
import type {ConversationSource} from '../../model/source.js';
import type {ActionsHost} from '../actions-host.js';
import {findItem, readItems, type ActionItem} from './action-item.js';
import type {Alike} from './common-items.js';
import {can, defaultItems, stateOf} from './default-items.js';

const NONE: readonly ActionItem[] = [];

/** What can be done to each conversation: what the source can, and then what the app makes of it. */
export class RowItems {
  readonly #host: ActionsHost;
  /** By conversation, as long as what they depend on besides is the same. */
  #made = new WeakMap<Conversation, readonly ActionItem[]>();
  #depends: readonly unknown[] = [];
  /** Functions whose failure was told. */
  readonly #told = new WeakSet<object>();
  /** Groups that a source was asked for, since it tells none by itself. */
  readonly #groups = new WeakMap<ConversationSource, readonly ConversationGroup[]>();

  constructor(host: ActionsHost) {
    this.#host = host;
  }

  /** The items of a conversation; none for one that is not in the list. */
  of(id: string): readonly ActionItem[] {
    const conversation = this.#host.find(id);
    return conversation === undefined ? NONE : this.#itemsOf(conversation);
  }

  /** Sorts conversations by what can be done to them. */
  alike(conversations: Iterable<Conversation>): readonly Alike[] {
    const own = typeof this.#host.actions === 'function';
    const kinds = new Map<unknown, {readonly items: readonly ActionItem[]; readonly ids: string[]}>();
    for (const conversation of conversations) {
      // An app may decide by anything.
      const key = own ? conversation : stateOf(conversation);
      const kind = kinds.get(key);
      if (kind !== undefined) kind.ids.push(conversation.id);
      else kinds.set(key, {items: this.#itemsOf(conversation), ids: [conversation.id]});
    }
    return [...kinds.values()];
  }

  #itemsOf(conversation: Conversation): readonly ActionItem[] {
    const {store, strings, actions} = this.#host;
    const source = store?.source;
    if (!source) return NONE;
    const groups = this.#groupsOf(source);
    const depends = [source, groups, strings, actions];
    if (depends.some((one, i) => one !== this.#depends[i])) this.#made = new WeakMap();
    this.#depends = depends;
    let items = this.#made.get(conversation);
    if (items === undefined) this.#made.set(conversation, (items = this.#make(conversation, {source, groups, strings})));
    return items;
  }

  /** The items of these ids, separated by spaces, in their order. */
  named(id: string, names: string | null | undefined, most: number): readonly ActionItem[] {
    if (typeof names !== 'string') return NONE;
    const items = this.of(id);
    const found = names.split(/\s+/).flatMap((name) => findItem(items, name) ?? []);
    return [...new Set(found)].slice(0, most);
  }

  /** Asks a source for its groups, if it has told none. Resolves to whether there are some now; never rejects. */
  async askGroups(): Promise<boolean> {
    const source = this.#host.store?.source;
    if (!source || this.#groups.has(source) || this.#groupsOf(source).length > 0 || !can(source, 'groups')) return false;
    this.#groups.set(source, []);
    try {
      const groups: unknown = await source.groups?.list();
      const good = (Array.isArray(groups) ? (groups as ConversationGroup[]) : []).filter(
        (group) => typeof group?.id === 'string' && typeof group.name === 'string',
      );
      this.#groups.set(source, good);
      return good.length > 0;
    } catch (thrown) {
      this.#groups.delete(source);
      this.#host.store?.tell(toSourceError(thrown), 'action');
      return false;
    }
  }

  #groupsOf(source: ConversationSource): readonly ConversationGroup[] {
    const told = this.#host.store?.snapshot.groups ?? [];
    return told.length > 0 ? told : (this.#groups.get(source) ?? told);
  }

  #make(conversation: Conversation, setting: Parameters<typeof defaultItems>[1]): readonly ActionItem[] {
    const defaults = defaultItems(conversation, setting);
    const {actions, element} = this.#host;
    if (typeof actions === 'function') {
      try {
        return readItems(actions(conversation, defaults));
      } catch (thrown) {
        if (!this.#told.has(actions)) {
          this.#told.add(actions);
          reportError(thrown);
          element.dispatchEvent(new ImErrorEvent(toSourceError(thrown), 'render'));
        }
      }
    }
    // Names of groups are the source's: they are cleaned like any other.
    return readItems(defaults);
  }
}
