import './page.js';
import '../../../src/define.js';
import {CachedSource} from '../../../src/sources/cached.js';
import {WireSource} from './wire-source.js';

/** Shows an account as an app does: with the list. */
window.showList = (account) => {
  const list = document.createElement('im-conversation-list');
  list.style.height = '600px';
  list.source = new CachedSource(new WireSource(account), {name: 'test', account});
  list.addEventListener('im-error', ({error}) => window.raised.push(`${error.code}: ${error.message}`));
  document.body.replaceChildren(list);
};
window.raised = [];

declare global {
  interface Window {
    showList: (account: string) => void;
    /** What the list told by `im-error`. */
    raised: string[];
  }
}
