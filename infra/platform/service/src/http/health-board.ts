import { type Readiness, readinessCode } from './health.ts';

type Status = Readiness['status'];

/** By their number in memory; the first is that of a process that has reported none yet. */
const statuses: readonly Status[] = ['unavailable', 'ready', 'degraded', 'shutting down'];

const BEAT = 0;
const STATUS = 1;

/** How long an event loop may take for a turn before its process counts as hung. */
const HUNG_AFTER_MS = 20_000;

/** A response about health: its HTTP status and its body. */
export interface HealthResponse {
  readonly code: number;
  readonly body: { readonly status: Status | 'live' | 'hung'; readonly detail?: string };
}

/**
 * What a process reports of its health to the thread that serves it, in memory that both share: the thread reads it without
 * asking an event loop that may be busy. Times are nanoseconds of `process.hrtime`, the one clock that threads share.
 */
export class HealthBoard {
  readonly memory: SharedArrayBuffer;
  readonly #cells: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new BigInt64Array(memory);
  }

  /** The event loop turns. */
  beat(now: bigint): void {
    Atomics.store(this.#cells, BEAT, now);
  }

  report(status: Status): void {
    Atomics.store(this.#cells, STATUS, BigInt(statuses.indexOf(status)));
  }

  /** @returns the response at a path; undefined: there is nothing */
  respond(path: string | undefined, now: bigint, hungAfterMs = HUNG_AFTER_MS): HealthResponse | undefined {
    if (path !== '/health/live' && path !== '/health/ready') return undefined;
    const silentMs = Number(now - Atomics.load(this.#cells, BEAT)) / 1e6;
    if (silentMs > hungAfterMs) {
      const detail = `its event loop has not turned for ${Math.floor(silentMs / 1000)} s`;
      return { code: 503, body: { status: 'hung', detail } };
    }
    if (path === '/health/live') return { code: 200, body: { status: 'live' } };
    const status = statuses[Number(Atomics.load(this.#cells, STATUS))] ?? 'unavailable';
    return { code: readinessCode({ status }), body: { status } };
  }
}
