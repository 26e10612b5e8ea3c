import type {ConversationType} from '../../src/model/conversation.js';

/** The formats that can be read. */
export type ArchiveFormat = 'json-lines' | 'telegram';

/** A conversation of an archive: what its messages have in common. */
export interface ArchiveConversation {
  /** Unique in the archive. */
  readonly id: string;
  readonly title: string;
  readonly type: ConversationType;
  /** The name of the group (stream, channel, folder) that it is a topic of. */
  readonly group?: string;
}

/** One message of an archive. */
export interface ArchiveMessage {
  readonly conversation: ArchiveConversation;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly senderId?: string;
  readonly senderName?: string;
  /** Sent by the person whose archive it is, where the archive tells. */
  readonly isOwn: boolean;
  /** `text`, `image`, `file`, … as in `LastMessage.type`. */
  readonly type: string;
  /** May have several lines. */
  readonly text: string;
}

/** Something in an archive that could not be read, and was left out. */
export interface ArchiveProblem {
  /** For people: `line 17`, `message 3 of "Anna"`. */
  readonly where: string;
  readonly reason: string;
}

/** What was read of an archive. */
export interface Archive {
  readonly format: ArchiveFormat;
  /** In the order of the file; those without messages too. */
  readonly conversations: readonly ArchiveConversation[];
  /** By time; messages of one moment in the order of the file. */
  readonly messages: readonly ArchiveMessage[];
  /** How many lines or messages were left out. */
  readonly problemCount: number;
  /** The first few of them. */
  readonly problems: readonly ArchiveProblem[];
}

/** A file of which nothing can be read. `message` is written for the person who chose the file. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}
