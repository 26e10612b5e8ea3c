import {SourceError} from '../../model/errors.js';
import type {ConnectionState, SourceEvent} from '../../model/source.js';
import {toNimError} from './errors.js';
import {listen} from './listen.js';
import type {NimEmitter, NimLoginService} from './types.js';

export const GAP: SourceEvent = {type: 'reset', reason: 'gap'};

/** By the SDK's login status. */
const STATES: readonly ConnectionState[] = ['offline', 'online', 'connecting', 'offline'];

/** Whether the person is logged in, and whether the SDK has caught up since. */
export class NimLink {
  /** While the SDK catches up: resolves when it has, or has failed. */
  syncing: Promise<void> | undefined;
  #synced: () => void = () => undefined;
  /** Who was logged in last. */
  #user = '';
  /** The SDK has logged the person out, not the app. */
  #lost = false;

  constructor(
    readonly login: NimLoginService,
    readonly emit: (...events: SourceEvent[]) => void,
  ) {}

  get status(): number {
    return this.login.getLoginStatus();
  }

  /** Why nothing can be asked. */
  refusal(): SourceError {
    return new SourceError(this.#lost ? 'auth' : 'not-ready', 'NIM is not logged in');
  }

  /** Returns what ends it. */
  listen(service: NimEmitter): () => void {
    const {status, login} = this;
    this.#user ||= login.getLoginUser();
    // Not before `subscribe` has returned.
    if (status !== 1) queueMicrotask(() => this.#state(STATES[status]));
    const endSync = listen(service, {
      onSyncStarted: () => {
        this.#settle();
        this.syncing = new Promise((resolve) => (this.#synced = resolve));
        this.emit({type: 'sync', phase: 'start'});
      },
      onSyncFinished: () => {
        this.#settle();
        // The SDK tells nothing of what it took in.
        this.emit({type: 'sync', phase: 'finish'}, GAP);
      },
      onSyncFailed: (error) => this.#fail(error),
    });
    const endLogin = listen(login, {
      onLoginStatus: (now) => void this.#login(Number(now)),
      onKickedOffline: () => {
        this.#lost = true;
        this.#state('kicked');
      },
      onLoginFailed: (error) => {
        this.#lost = toNimError(error).code === 'auth';
        this.#state(this.#lost ? 'expired' : 'offline');
      },
    });
    return () => {
      endSync();
      endLogin();
      this.#settle();
    };
  }

  async #login(status: number): Promise<void> {
    // A sync that a broken connection cancels has no end.
    if (status !== 1 && this.syncing) this.#fail({code: 192003});
    const user = this.login.getLoginUser();
    if (status === 1) {
      this.#lost = false;
      if (this.#user && user !== this.#user) this.emit({type: 'reset', reason: 'login'});
      this.#user = user;
    }
    // That the person was kicked out, or refused, the SDK says after that.
    if (status === 0) await undefined;
    if (this.#lost) return;
    this.#state(STATES[status]);
    if (status === 0 && !user) this.emit({type: 'reset', reason: 'logout'});
  }

  #state(state: ConnectionState = 'offline'): void {
    this.emit({type: 'connection', state});
  }

  #fail(error: unknown): void {
    this.#settle();
    this.emit({type: 'sync', phase: 'fail', error: toNimError(error)});
  }

  #settle(): void {
    this.syncing = undefined;
    this.#synced();
  }
}
