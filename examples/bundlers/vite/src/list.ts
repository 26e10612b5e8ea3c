import 'im-conversation-list/define.js';
import {MemorySource} from 'im-conversation-list/sources/memory.js';

const list = document.createElement('im-conversation-list');
list.source = new MemorySource();
list.addEventListener('im-conversation-select', (event) => console.log(event.conversation.id));
document.body.append(list);
