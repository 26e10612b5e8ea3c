export * from './conversation.js';
export * from './errors.js';
export * from './filter.js';
export * from './order.js';
export * from './source.js';
export * from './validate.js';
export * from './same.js';
export type {SearchKeys} from './search.js';
