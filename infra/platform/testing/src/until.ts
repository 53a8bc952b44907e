import { setTimeout as wait } from 'node:timers/promises';

let metCount = 0;

/** How many conditions of this process have come about: each is what a test asserts. */
export const met = (): number => metCount;

/**
 * Waits until a condition yields something other than undefined or false, and returns it. What the condition
 * throws counts as "not yet"; after `withinMs` the last of it is the error's cause.
 */
export async function until<Value>(
  what: string,
  condition: () => Value | undefined | false | Promise<Value | undefined | false>,
  withinMs = 30_000,
): Promise<Value> {
  const end = performance.now() + withinMs;
  let cause: unknown;
  while (performance.now() < end) {
    try {
      const value = await condition();
      if (value !== undefined && value !== false) {
        metCount += 1;
        return value;
      }
    } catch (error) {
      cause = error;
    }
    await wait(10);
  }
  throw new Error(`It did not happen within ${withinMs} ms: ${what}.`, { cause });
}
