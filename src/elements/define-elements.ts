import {ImConversationFilters} from './im-conversation-filters.js';
import {ImConversationList} from './im-conversation-list.js';
import {ImConversationProvider} from './im-conversation-provider.js';
import {ImConversationSearch} from './im-conversation-search.js';
import {ImUnreadBadge} from './im-unread-badge.js';
import {warnOfOther} from './other-version.js';

const LIST = 'im-conversation-list';

/**
 * Registers the list under another name, or all elements in another registry than the page's: for a page on which
 * another version has the names already.
 *
 * With a name, the list alone, in a class of its own, so that it can have several names. Without one, all elements under
 * their own names, as `define.js` does. A name that is taken stays with what has it; if that is another version, a
 * warning on the console says so.
 *
 * @param registry a scoped one, where the browser has them; by default the page's
 * @throws DOMException `SyntaxError`, for a name that no custom element can have
 * @example
 * define('acme-inbox');
 * define(undefined, scopedRegistry);
 */
export function define(tagName = LIST, registry: CustomElementRegistry = customElements): void {
  if (tagName !== LIST) {
    register(registry, tagName, class extends ImConversationList {});
    return;
  }
  // The provider first: what is inside it finds it there.
  register(registry, 'im-conversation-provider', ImConversationProvider);
  register(registry, LIST, ImConversationList);
  register(registry, 'im-unread-badge', ImUnreadBadge);
  register(registry, 'im-conversation-filters', ImConversationFilters);
  register(registry, 'im-conversation-search', ImConversationSearch);
}

function register(registry: CustomElementRegistry, tagName: string, element: CustomElementConstructor): void {
  const registered = registry.get(tagName);
  if (registered === undefined) registry.define(tagName, element);
  else if (element === ImConversationList || element.prototype instanceof ImConversationList) warnOfOther(tagName, registered);
}
