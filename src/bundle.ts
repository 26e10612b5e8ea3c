/** Everything a page without a build step needs, in one file: the elements registered, and a source to start with. */
export * from './index.js';
export {MemorySource} from './sources/memory.js';
import './define.js';
