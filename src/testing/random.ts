/**
 * Pseudo-random numbers that are the same for the same seed, everywhere.
 *
 * Fast, with 32 bits of state; good enough for test data, not for secrets. The mixing is that of mulberry32.
 */
export class Random {
  #state: number;

  /** @param seed - any number; its lower 32 bits count. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the values, of which there must be one. */
  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)] as T;
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0;
    for (const [, weight] of choices) total += weight;
    let rest = this.next() * total;
    for (const [value, weight] of choices) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return (choices.at(-1) as readonly [T, number])[0];
  }
}

/** A seed for the `index`-th of many generators, so that neighbours have nothing in common. MurmurHash3's mixing. */
export function subSeed(seed: number, index: number): number {
  let mixed = (Math.imul(seed, 0x9e3779b1) + index) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** While it is being made. */
export type Mutable<T> = {-readonly [K in keyof T]: T[K]};
