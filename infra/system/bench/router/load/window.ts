import { percentiles } from '../../measure.ts';
import { type Resources, resourcesOf } from '../resources.ts';

/** What one measurement found. */
export interface Measured {
  /** Requests, or events. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of CPU time a request; undefined where they cannot be read. */
  readonly cpuMs: number | undefined;
  /** The share of a core that the router used; where it is below 1, the load or the subgraphs were the limit. */
  readonly busy: number | undefined;
  readonly residentMb: number | undefined;
  /** Responses with another status or of another length than the checked one. */
  readonly failures: number;
  /** What the first of them was. */
  readonly failure?: string | undefined;
}

export interface WindowOptions {
  /** The process group of the router. */
  readonly group: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** The time in which samples count. It begins after the warm-up. */
export class MeasuringWindow {
  readonly #samples: number[] = [];
  #failures = 0;
  #failure: string | undefined;
  #isOpen = false;
  #before: Resources | undefined;
  #openedAt = 0;
  /** Whether load is still wanted. */
  isRunning = true;
  readonly measured: Promise<Measured>;

  constructor({ group, warmUpSeconds, seconds }: WindowOptions) {
    const { promise, resolve } = Promise.withResolvers<Measured>();
    this.measured = promise;
    setTimeout(() => {
      this.#before = resourcesOf(group);
      this.#openedAt = performance.now();
      this.#isOpen = true;
      setTimeout(() => resolve(this.#close(group)), seconds * 1000);
    }, warmUpSeconds * 1000);
  }

  /** A request that has ended: after how long, and what was wrong with the response. */
  add(milliseconds: number, failure: string | undefined): void {
    if (!this.#isOpen) return;
    if (failure === undefined) {
      this.#samples.push(milliseconds);
      return;
    }
    this.#failures += 1;
    this.#failure ??= failure;
  }

  #close(group: number): Measured {
    const elapsedMs = performance.now() - this.#openedAt;
    const after = resourcesOf(group);
    this.#isOpen = false;
    this.isRunning = false;
    const usedMs = after && this.#before && after.cpuMs - this.#before.cpuMs;
    const count = this.#samples.length;
    return {
      ...percentiles(this.#samples),
      perSecond: (count * 1000) / elapsedMs,
      cpuMs: usedMs && usedMs / count,
      busy: usedMs && usedMs / elapsedMs,
      residentMb: after?.residentMb,
      failures: this.#failures,
      failure: this.#failure,
    };
  }
}
