import {MatrixSource} from '../../src/sources/matrix.js';
import {conforms} from './conforms.js';
import {HOMESERVER, TOKEN} from './fakes/homeserver.js';
import {FakeMatrixClient} from './fakes/matrix-client.js';
import {content, controls} from './fakes/matrix-content.js';

const LACKS = [
  'a field that serverFilters does not name', 'conversations that it lets through and others in the content', 'paging `all`',
  'the action `clearHistory`', 'the action `customData`', 'the action `draft`', 'the action `hide`',
  '`search()`', '`search()`, the control `logout`',
];

await conforms('MatrixSource over a homeserver', () => {
  const {home, conversations} = content(true);
  const source = new MatrixSource({homeserver: `${HOMESERVER}/`, accessToken: TOKEN, fetch: home.fetch});
  return {
    source,
    conversations,
    ...controls(home),
    fail: () => void home.failures.push({status: 502}),
    disconnect: () => {
      home.down = 'offline';
      home.touch();
    },
    reconnect: () => void (home.down = undefined),
    held: () => home.held,
  };
}, [...LACKS, 'the control `sync`', 'the control `logout`'], {timeoutMs: 5000});

await conforms('MatrixSource over a client', () => {
  const {home, conversations} = content(false);
  const client = new FakeMatrixClient(home);
  return {
    source: new MatrixSource(client),
    conversations,
    ...controls(home),
    disconnect: () => client.disconnect(),
    reconnect: () => client.reconnect(),
    sync: () => {
      client.disconnect();
      client.reconnect();
    },
    held: () => client.held,
  };
}, [...LACKS, 'the control `fail`', 'the control `logout`']);
