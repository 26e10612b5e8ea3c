import {LocalSource} from '../../src/sources/local.js';

/** A source that is kept in the browser, with something in it. */
export async function localSource(name: string): Promise<LocalSource> {
  const source = new LocalSource({name: name || 'connect', selfId: 'me'});
  const {conversations} = await source.getPage({limit: 1});
  if (conversations.length > 0) return source;
  const messages = [['ana', 'Ana', 'Shall we meet at eight?'], ['ben', 'Ben', 'The parcel has come'], ['cleo', 'Cleo', 'Thank you!']];
  for (const [conversationId = '', senderName = '', text = ''] of messages) {
    await source.receiveMessage({conversationId, senderName, text});
  }
  return source;
}
