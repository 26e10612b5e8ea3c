/** SDKs open a socket when they are created; Node 20 has none. This one never connects: no test needs a network. */
class InertWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly readyState = 0;

  close(): void {
    // Never opened.
  }

  send(): void {
    // Never opened.
  }
}

/** Whether the page is in view, which it is. */
const page = {visibilityState: 'visible', hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined};

Object.assign(globalThis, {WebSocket: InertWebSocket, document: page});
