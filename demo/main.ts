import '../src/define.js';
import {DemoState} from './state/demo-state.js';
import {readSettings} from './state/settings.js';
import {ChatApp} from './ui/chat-app.js';
import {ControlPanel} from './ui/control-panel.js';
import {ConversationPane} from './ui/conversation-pane.js';
import {EventLogView} from './ui/event-log-view.js';

customElements.define('conversation-pane', ConversationPane);
customElements.define('event-log-view', EventLogView);
customElements.define('control-panel', ControlPanel);
customElements.define('chat-app', ChatApp);

const state = new DemoState(readSettings(location.search));
(document.querySelector('chat-app') as ChatApp).state = state;
void state.begin();
