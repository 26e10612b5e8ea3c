import type {Conversation} from '../../model/conversation.js';
import {SourceError, toSourceError} from '../../model/errors.js';
import type {ConversationSource, SearchOptions} from '../../model/source.js';
import {settle} from '../shared/settle.js';
import {aborted} from './local-changes.js';

/** Milliseconds that a search waits for the server, before what is kept is looked through. */
const PATIENCE = 5000;

/** What a search needs of its source. */
export interface SearchHost {
  /** Rows of the source behind as they are to be shown. */
  shown(conversations: readonly Conversation[]): Promise<readonly Conversation[]>;
  /** What is found in what is kept; `undefined` if that cannot be read. */
  kept(): Promise<readonly Conversation[] | undefined>;
}

/** Searches the source behind; where it cannot search, fails for now or does not answer in time, what is kept. */
export async function searchBehind(
  remote: ConversationSource,
  query: string,
  options: SearchOptions,
  host: SearchHost,
): Promise<readonly Conversation[]> {
  const {signal} = options;
  aborted(signal);
  const request = new AbortController();
  const end = (): void => request.abort(signal?.reason);
  signal?.addEventListener('abort', end);
  const asked = (async () => {
    if (!remote.search || remote.capabilities.search === false) throw new SourceError('unsupported', 'The source behind cannot search.');
    return remote.search(query, {...options, signal: request.signal});
  })();
  try {
    return await host.shown(await settle(() => asked, options, toSourceError, PATIENCE));
  } catch (thrown) {
    const error = toSourceError(thrown);
    if (!error.retryable && error.code !== 'unsupported') throw error;
    const kept = await host.kept();
    aborted(signal);
    // One that is only slow may answer yet, where there is nothing else.
    if (!kept) return await asked;
    end();
    return kept;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
