import 'fake-indexeddb/auto';

/** Calls of IndexedDB that can fail. */
export const CALLS = ['open', 'upgrade', 'transaction', 'put', 'get', 'getAll', 'commit'] as const;
/** How they can fail; `never`: nothing comes back. */
export const KINDS = [
  'QuotaExceededError',
  'UnknownError',
  'InvalidStateError',
  'AbortError',
  'VersionError',
  'never',
] as const;

export interface Fault {
  readonly call: (typeof CALLS)[number];
  readonly kind: (typeof KINDS)[number];
}

/** By the name of the database, so that many can fail at once in ways of their own. */
export const faults = new Map<string, Fault>();

const faultOf = (name: string, call: Fault['call']): Fault | undefined => {
  const fault = faults.get(name);
  return fault?.call === call ? fault : undefined;
};

/** A request that fails after a while, or never ends. */
function failing<T extends IDBRequest>(request: T, {kind}: Fault, tx?: IDBTransaction): T {
  const error = new DOMException(`A ${kind} of the test`, kind);
  Object.defineProperty(request, 'error', {get: () => error});
  request.addEventListener = ((type: string, listener: () => void) => {
    if (kind === 'never' || type !== 'error') return;
    setTimeout(() => {
      listener();
      // As a request does that fails.
      try {
        tx?.abort();
      } catch {
        // It has already.
      }
    });
  }) as T['addEventListener'];
  return request;
}

/** Keeps a transaction from coming to its end. */
function stay(store: IDBObjectStore, name: string): void {
  if (faults.has(name)) store.count().onsuccess = () => stay(store, name);
}

function wrap<T extends object, K extends keyof T>(target: T, name: K, by: (self: never, original: () => unknown, args: string[]) => unknown): void {
  const original = target[name] as (...args: unknown[]) => unknown;
  target[name] = function (this: never, ...args: string[]) {
    return by(this, () => original.apply(this, args), args);
  } as T[K];
}

const Request = globalThis.IDBRequest as unknown as new () => IDBRequest;
const OpenRequest = globalThis.IDBOpenDBRequest as unknown as new () => IDBOpenDBRequest;

wrap(IDBFactory.prototype, 'open', (_: never, original, [name = '']: string[]) => {
  const fault = faultOf(name, 'open');
  return fault ? failing(new OpenRequest(), fault) : original();
});
wrap(IDBDatabase.prototype, 'createObjectStore', (self: IDBDatabase, original) => {
  const fault = faultOf(self.name, 'upgrade');
  if (fault && fault.kind !== 'never') throw new DOMException('Of the test', fault.kind);
  const store = original() as IDBObjectStore;
  if (fault) stay(store, self.name);
  return store;
});
wrap(IDBDatabase.prototype, 'transaction', (self: IDBDatabase, original, args) => {
  if (args[1] === 'versionchange') return original();
  const fault = faultOf(self.name, 'transaction');
  if (fault && fault.kind !== 'never') throw new DOMException('Of the test', fault.kind);
  const tx = original() as IDBTransaction;
  const commit = fault ?? faultOf(self.name, 'commit');
  if (!commit || (commit === fault ? false : args[1] !== 'readwrite')) return tx;
  if (commit.kind === 'never') {
    tx.addEventListener = () => undefined;
    if (commit === fault) tx.objectStore = () => new Proxy({} as IDBObjectStore, {get: () => () => failing(new Request(), commit)});
    return tx;
  }
  Object.defineProperty(tx, 'error', {get: () => new DOMException('Of the test', commit.kind)});
  setTimeout(() => {
    try {
      tx.abort();
    } catch {
      // It is over.
    }
  });
  return tx;
});
wrap(IDBObjectStore.prototype, 'get', (self: IDBObjectStore, original) => {
  const fault = faultOf(self.transaction.db.name, 'get');
  return fault ? failing(new Request(), fault, self.transaction) : original();
});
// Nobody waits for a `put`: what fails is its transaction.
wrap(IDBObjectStore.prototype, 'put', (self: IDBObjectStore, original) => {
  const {transaction} = self;
  const {name} = transaction.db;
  const fault = faultOf(name, 'put');
  if (!fault) return original();
  if (fault.kind === 'never') {
    stay(self, name);
  } else {
    Object.defineProperty(transaction, 'error', {get: () => new DOMException('Of the test', fault.kind)});
    queueMicrotask(() => transaction.abort());
  }
  return failing(new Request(), fault);
});
for (const target of [IDBObjectStore.prototype, IDBIndex.prototype]) {
  wrap(target, 'getAll', (self: IDBObjectStore | IDBIndex, original) => {
    const {transaction} = 'objectStore' in self ? self.objectStore : self;
    const fault = faultOf(transaction.db.name, 'getAll');
    return fault ? failing(new Request(), fault, transaction) : original();
  });
}
