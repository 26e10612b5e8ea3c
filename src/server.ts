import './define.js';
import {fallbackStyles} from './elements/fallback.styles.js';
import {ImConversationList} from './elements/im-conversation-list.js';
import {serverHook} from './elements/server-hook.js';
import {serverRows} from './elements/server-rows.js';

// For Node: the elements registered, and lists that render rows.
serverHook.rows = serverRows;
ImConversationList.elementStyles.push(fallbackStyles);
