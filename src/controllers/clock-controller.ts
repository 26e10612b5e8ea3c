import {isServer, type ReactiveController, type ReactiveControllerHost} from 'lit';
import {dayKey, untilMidnight} from '../format/time.js';

const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** The day, and the zone, that the hosts have been asked to show. */
let day = '';

/** Looks again at least so often, ms: a machine that slept has missed its midnight, or woke up in another zone. */
const LONGEST = 60_000;

function wind(): void {
  clearTimeout(timer);
  timer = hosts.size === 0 ? undefined : setTimeout(look, Math.min(LONGEST, untilMidnight(Date.now())));
}

/** Asks for a render where another day has begun, or the same day in another zone. */
function look(): void {
  const today = dayKey(Date.now());
  if (today !== day) {
    day = today;
    for (const host of hosts) host.requestUpdate();
  }
  wind();
}

/**
 * One clock for everything on the page: asks its element to render when "today" has become "yesterday", or the machine's
 * time zone has changed.
 *
 * A single timer serves all elements; it looks at once when the page is shown again, and none is left when the last
 * element is disconnected.
 */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer) return;
    if (hosts.size === 0) {
      day = dayKey(Date.now());
      document.addEventListener('visibilitychange', look);
    }
    hosts.add(this.#host);
    wind();
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    if (hosts.size === 0) document.removeEventListener('visibilitychange', look);
    wind();
  }
}
