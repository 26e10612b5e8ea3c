/** What tests use of the store. */
export interface ContainedStore {
  addUser(id: string, name: string, token: string): Promise<void>;
  createFolder(userId: string, name: string, ids: readonly string[]): Promise<{readonly id: string}>;
  open(chat: {readonly id: string; readonly type: string; readonly titles: ReadonlyMap<string, string>}): Promise<string>;
  /** The change is one of the table's columns. */
  changeEach(userId: string, ids: readonly string[], change: () => Readonly<Record<string, unknown>>): Promise<unknown>;
  send(senderId: string, conversationId: string, text: string): Promise<string>;
  /** Forgets what was deleted before a moment, in milliseconds. */
  prune(before: number): Promise<void>;
  page(userId: string, query: {readonly limit: number}): Promise<{
    readonly conversations: readonly {readonly id: string; readonly orderKey: string}[];
  }>;
}

/** A server inside this process. */
export interface ContainedServer {
  readonly store: ContainedStore;
  readonly url: string;
  /** People whose next page fails. */
  readonly failing: Set<string>;
  /** People who do not reach the server. */
  readonly down: Set<string>;
  /** Cuts a person off. */
  cut(userId: string): void;
  close(): Promise<void>;
}

export declare function startContained(databaseUrl?: string): Promise<ContainedServer>;
