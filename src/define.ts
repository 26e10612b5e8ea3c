import {ImConversationList} from './elements/im-conversation-list.js';
import {ImConversationProvider} from './elements/im-conversation-provider.js';
import {ImUnreadBadge} from './elements/im-unread-badge.js';
import {setSourceFactory} from './store/src-source.js';

// Loaded with the first `src`: a page that has none does not pay for it.
setSourceFactory(async (src, options) => (await import('./sources/http.js')).httpSourceFor(src, options));

// Guarded, so that a second copy of the package on a page does no harm.
if (!customElements.get('im-conversation-provider')) {
  customElements.define('im-conversation-provider', ImConversationProvider);
}
if (!customElements.get('im-conversation-list')) customElements.define('im-conversation-list', ImConversationList);
if (!customElements.get('im-unread-badge')) customElements.define('im-unread-badge', ImUnreadBadge);
