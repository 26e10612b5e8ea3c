import {Component, CUSTOM_ELEMENTS_SCHEMA, signal} from '@angular/core';
import type {ImConversationSelectEvent, ImUnreadChangeEvent, RowRenderer} from 'im-conversation-list';
import {array, source} from './chats';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button id="from" (click)="own.set(!own())">Array</button>
    <button id="unread" (click)="unread.set(!unread())">Unread</button>
    <button id="close" (click)="open.set(false)">Close</button>
    <p>Unread: <output id="total">{{ total() }}</output></p>
    <p>Opened: <output id="opened">{{ opened() }}</output></p>
    @if (open()) {
      <im-conversation-list
        label="Conversations"
        [source]="own() ? undefined : source"
        [conversations]="own() ? array : undefined"
        [unread]="unread()"
        [renderRow]="renderRow"
        (im-unread-change)="showTotal($event)"
        (im-conversation-select)="showOpened($event)"
      ></im-conversation-list>
    }
  `,
})
export class App {
  protected readonly source = source;
  protected readonly array = array;
  protected readonly own = signal(false);
  protected readonly unread = signal(false);
  protected readonly open = signal(true);
  protected readonly total = signal<number | undefined>(undefined);
  protected readonly opened = signal('');

  protected readonly renderRow: RowRenderer = ({title, unreadCount}) => `★ ${title} (${unreadCount})`;

  // Angular's templates know an event of a custom element only as `any`: the methods say what it is.
  protected showTotal({total}: ImUnreadChangeEvent): void {
    this.total.set(total);
  }

  protected showOpened({conversation}: ImConversationSelectEvent): void {
    this.opened.set(conversation.title);
  }
}
