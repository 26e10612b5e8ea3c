import type {ImBulkActionEvent} from '../../src/events/bulk-action-event.js';
import type {ImBulkResultEvent} from '../../src/events/bulk-result-event.js';
import type {ImConversationActionEvent} from '../../src/events/conversation-action-event.js';
import type {ImConversationSelectEvent} from '../../src/events/conversation-select-event.js';
import type {ImConversationsChangeEvent} from '../../src/events/conversations-change-event.js';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import type {ImFilterChangeEvent} from '../../src/events/filter-change-event.js';
import type {ImPageLoadEvent} from '../../src/events/page-load-event.js';
import type {ImSearchChangeEvent} from '../../src/events/search-change-event.js';
import type {ImSelectionChangeEvent} from '../../src/events/selection-change-event.js';
import type {ImSyncChangeEvent} from '../../src/events/sync-change-event.js';
import type {ImUnreadChangeEvent} from '../../src/events/unread-change-event.js';

/** An event of the element, or several alike, in words. */
export interface LogEntry {
  readonly key: number;
  readonly type: string;
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly times: number;
}

/** The element's events. */
export const EVENT_TYPES = [
  'im-conversation-select',
  'im-conversation-action',
  'im-bulk-action',
  'im-bulk-result',
  'im-selection-change',
  'im-conversations-change',
  'im-filter-change',
  'im-search-change',
  'im-page-load',
  'im-sync-change',
  'im-unread-change',
  'im-error',
] as const;

type ListEvent =
  | ImConversationSelectEvent
  | ImConversationActionEvent
  | ImBulkActionEvent
  | ImBulkResultEvent
  | ImSelectionChangeEvent
  | ImConversationsChangeEvent
  | ImFilterChangeEvent
  | ImSearchChangeEvent
  | ImPageLoadEvent
  | ImSyncChangeEvent
  | ImUnreadChangeEvent
  | ImErrorEvent;

const KEPT = 100;
/** Live traffic would push everything else out: events of these types in a row are one entry. */
const FREQUENT: ReadonlySet<string> = new Set(['im-conversations-change', 'im-unread-change', 'im-page-load']);

/** The latest events, newest first. */
export class EventLog {
  #entries: readonly LogEntry[] = [];
  #next = 0;

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(event: Event): void {
    const {type} = event;
    const detail = detailOf(event as ListEvent);
    const at = Date.now();
    const index = FREQUENT.has(type) ? this.#entries.slice(0, 3).findIndex((entry) => entry.type === type) : -1;
    const before = this.#entries[index];
    const entry = {key: before?.key ?? this.#next++, type, detail, at, times: (before?.times ?? 0) + 1};
    const others = before === undefined ? this.#entries : this.#entries.filter((other) => other !== before);
    this.#entries = [entry, ...others].slice(0, KEPT);
  }

  clear(): void {
    this.#entries = [];
  }
}

function detailOf(event: ListEvent): string {
  switch (event.type) {
    case 'im-conversation-select':
      return (event as ImConversationSelectEvent).conversation.title;
    case 'im-conversation-action': {
      const {action, conversation} = event as ImConversationActionEvent;
      const {name, ...facts} = action;
      return `${name} ${Object.values(facts).join(' ')} · ${conversation.title}`;
    }
    case 'im-bulk-action': {
      const {action, conversations} = event as ImBulkActionEvent;
      return `${action.name} · ${conversations.length} conversations`;
    }
    case 'im-bulk-result': {
      const {results} = event as ImBulkResultEvent;
      return `${results.filter(({error}) => error === undefined).length} of ${results.length} done`;
    }
    case 'im-selection-change':
      return `${(event as ImSelectionChangeEvent).ids.length} selected`;
    case 'im-conversations-change': {
      const {added, changed, removed} = event as ImConversationsChangeEvent;
      return `${added.length} added, ${changed.length} changed, ${removed.length} removed`;
    }
    case 'im-filter-change':
      return JSON.stringify((event as ImFilterChangeEvent).filter);
    case 'im-search-change':
      return (event as ImSearchChangeEvent).query;
    case 'im-page-load': {
      const {received, rows, done} = event as ImPageLoadEvent;
      return `${received} received, ${rows} rows${done ? ', done' : ''}`;
    }
    case 'im-sync-change': {
      const {status, progress} = event as ImSyncChangeEvent;
      return progress === undefined ? status : `${status} ${Math.round(progress * 100)} %`;
    }
    case 'im-unread-change':
      return `${(event as ImUnreadChangeEvent).total} in all`;
    case 'im-error': {
      const {error, origin} = event as ImErrorEvent;
      return `${error.code} (${origin}): ${error.message}`;
    }
    default:
      return '';
  }
}
