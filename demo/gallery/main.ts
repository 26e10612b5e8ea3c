import '../../src/define.js';
import {GalleryPage} from './gallery-page.js';

customElements.define('gallery-page', GalleryPage);
