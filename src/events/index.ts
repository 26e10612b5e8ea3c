export * from './conversation-select-event.js';
export * from './conversation-action-event.js';
export * from './conversations-change-event.js';
export * from './sync-change-event.js';
export * from './unread-change-event.js';
export * from './page-load-event.js';
export * from './error-event.js';
export * from './filter-change-event.js';
