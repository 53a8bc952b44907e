import type { Logger } from '@airline/observability';
import type { Cluster, Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Refused, refuse } from '../refusal.ts';
import { OPERATOR } from '../request.ts';

export interface BudgetOptions {
  /** What a client may use per second; 0: anything. */
  readonly perSecond: number;
  /** For how many seconds it may use that at once. */
  readonly burstSeconds: number;
  /** Where routers add up what a client uses; without it, each counts by itself. */
  readonly redis?: Redis | Cluster | undefined;
  readonly logger: Logger;
}

/** What each client may use: the estimated costs of its operations. */
export interface Budgets {
  /** Charges an operation, or says why the client may not have it. Operators have no budget, nor has anyone where there is none. */
  charge(source: string, cost: number): Promise<Refused | undefined> | undefined;
}

/** Clients may use anything. */
export const noBudgets: Budgets = { charge: () => undefined };

const PREFIX = 'airline:cost';

/**
 * Budgets by fixed windows. A charge does not wait for Redis: this router's own count admits it, and what it has admitted is
 * added up in Redis then, of each client by one request at a time, with all that has come meanwhile. A client that has used
 * its budget over all routers is refused here from then on, until its window is over: all routers together
 * exceed it by what they admit within one round trip. While Redis is away, each router's own count holds.
 */
export function createBudgets({ perSecond, burstSeconds, redis, logger }: BudgetOptions): Budgets {
  if (perSecond === 0) return noBudgets;
  const window = { points: perSecond * burstSeconds, duration: burstSeconds, keyPrefix: PREFIX };
  const own = new RateLimiterMemory(window);
  const report = redis && createReport(new RateLimiterRedis({ ...window, storeClient: redis }), own, logger);

  return {
    charge: async (source, cost) => {
      if (source === OPERATOR) return undefined;
      try {
        await own.consume(source, cost);
      } catch (error) {
        if (error instanceof RateLimiterRes) return refuseRate(error.msBeforeNext, perSecond);
        throw error;
      }
      report?.(source, cost);
      return undefined;
    },
  };
}

/** @returns what adds a charge up in Redis; a client that has used its budget there is blocked in `own` */
function createReport(shared: RateLimiterRedis, own: RateLimiterMemory, logger: Logger) {
  /** By client: what has come while a request of it is in flight. */
  const pending = new Map<string, number>();
  let isFailing = false;

  async function send(source: string, cost: number): Promise<void> {
    try {
      await shared.consume(source, cost);
      isFailing = false;
    } catch (error) {
      if (error instanceof RateLimiterRes) {
        // Without a duration it would be for ever.
        await own.block(source, Math.max(1, error.msBeforeNext) / 1000);
        return;
      }
      if (!isFailing) logger.warn({ err: error }, 'Redis unavailable; budgets of clients are not shared');
      isFailing = true;
    }
  }

  async function sendAll(source: string, first: number): Promise<void> {
    let cost = first;
    while (cost > 0) {
      pending.set(source, 0);
      await send(source, cost);
      cost = pending.get(source) ?? 0;
    }
    pending.delete(source);
  }

  return (source: string, cost: number): void => {
    const waiting = pending.get(source);
    if (waiting === undefined) void sendAll(source, cost);
    else pending.set(source, waiting + cost);
  };
}

function refuseRate(waitMs: number, perSecond: number): Refused {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const message = `This client has used its budget, an estimated cost of ${perSecond} per second: send less, and again in ${seconds} s.`;
  return { ...refuse('RATE_LIMITED', message, { status: 429 }), retryAfterSeconds: seconds };
}
