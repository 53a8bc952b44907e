import { setTimeout as wait } from 'node:timers/promises';

/** How long nothing may change before there is no hope; a slow machine changes something all along. */
const HOPELESS_AFTER_MS = 600_000;
const SAY_EVERY_MS = 30_000;

/**
 * Waits until a condition yields something other than undefined or false, and returns it, however slow the machine is. What the
 * condition throws says how far it is. Says every half minute what it waits for.
 *
 * @throws Error when how far it is has not changed for ten minutes
 */
export async function eventually<Value>(
  what: string,
  condition: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const begun = performance.now();
  let [said, changed] = [begun, begun];
  let progress: unknown;
  for (;;) {
    let now: unknown;
    try {
      const value = await condition();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      now = error;
    }
    const at = performance.now();
    if (String(now) !== String(progress)) [progress, changed] = [now, at];
    if (at - changed > HOPELESS_AFTER_MS)
      throw new Error(`It does not happen: ${what}.`, { cause: progress });
    if (at - said > SAY_EVERY_MS) {
      said = at;
      const seconds = ((at - begun) / 1000).toFixed(0).padStart(4);
      process.stderr.write(`${seconds} s  waiting until ${what}${progress ? ` (${progress})` : ''}\n`);
    }
    await wait(100);
  }
}
