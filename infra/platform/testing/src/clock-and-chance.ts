/** Runs what is synchronous as if the clock stood at an instant, in ms since 1970, and `Math.random` returned one number. */
export function withClockAndChance<Result>(ms: number, chance: number, run: () => Result): Result {
  const { Date: clock } = globalThis;
  const { random } = Math;
  // Not by the fake timers of vitest: a test that has its own would lose them.
  globalThis.Date = new Proxy(clock, {
    construct: (target, args, as) => Reflect.construct(target, args.length > 0 ? args : [ms], as),
    apply: (target) => new target(ms).toString(),
    get: (target, name) => (name === 'now' ? () => ms : Reflect.get(target, name)),
  });
  Math.random = () => chance;
  try {
    return run();
  } finally {
    globalThis.Date = clock;
    Math.random = random;
  }
}
