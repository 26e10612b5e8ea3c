import {ImConversationFilters} from './elements/im-conversation-filters.js';
import {ImConversationList} from './elements/im-conversation-list.js';
import {ImConversationProvider} from './elements/im-conversation-provider.js';
import {ImConversationSearch} from './elements/im-conversation-search.js';
import {ImUnreadBadge} from './elements/im-unread-badge.js';
import {warnOfOther} from './elements/other-version.js';
import {setSourceFactory} from './store/src-source.js';

// Loaded with the first `src`: a page that has none does not pay for it.
setSourceFactory(async (src, options) => (await import('./sources/http.js')).httpSourceFor(src, options));

// Guarded, so that a second copy of the package on a page does no harm.
if (!customElements.get('im-conversation-provider')) {
  customElements.define('im-conversation-provider', ImConversationProvider);
}
const other = customElements.get('im-conversation-list');
if (other) warnOfOther('im-conversation-list', other);
else customElements.define('im-conversation-list', ImConversationList);
if (!customElements.get('im-unread-badge')) customElements.define('im-unread-badge', ImUnreadBadge);
if (!customElements.get('im-conversation-filters')) {
  customElements.define('im-conversation-filters', ImConversationFilters);
}
if (!customElements.get('im-conversation-search')) customElements.define('im-conversation-search', ImConversationSearch);

// Parsed while the page loads, not when the first list is to show: that would cost it about a tenth of its time.
for (const {elementStyles} of [ImConversationList, ImUnreadBadge]) {
  for (const style of elementStyles) if ('styleSheet' in style) void style.styleSheet;
}
