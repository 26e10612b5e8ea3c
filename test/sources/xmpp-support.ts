import type {Conversation, SourceEvent} from '../../src/model/index.js';
import {XmppSource, type XmppAccount} from '../../src/sources/xmpp.js';
import {FakeXmpp, ME} from './fakes/xmpp-server.js';

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** An account on a server of the tests, and what its source tells. */
export class Account {
  readonly events: SourceEvent[] = [];
  readonly source: XmppSource;

  constructor(
    readonly server = new FakeXmpp(),
    options: Partial<XmppAccount> = {},
  ) {
    this.source = new XmppSource({
      url: 'ws://localhost/', jid: ME, password: 'secret', avatars: false, openWebSocket: server.open, ...options,
    });
    this.source.subscribe((event) => this.events.push(event));
  }

  of<T extends SourceEvent['type']>(type: T): Extract<SourceEvent, {type: T}>[] {
    return this.events.filter((event): event is Extract<SourceEvent, {type: T}> => event.type === type);
  }

  /** The newest that was told of a conversation. */
  told(id: string): Conversation | undefined {
    return this.of('upsert').flatMap(({conversations}) => conversations).findLast((one) => one.id === id);
  }

  get state(): string | undefined {
    return this.of('connection').at(-1)?.state;
  }

  async list(): Promise<readonly Conversation[]> {
    return (await this.source.getPage({limit: 100})).conversations;
  }

  async row(id: string): Promise<Conversation | undefined> {
    return (await this.list()).find((one) => one.id === id);
  }
}

/** Runs with an account, which is ended whatever happens. */
export async function withAccount(
  run: (account: Account, server: FakeXmpp) => Promise<void>,
  prepare: (server: FakeXmpp) => void = () => undefined,
  options: Partial<XmppAccount> = {},
): Promise<void> {
  const server = new FakeXmpp();
  prepare(server);
  const account = new Account(server, options);
  try {
    await run(account, server);
  } finally {
    account.source.dispose();
  }
}
