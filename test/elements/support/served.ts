import {render} from 'lit';
import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import {RowBinder} from '../../../src/elements/row-binder.js';
import {serverRows} from '../../../src/elements/server-rows.js';
import {en} from '../../../src/locales/en.js';
import type {Conversation} from '../../../src/model/conversation.js';
import {ArraySource} from '../../../src/store/array-source.js';
import {ConversationStore} from '../../../src/store/conversation-store.js';
import {firstSnapshot} from '../../../src/store/first-snapshot.js';
import {ConversationRows} from '../../../src/store/snapshot.js';
import {box} from './list-page.js';

/** A binder of rows in English, with nothing selected. */
export function binderOf(): RowBinder {
  const ignore = (): undefined => undefined;
  const binder = new RowBinder({fail: ignore, isGone: () => false, bound: ignore, served: {take: ignore}});
  binder.set({
    ...{strings: en, lang: 'en', selectedId: undefined, avatarPolicy: undefined, renderRow: undefined},
    ...{previewFormatters: undefined, rowTemplate: undefined, find: undefined},
    ...{total: undefined, whole: true, selecting: false, checkedIds: undefined},
  });
  return binder;
}

/** The rows as a server writes them. */
export function servedRows(conversations: readonly Conversation[]): HTMLElement {
  const holder = document.createElement('div');
  holder.className = 'rows';
  const store = new ConversationStore();
  store.source = new ArraySource(conversations);
  const rows = firstSnapshot(store)?.rows ?? ConversationRows.EMPTY;
  render(serverRows(rows, conversations.length, binderOf(), undefined), holder);
  return holder;
}

/**
 * A list on the page with the shadow root that a server's page gives it, which has not been alive yet.
 *
 * Made by hand: a page of its own, which tests in Node open, is no part of this one.
 */
export function serve(conversations: readonly Conversation[]): ImConversationList {
  const list = document.createElement('im-conversation-list');
  const root = list.attachShadow({mode: 'open'});
  const viewport = document.createElement('div');
  viewport.className = 'viewport';
  viewport.tabIndex = 0;
  viewport.append(servedRows(conversations));
  const fallback = document.createElement('slot');
  fallback.name = 'fallback';
  // For the styles, which the policy of these pages would not let in.
  root.append(document.createElement('link'), fallback, viewport);
  return list;
}

/** Puts a served element on the page, where it comes alive. */
export function wake<E extends HTMLElement>(element: E): E {
  box().append(element);
  return element;
}
