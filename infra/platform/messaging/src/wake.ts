/** Lets one loop sleep until somebody has work for it; a call in between is not lost. */
export function createWake(signal: AbortSignal) {
  let called = false;
  let rouse: (() => void) | undefined;
  signal.addEventListener('abort', () => rouse?.());

  return {
    call(): void {
      called = true;
      rouse?.();
    },
    /** Resolves once called, closed, or after `withinMs`; true when it was called. */
    async next(withinMs?: number): Promise<boolean> {
      if (!called && !signal.aborted) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          rouse = resolve;
          if (withinMs !== undefined) timer = setTimeout(resolve, withinMs).unref();
        });
        clearTimeout(timer);
        rouse = undefined;
      }
      const wasCalled = called;
      called = false;
      return wasCalled;
    },
  };
}
