import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {untilMidnight} from '../format/time.js';

const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Looks again at least so often, ms: a machine that slept has missed its midnight. */
const LONGEST = 3_600_000;

function wind(): void {
  clearTimeout(timer);
  timer = hosts.size === 0 ? undefined : setTimeout(tick, Math.min(LONGEST, untilMidnight(Date.now())));
}

function tick(): void {
  for (const host of hosts) host.requestUpdate();
  wind();
}

/**
 * One clock for everything on the page: asks its element to render when "today" has become "yesterday".
 *
 * A single timer serves all elements and none is left when the last one is disconnected.
 */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    wind();
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    wind();
  }
}
