import {HttpSource} from '../../src/sources/http.js';
import type {ConformanceSubject} from '../../src/testing/source-conformance.js';
import {CONTENT} from '../testing/support/subjects.js';
import {conforms} from './conforms.js';
import {HttpBackend} from './fakes/http-backend.js';

async function subject(): Promise<ConformanceSubject> {
  const backend = await HttpBackend.start();
  const {memory, port} = backend;
  const held = new Set<object>();
  const source = new HttpSource(backend.url, {
    timeoutMs: 900,
    fetch: (url, init) => {
      const key = {};
      held.add(key);
      init?.signal?.addEventListener('abort', () => held.delete(key));
      return fetch(url, init);
    },
  });
  let [listening, online, down] = [0, false, false];
  const subscribe = source.subscribe.bind(source);
  source.subscribe = (listener) => {
    listening++;
    const end = subscribe((event) => {
      if (event.type === 'connection') online = event.state === 'online';
      listener(event);
    });
    let ended = false;
    return () => {
      if (!ended && --listening === 0) online = false;
      ended = true;
      end();
    };
  };
  const end = source.dispose.bind(source);
  source.dispose = () => {
    listening = 0;
    end();
  };
  /** A change before the stream is open is one that the listener cannot know of; what it asks for then goes first. */
  const open = async (): Promise<void> => {
    const wait = listening > 0 && !online;
    while (listening > 0 && !online && !down) await new Promise((resolve) => setTimeout(resolve, 2));
    if (wait) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return {
    source,
    conversations: CONTENT,
    change: async (id) => {
      await open();
      memory.receiveMessage({conversationId: id, text: 'News', sentAt: 100});
    },
    add: async () => {
      await open();
      memory.receiveMessage({conversationId: 'new', text: 'Hello'});
      return 'new';
    },
    remove: async (id) => {
      await open();
      memory.remove([id]);
    },
    fail: () => {
      (backend.canned[''] ??= []).push({status: 503, body: 'down'});
    },
    disconnect: async () => {
      await open();
      down = true;
      await backend.close();
    },
    reconnect: async () => {
      await backend.listen(port);
      down = false;
    },
    logout: async () => {
      await open();
      memory.replaceAll([]);
      backend.tell('reset', {reason: 'logout'});
    },
    held: () => held.size,
    dispose: () => backend.close(),
  };
}

await conforms(
  'HttpSource',
  subject,
  ['the control `sync`, `syncEvents`', 'paging `all`', 'a field that serverFilters does not name'],
  {timeoutMs: 8000, quietMs: 60},
);
