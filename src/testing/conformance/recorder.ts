import type {Conversation} from '../../model/conversation.js';
import type {SourceEvent} from '../../model/source.js';

/** A listener that keeps what it was told. */
export class Recorder {
  readonly events: SourceEvent[] = [];
  /** Ends listening; set once `subscribe` has returned. */
  stop: () => void = () => undefined;

  readonly listen = (event: SourceEvent): void => {
    this.events.push(event);
  };

  /** The newest news of a conversation; `undefined` if there was none, `null` if it has gone. */
  newest(id: string): Conversation | null | undefined {
    let news: Conversation | null | undefined;
    for (const event of this.events) {
      if (event.type === 'upsert' || event.type === 'snapshot') {
        const named = event.conversations.find((c) => c.id === id);
        if (named !== undefined) news = named;
        else if (event.type === 'snapshot' && event.complete) news = null;
      } else if (event.type === 'remove' && event.ids.includes(id)) {
        news = null;
      }
    }
    return news;
  }

  /** Whether an upsert or a snapshot named it. */
  told(id: string): boolean {
    return this.newest(id) != null;
  }

  /** How many events named it. */
  times(id: string): number {
    return this.events.filter((event) => idsOf(event).includes(id)).length;
  }

  /** Events of one type. */
  of<T extends SourceEvent['type']>(type: T): Extract<SourceEvent, {type: T}>[] {
    return this.events.filter((event): event is Extract<SourceEvent, {type: T}> => event.type === type);
  }
}

/** The conversations that an event is about. */
export function idsOf(event: SourceEvent): readonly string[] {
  if (event.type === 'remove') return event.ids;
  return event.type === 'upsert' || event.type === 'snapshot' ? event.conversations.map(({id}) => id) : [];
}
