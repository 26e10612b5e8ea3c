/** An element's custom states, for `:state()` in its page's styles. Does nothing where the browser has none. */
export class CustomStates {
  readonly #set: CustomStateSet | undefined;

  constructor(internals: ElementInternals) {
    this.#set = internals.states;
  }

  /** Turns each named state on or off. */
  set(states: Readonly<Record<string, boolean>>): void {
    for (const [name, on] of Object.entries(states)) {
      try {
        if (on) this.#set?.add(name);
        else this.#set?.delete(name);
      } catch {
        // Browsers from before 2024 take names with two dashes only.
        return;
      }
    }
  }
}
