import type {ImConversationList} from '../../../src/elements/im-conversation-list.js';
import type {ImErrorEvent} from '../../../src/events/error-event.js';
import type {ConversationSource} from '../../../src/model/source.js';
import {mount} from './list-page.js';

/** A list, and what it has told of errors. */
export interface Told {
  readonly list: ImConversationList;
  /** `origin code` of each error. */
  readonly errors: string[];
}

/** A list that notes what it tells of errors. */
export async function listen(source: ConversationSource): Promise<Told> {
  const errors: string[] = [];
  const list = await mount({
    source,
    before: (l) => l.addEventListener('im-error', ({error, origin}: ImErrorEvent) => errors.push(`${origin} ${error.code}`)),
  });
  return {list, errors};
}
