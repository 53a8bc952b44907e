import type { Page } from 'playwright-core';

/** In the Trace Event Format, as Chromium writes it. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor's time, which other programs on a busy machine do not lengthen. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Records how long the tasks of a page's main thread are: what the browser's Long Tasks API reports, but in time of the
 * processor. One page at a time, in a browser that has no other.
 */
export async function recordTasks(page: Page): Promise<{
  /** Returns the tasks since the beginning, in milliseconds. */
  end(): Promise<number[]>;
}> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  return {
    end: async () => {
      const trace = JSON.parse(String(await browser.stopTracing()));
      const events: TraceEvent[] = trace.traceEvents;
      const main = new Set(
        events.filter(({ ph, args }) => ph === 'M' && args.name === 'CrRendererMain').map(threadOf),
      );
      return events
        .filter((event) => event.name === 'RunTask' && main.has(threadOf(event)))
        .map(({ tdur = 0 }) => tdur / 1000);
    },
  };
}

/** From this on a task is long (https://w3c.github.io/longtasks/), milliseconds. */
const LONG_MS = 50;

/** What long tasks take beyond that, milliseconds. */
export const totalBlockingTime = (durations: readonly number[]): number =>
  durations.reduce((total, duration) => total + Math.max(0, duration - LONG_MS), 0);

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
