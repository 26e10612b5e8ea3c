import 'im-conversation-list/define.js';
import {createRoot} from 'react-dom/client';
import {App} from './app';

const root = document.querySelector('#app');
if (root) createRoot(root).render(<App />);
