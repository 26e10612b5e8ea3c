/** The real connections are what the source takes. */
import type {AgoraChat} from 'agora-chat';
import type {EasemobChat} from 'easemob-websdk';
import {EasemobSource, type EasemobConnection} from '../../src/sources/easemob.js';

export function takes(easemob: EasemobChat.Connection, agora: AgoraChat.Connection): readonly EasemobSource[] {
  const connections: readonly EasemobConnection[] = [easemob, agora];
  return connections.map((connection) => new EasemobSource(connection));
}

/** What `connection.send()` resolves to is what `sent()` takes. */
export function tells(source: EasemobSource, result: EasemobChat.SendMsgResult): void {
  if (result.message) source.sent(result.message);
}
