/**
 * What the source takes of `matrix-js-sdk`, by structure, and what it reads of a homeserver's answers. Nothing of the
 * SDK is imported.
 */

/** An object of a server's, of which any field may be missing or wrong. */
export type Json = Readonly<Record<string, unknown>>;

/** An event of the SDK's. */
export interface MatrixSdkEvent {
  getId(): string | undefined;
  getType(): string;
  getSender(): string | undefined;
  getTs(): number;
  /** With its latest edit. */
  getContent(): object;
  getRoomId(): string | undefined;
  isRedacted(): boolean;
  /** `null` once the server has it. */
  readonly status: string | null;
}

/** Somebody in a room. */
export interface MatrixSdkMember {
  readonly userId: string;
  readonly roomId: string;
  readonly name: string;
  readonly typing: boolean;
  readonly events: {readonly member?: MatrixSdkEvent};
  getMxcAvatarUrl(): string | undefined;
}

/** A room of the SDK's. */
export interface MatrixSdkRoom {
  readonly roomId: string;
  readonly name: string;
  readonly tags: object;
  getMyMembership(): string;
  getMxcAvatarUrl(): string | null;
  getAvatarFallbackMember(): MatrixSdkMember | undefined;
  getMember(userId: string): MatrixSdkMember | null;
  getLiveTimeline(): {getEvents(): MatrixSdkEvent[]};
  /** Throws where the SDK keeps messages that are being sent in the timeline. */
  getPendingEvents(): MatrixSdkEvent[];
  getLastActiveTimestamp(): number;
  /** With sliding sync only. */
  getBumpStamp?(): number | undefined;
  getUnreadNotificationCount(type?: never): number;
  getAccountData(type: string): MatrixSdkEvent | undefined;
  getReadReceiptForUserId(userId: string): {readonly data: {readonly ts: number}} | null;
  getDMInviter(): string | undefined;
  isSpaceRoom(): boolean;
}

/** The parts of a `MatrixClient` that the source uses. */
export interface MatrixSdkClient {
  /** It syncs, or is about to. */
  readonly clientRunning: boolean;
  readonly http: {authedRequest(method: never, path: string, query?: never, body?: object): Promise<unknown>};
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  off(event: string, listener: (...args: unknown[]) => void): unknown;
  getUserId(): string | null;
  getRooms(): MatrixSdkRoom[];
  getRoom(roomId: string): MatrixSdkRoom | null;
  getUser(userId: string): {readonly presence: string; readonly lastPresenceTs: number} | null;
  getAccountData(type: never): MatrixSdkEvent | undefined;
  getSyncState(): string | null;
  isInitialSyncComplete(): boolean;
  mxcUrlToHttp(mxc: string, width?: number, height?: number, method?: string): string | null;
  forget(roomId: string): Promise<unknown>;
}

/** A homeserver that is asked without an SDK, by simplified sliding sync (MSC4186). */
export interface MatrixServer {
  /** Its address, such as `https://matrix.example.org`. */
  readonly homeserver: string;
  /** Of the person whose list it is. A function is asked before each request, so that it can give a new one. */
  readonly accessToken: string | (() => string | PromiseLike<string>);
  /** In place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Makes a picture's address of an `mxc:` one; `undefined` for none. */
export type MatrixMedia = (mxc: string) => string | undefined;
