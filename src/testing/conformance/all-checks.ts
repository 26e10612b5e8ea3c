import {ACTION_CHECKS} from './action-checks.js';
import {CAPABILITY_CHECKS} from './capability-checks.js';
import {CHANGE_CHECKS} from './change-checks.js';
import type {Check} from './check.js';
import {ERROR_CHECKS} from './error-checks.js';
import {EVENT_CHECKS} from './event-checks.js';
import {FILTER_CHECKS} from './filter-checks.js';
import {GROUP_CHECKS} from './group-checks.js';
import {LIFE_CHECKS} from './life-checks.js';
import {LISTEN_CHECKS} from './listen-checks.js';
import {PAGE_CHECKS} from './page-checks.js';
import {SEARCH_CHECKS} from './search-checks.js';
import {UNREAD_CHECKS} from './unread-checks.js';

/** Checks that belong together, by what they are about. */
export const SECTIONS: readonly (readonly [title: string, checks: readonly Check[]])[] = [
  ['capabilities', CAPABILITY_CHECKS],
  ['pages', PAGE_CHECKS],
  ['pages and changes', CHANGE_CHECKS],
  ['filters', FILTER_CHECKS],
  ['errors and signals', ERROR_CHECKS],
  ['listening', LISTEN_CHECKS],
  ['events', EVENT_CHECKS],
  ['unread total and conversations by id', UNREAD_CHECKS],
  ['search', SEARCH_CHECKS],
  ['actions', ACTION_CHECKS],
  ['groups', GROUP_CHECKS],
  ['life', LIFE_CHECKS],
];
