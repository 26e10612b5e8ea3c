import type {Conversation} from '../../../../src/index.js';
import type {MemorySource} from '../../../../src/sources/memory.js';

/** The service behind the source, in a test. */
export class TestServer {
  constructor(conversations: readonly Conversation[]);
  sendMessage(id: string, text: string): void;
  delete(id: string): void;
  failOnce(): void;
}
export class MySource extends MemorySource {
  constructor(server: TestServer);
}
