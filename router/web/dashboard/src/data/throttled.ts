const PAUSE_MS = 1_000;

/** Runs at once, and then at most once a second; what is asked for meanwhile, once more at the end. */
export function throttled(run: () => void, later: (run: () => void, ms: number) => void): () => void {
  let isPausing = false;
  let isAgain = false;

  function ask(): void {
    if (isPausing) {
      isAgain = true;
      return;
    }
    isPausing = true;
    run();
    later(() => {
      isPausing = false;
      if (!isAgain) return;
      isAgain = false;
      ask();
    }, PAUSE_MS);
  }
  return ask;
}

/** What follows from a push in another service is there a moment after it, or after its service is back. */
const AGAIN_MS = [2_000, 6_000, 20_000];

/** The same for what another service makes of pushes: once they have ended, it is run a few times more. */
export function untilSettled(run: () => void, later: (run: () => void, ms: number) => void): () => void {
  const request = throttled(run, later);
  let asked = 0;
  let isWaiting = false;

  function wait(turn: number): void {
    const ms = AGAIN_MS[turn];
    isWaiting = ms !== undefined;
    if (ms === undefined) return;
    const before = asked;
    later(() => {
      if (before !== asked) return wait(0);
      request();
      wait(turn + 1);
    }, ms);
  }

  return () => {
    asked += 1;
    request();
    if (!isWaiting) wait(0);
  };
}
