import { recording } from '@airline/observability/recorded-lines';
import { freePort, startRedisServer, until } from '@airline/testing';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openRedisClient } from '../persisted/redis-client.ts';
import { OPERATOR } from '../request.ts';
import { type Budgets, createBudgets } from './budget.ts';

afterEach(() => void vi.useRealTimers());

const BUDGET = { perSecond: 100, burstSeconds: 10 };
const refusal = { status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] };

/** The budgets of one router. */
async function routerOn(url?: string) {
  const { lines, logger } = recording();
  if (url === undefined) return { budgets: createBudgets({ ...BUDGET, logger }), lines };
  const timeouts = { commandTimeoutMs: 500, silenceTimeoutMs: 5_000, longestRetryMs: 100 };
  const redis = openRedisClient(url, timeouts);
  redis.on('error', () => {});
  onTestFinished(() => redis.disconnect());
  const budgets = createBudgets({ ...BUDGET, redis, logger });
  return { budgets, lines, redis };
}

/** Charges until it is refused, at most so often; returns what was admitted. */
async function use(budgets: Budgets, cost: number, most: number, source = 'user:ada'): Promise<number> {
  let used = 0;
  for (let index = 0; index < most; index += 1) {
    if (await budgets.charge(source, cost)) return used;
    used += cost;
  }
  return used;
}

describe('a budget', () => {
  test('is what a client may use within the seconds of a burst', async () => {
    const { budgets } = await routerOn();
    expect(await use(budgets, 300, 100)).toBe(900);
    expect(await budgets.charge('user:ada', 300)).toMatchObject(refusal);
    expect(await use(budgets, 300, 100, 'address:192.0.2.1')).toBe(900);
    expect(await use(budgets, 300, 100, OPERATOR)).toBe(30_000);
  });

  test('is there again once they are over, which the refusal says', async () => {
    vi.useFakeTimers();
    const { budgets } = await routerOn();
    await use(budgets, 1_000, 1);
    vi.advanceTimersByTime(6_500);
    expect(await budgets.charge('user:ada', 1)).toMatchObject({ ...refusal, retryAfterSeconds: 4 });
    vi.advanceTimersByTime(3_500);
    expect(await use(budgets, 100, 100)).toBe(1_000);
  });

  test('of 0 per second is none', async () => {
    const { logger } = recording();
    const budgets = createBudgets({ perSecond: 0, burstSeconds: 10, logger });
    expect(await use(budgets, 1_000_000, 10)).toBe(10_000_000);
  });
});

describe('routers that share a Redis', () => {
  async function startRedis() {
    const redis = await startRedisServer();
    onTestFinished(() => redis[Symbol.asyncDispose]());
    return redis;
  }

  test('share the budget of a client: what one has admitted the other refuses', async () => {
    const server = await startRedis();
    const [one, other] = [await routerOn(server.url), await routerOn(server.url)];
    await until('both are connected', () => one.redis?.status === 'ready' && other.redis?.status === 'ready');
    const total = async () => Number(await server.command('GET', 'airline:cost:user:ada'));
    expect(await use(one.budgets, 100, 6)).toBe(600);
    await until('what one has admitted is in Redis', async () => (await total()) === 600);
    expect(await use(other.budgets, 100, 5)).toBe(500);
    await until('what both have admitted is in Redis', async () => (await total()) === 1_100);
    // The other has heard that it is too much; the first hears it with its next charge.
    await until('the other refuses', async () => (await other.budgets.charge('user:ada', 1)) !== undefined);
    expect(await one.budgets.charge('user:ada', 1)).toBeUndefined();
    await until('the first refuses', async () => (await one.budgets.charge('user:ada', 1)) !== undefined);
    expect(await one.budgets.charge('user:ben', 1)).toBeUndefined();
    expect(await server.command('TTL', 'airline:cost:user:ada')).toBeGreaterThan(0);
  });

  test('send what comes together as one request', async () => {
    const server = await startRedis();
    const { budgets, redis } = await routerOn(server.url);
    await until('it is connected', () => redis?.status === 'ready');
    for (let index = 0; index < 500; index += 1) void budgets.charge('user:ada', 1);
    const total = async () => Number(await server.command('GET', 'airline:cost:user:ada'));
    await until('all is counted', async () => (await total()) === 500);
    const stats = String(await server.command('INFO', 'commandstats'));
    const calls = [...stats.matchAll(/cmdstat_incrby:calls=(\d+)/g)].map(([, count]) => Number(count));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeLessThan(10);
  });

  test('count by themselves while it is away, and say so once', async () => {
    const { budgets, lines } = await routerOn(`redis://127.0.0.1:${await freePort()}`);
    expect(await use(budgets, 100, 100)).toBe(1_000);
    expect(await budgets.charge('user:ada', 1)).toMatchObject(refusal);
    await until('it is logged', () => lines.length > 0);
    expect(lines.map(({ msg }) => msg)).toEqual(['Redis unavailable; budgets of clients are not shared']);
  });
});
