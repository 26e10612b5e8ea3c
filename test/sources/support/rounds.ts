/**
 * Lets timers run, in so many rounds: what an SDK made of timers does in as many milliseconds, on a machine too on which
 * they pass without this process having its turn.
 */
export async function rounds(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve));
}
