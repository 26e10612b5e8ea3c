export * from '../model/index.js';
export {ArraySource} from './array-source.js';
export {ConversationStore, type ErrorOrigin, type StoreChange} from './conversation-store.js';
export type {IndexChange} from './conversation-index.js';
export type {Facets} from './facets.js';
export type {PageState} from './pager.js';
export {ConversationRows, type ConversationSnapshot, type SearchState, type SyncState} from './snapshot.js';
