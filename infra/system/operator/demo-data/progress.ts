export interface ProgressOptions {
  readonly total: number;
  /** What they are, for people. */
  readonly what: string;
  readonly print: (line: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
}

const REPORT_EVERY_MS = 2000;

/** Prints every two seconds how many are done, how fast and how long the rest will take, and once when all are. */
export function createProgress({ total, what, print, clock }: ProgressOptions) {
  const begun = clock();
  let [done, reported] = [0, begun];
  return {
    add: (count: number): void => {
      done += count;
      const now = clock();
      if (done < total && now - reported < REPORT_EVERY_MS) return;
      reported = now;
      print(line(done, now - begun));
    },
  };

  function line(count: number, ms: number): string {
    const rate = count / Math.max(ms / 1000, 0.001);
    const numbers = `${what}: ${grouped(count)} of ${grouped(total)}, ${grouped(Math.round(rate))}/s`;
    return count < total
      ? `${numbers}, about ${duration((total - count) / rate)} left`
      : `${numbers}, in ${duration(ms / 1000)}`;
  }
}

const grouped = (count: number): string => count.toLocaleString('en');

/** Seconds for people. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
