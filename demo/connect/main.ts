import '../../src/define.js';
import {ConnectPage} from './connect-page.js';

customElements.define('connect-page', ConnectPage);
