import type {SourceError} from '../model/errors.js';

/** The source began, moved on, ended or failed to catch up with its server. Does not bubble. */
export class ImSyncChangeEvent extends Event {
  static readonly type = 'im-sync-change';
  readonly status: 'idle' | 'syncing' | 'failed';
  /** 0 to 1, where the source tells. */
  readonly progress: number | undefined;
  /** Why it failed. */
  readonly error: SourceError | undefined;

  constructor(sync: {
    readonly status: 'idle' | 'syncing' | 'failed';
    readonly progress?: number;
    readonly error?: SourceError;
  }) {
    super(ImSyncChangeEvent.type);
    this.status = sync.status;
    this.progress = sync.progress;
    this.error = sync.error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-sync-change': ImSyncChangeEvent;
  }
}
