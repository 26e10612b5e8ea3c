/** Milliseconds. Often enough to look steady. */
const PERIOD = 50;
/** A page in the background is not to catch up at once, ms. */
const LONGEST = 250;

/** Calls a function with how many things are due, at a rate a second that may change. Costs nothing at rate 0. */
export class Ticker {
  readonly #run: (count: number) => void;
  #rate = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #since = 0;
  /** What is left of one. */
  #rest = 0;

  constructor(run: (count: number) => void) {
    this.#run = run;
  }

  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    if (rate === this.#rate) return;
    this.#rate = rate;
    if (rate === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#since = performance.now();
      this.#timer = setInterval(() => this.#tick(), PERIOD);
    }
  }

  #tick(): void {
    const now = performance.now();
    const due = (Math.min(LONGEST, now - this.#since) / 1000) * this.#rate + this.#rest;
    this.#since = now;
    this.#rest = due % 1;
    if (due >= 1) this.#run(Math.trunc(due));
  }
}
