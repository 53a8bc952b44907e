/** Lets one loop sleep until it is called; a call in between is not lost. */
export function createWake(signal: AbortSignal) {
  let called = false;
  let rouse: (() => void) | undefined;
  signal.addEventListener('abort', () => rouse?.());

  return {
    call(): void {
      called = true;
      rouse?.();
    },
    /** Resolves once called, closed, or after `timeoutMs`; true when it was called. */
    async next(timeoutMs?: number): Promise<boolean> {
      if (!called && !signal.aborted) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          rouse = resolve;
          if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs).unref();
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
