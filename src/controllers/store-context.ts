import {createContext} from '@lit/context';
import type {ConversationStore} from '../store/conversation-store.js';

/**
 * The store that a provider shares with the lists and badges inside it.
 *
 * The key is global and carries a version, so that two copies of this package on a page meet only if they fit.
 */
export const storeContext = createContext<ConversationStore | undefined>(Symbol.for('im-conversation-list/store@1'));
