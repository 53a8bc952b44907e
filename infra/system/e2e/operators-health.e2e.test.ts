import { startNodeProcess } from '@airline/local/process';
import {
  execute,
  freePort,
  mountSmallDisk,
  type PostgresServer,
  type RedisServer,
  request,
  requires,
  requiresMount,
  startPostgresServer,
  startRedisServer,
  tempFolder,
  until,
} from '@airline/testing';
import { describe, expect, test } from 'vitest';

interface Readiness {
  readonly code: number;
  readonly status: string;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

/** Longer than a check may take, with time for a machine that is busy. */
const RESPONSE_TIMEOUT_MS = 10_000;

const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { status } } }';

/** The reservation service alone, in a process of its own. */
async function startReservation(env: Readonly<Record<string, string>>) {
  const folder = await tempFolder();
  const port = await freePort();
  const settings = { DATA_DIR: folder.path, LOG_LEVEL: 'info', RESERVATION_PORT: String(port), ...env };
  const child = await startNodeProcess(
    'subgraphs/reservation/src/main.ts',
    settings,
    /https?:\/\/\S+\/graphql/,
  );
  const url = `http://127.0.0.1:${port}`;
  const ready = async (): Promise<Readiness> => {
    const response = await fetch(`${url}/health/ready`, {
      signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
    });
    return { code: response.status, ...((await response.json()) as Omit<Readiness, 'code'>) };
  };
  return {
    ready,
    /** Waits until it says so. */
    says: (status: string) =>
      until(`it is ${status}`, async () => {
        const readiness = await ready();
        return readiness.status === status && readiness;
      }),
    /** Lines of the log above info, and those that say that something is available again. */
    faults: () =>
      child
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
        .filter(({ level, msg }) => level !== 'info' || /again/.test(String(msg)))
        // Written as the start ends.
        .filter(({ msg }) => !String(msg).startsWith('embedded transport'))
        .map(({ msg, database }) => ({ msg, database })),
    isLive: async () => (await fetch(`${url}/health/live`)).ok,
    place: async (): Promise<string> => {
      const input = { customerId: 'c1', flightId: 'f1', seatQty: 1 };
      const { placeReservation } = await request<{ placeReservation: { reservation: { status: string } } }>(
        `${url}/graphql`,
        PLACE,
        { input },
      );
      return placeReservation.reservation.status;
    },
    /** The error of an operation. */
    refusal: async (document: string) => {
      const input = { customerId: 'c1', flightId: 'f1', seatQty: 1 };
      const { errors } = await execute(`${url}/graphql`, document, document === PLACE ? { input } : {});
      return errors?.[0];
    },
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('a service on PostgreSQL', requires('postgres').options, () => {
  async function unavailable(server: PostgresServer, take: () => Promise<void>, back: () => Promise<void>) {
    const url = await server.createDatabase();
    await using service = await startReservation({ RESERVATION_DB_URL: url });
    const faultsBefore = service.faults().length;
    expect(await service.ready()).toMatchObject({ code: 200, status: 'ready' });
    await take();
    try {
      const readiness = await service.ready();
      expect(readiness).toMatchObject({
        code: 503,
        status: 'unavailable',
        checks: { database: { ok: false } },
      });
      expect(JSON.stringify(readiness)).not.toContain(String(server.port));
      for (const document of [PLACE, '{ reservations { totalCount } }'])
        expect(await service.refusal(document)).toMatchObject({
          message: expect.stringContaining('Try again later'),
          extensions: { code: 'TRY_AGAIN_LATER' },
        });
      // To start it anew would not help.
      expect(await service.isLive()).toBe(true);
    } finally {
      await back();
    }
    expect(await service.says('ready')).toMatchObject({ code: 200 });
    expect(await service.place()).toBe('PENDING');
    const database = url.replace('airline@', '');
    expect(service.faults().slice(faultsBefore)).toEqual([
      { msg: 'database unavailable', database },
      { msg: 'database available again', database },
    ]);
  }

  test('is not ready while its database is down, and is ready again by itself', async () => {
    await using server = await startPostgresServer();
    await unavailable(server, server.kill, server.start);
  });

  test('is not ready while its database does not respond, and is ready again by itself', async () => {
    await using server = await startPostgresServer();
    await unavailable(server, server.pause, server.resume);
  });
});

describe('a service on SQLite', requiresMount().options, () => {
  test('is not ready while its disk is full, says so to clients, and is ready again by itself', async () => {
    await using disk = mountSmallDisk(2 * 1024 * 1024);
    await using service = await startReservation({ DATA_DIR: disk.path });
    await service.says('ready');
    expect(await service.place()).toBe('PENDING');
    await disk.fill();
    expect(await service.refusal(PLACE)).toMatchObject({ extensions: { code: 'TRY_AGAIN_LATER' } });
    expect(await service.says('unavailable')).toMatchObject({
      code: 503,
      checks: { database: { ok: false } },
    });
    await disk.free();
    expect(await service.says('ready')).toMatchObject({ code: 200 });
    expect(await service.place()).toBe('PENDING');
  });
});

describe('a service on Redis', requires('redis-server').options, () => {
  test('keeps taking bookings while Redis is unavailable, reports that, and then publishes what has waited', async () => {
    await using redis: RedisServer = await startRedisServer();
    await using service = await startReservation({ REDIS_URL: redis.url });
    await service.says('ready');
    expect(await service.place()).toBe('PENDING');
    await redis.kill();
    const degraded = await service.says('degraded');
    expect(degraded).toMatchObject({
      code: 200,
      checks: { database: { ok: true }, transport: { ok: false } },
    });
    expect(degraded.checks.transport?.detail).toMatch(/^events unpublished/);
    expect(JSON.stringify(degraded)).not.toContain(String(redis.port));
    expect(await service.place()).toBe('PENDING');
    await redis.start();
    expect(await service.says('ready')).toMatchObject({ code: 200 });
    expect(await redis.command('XLEN', 'airline:reservation')).toBe(2);
  });

  test('is not ready while Redis refuses it the events of others', async () => {
    await using redis: RedisServer = await startRedisServer();
    await using service = await startReservation({ REDIS_URL: redis.url });
    await service.says('ready');
    await redis.command('ACL', 'SETUSER', 'default', '-xreadgroup');
    expect(await service.says('unavailable')).toMatchObject({
      code: 503,
      checks: {
        database: { ok: true },
        events: { ok: false, detail: expect.stringContaining('refuses to be read') },
      },
    });
    await redis.command('ACL', 'SETUSER', 'default', '+xreadgroup');
    expect(await service.says('ready')).toMatchObject({ code: 200, checks: { events: { ok: true } } });
  });
});
