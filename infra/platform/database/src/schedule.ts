/** One run at a time, planned for the end of this turn or, with a delay in milliseconds, later. */
export function createSchedule(run: () => void) {
  let cancelPlanned: (() => void) | undefined;

  function cancel(): void {
    cancelPlanned?.();
    cancelPlanned = undefined;
  }

  return {
    /** Does nothing when a run is planned. */
    plan: (delayMs: number): void => {
      if (cancelPlanned) return;
      const start = () => {
        cancelPlanned = undefined;
        run();
      };
      if (delayMs > 0) {
        const timer = setTimeout(start, delayMs);
        cancelPlanned = () => clearTimeout(timer);
      } else {
        const turn = setImmediate(start);
        cancelPlanned = () => clearImmediate(turn);
      }
    },
    cancel,
  };
}
