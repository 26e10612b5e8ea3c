import {inBrowser} from './in-browser.js';

await inBrowser({entry: 'nim.page.ts'});
