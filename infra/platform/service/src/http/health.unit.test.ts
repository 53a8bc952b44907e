import { recording } from '@airline/observability/recorded-lines';
import { describe, expect, test } from 'vitest';
import { Health, type HealthCheck } from './health.ts';

function healthOf(...checks: HealthCheck[]) {
  const { logger, lines: log } = recording('info');
  const health = new Health({ logger, timeoutMs: 5 });
  for (const check of checks) health.register(check);
  return { health, log };
}

const database: HealthCheck = { name: 'database', kind: 'required', check: () => ({ ok: true }) };
const transport: HealthCheck = {
  name: 'transport',
  kind: 'informative',
  check: () => ({ ok: true, detail: 'redis' }),
};
const failing = (check: HealthCheck): HealthCheck => ({
  ...check,
  check: async () => ({ ok: false, detail: 'down' }),
});

describe('readiness', () => {
  test('is ready when every check is', async () => {
    const { health } = healthOf(database, transport);
    expect(await health.readiness()).toEqual({
      status: 'ready',
      checks: {
        database: { kind: 'required', ok: true },
        transport: { kind: 'informative', ok: true, detail: 'redis' },
      },
    });
  });

  test('is degraded by an informative check and unavailable by a required one', async () => {
    expect((await healthOf(database, failing(transport)).health.readiness()).status).toBe('degraded');
    expect((await healthOf(failing(database), failing(transport)).health.readiness()).status).toBe(
      'unavailable',
    );
  });

  test('counts a check that throws as failed, and reports the reason only in the log', async () => {
    const { health, log } = healthOf({
      ...database,
      check: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')),
    });
    const readiness = await health.readiness();
    expect(readiness.status).toBe('unavailable');
    expect(JSON.stringify(readiness)).not.toContain('10.0.0.7');
    expect(JSON.stringify(log)).toContain('10.0.0.7');
  });

  test('logs a failure once while it lasts', async () => {
    const failures = ['away', 'away', 'full', undefined, 'full'];
    const { health, log } = healthOf({
      ...database,
      check: () => {
        const failure = failures.shift();
        if (failure) throw new Error(failure);
        return { ok: true };
      },
    });
    while (failures.length > 0) await health.readiness();
    expect(log.map(({ err }) => Object(err).message)).toEqual(['away', 'full', 'full']);
  });

  test('counts a check that times out as failed', async () => {
    const { health } = healthOf({ ...database, check: () => new Promise(() => {}) });
    expect((await health.readiness()).checks.database).toMatchObject({
      ok: false,
      detail: 'no response within 5 ms',
    });
  });

  test('runs its checks once for concurrent calls, and again for the next', async () => {
    let runs = 0;
    const count = () => {
      runs += 1;
      return { ok: true };
    };
    const { health } = healthOf({ ...database, check: count });
    await Promise.all([health.readiness(), health.readiness()]);
    expect(runs).toBe(1);
    await health.readiness();
    expect(runs).toBe(2);
  });

  test('ends with the begin of shutdown, regardless of the checks', async () => {
    const { health } = healthOf(database);
    health.beginShutdown();
    expect((await health.readiness()).status).toBe('shutting down');
  });
});
