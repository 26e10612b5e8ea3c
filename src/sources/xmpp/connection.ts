import type {SourceError} from '../../model/errors.js';
import type {ConnectionState} from '../../model/source.js';
import type {Xml} from './xml.js';

/** How a connection stands. */
export interface Standing {
  readonly state: ConnectionState;
  /** Why it is not online. */
  readonly error?: SourceError;
  /** Online, but not where the last session ended: what was sent meanwhile is lost, and so are answers. */
  readonly fresh?: boolean;
}

/** Whom a connection tells. */
export interface ConnectionEvents {
  stanza(stanza: Xml): void;
  stand(standing: Standing): void;
  /** Something came that is not to be believed, and was left out. */
  refuse(error: SourceError): void;
}

/** A way to a server: a client of the source's own, or one that the app has. */
export interface XmppConnection {
  /** The address with its resource; `''` until it was online once. */
  readonly jid: string;
  /** The app has logged in, and announces to others what it can do; the source does not. */
  readonly foreign: boolean;
  /** Begins, and goes on until {@link close}; called once. */
  open(events: ConnectionEvents): void;
  /** Sends, or keeps for a session that may be resumed; else it is lost, and `fresh` will say so. */
  send(stanza: Xml): void;
  close(): void;
}
