import { services } from '@airline/schema/events';
import { execute, requires, until } from '@airline/testing';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import { expect, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { type System, startEmbedded, startOnRedis } from './system.ts';

const asOperator = await authorizationOf({ subject: 'olga', roles: ['operator'] });
const asStaff = await authorizationOf({ subject: 'clerk', roles: ['staff'] });

interface Status {
  readonly name: string;
  readonly state: string;
  readonly replica: string;
  readonly replicas: readonly { readonly name: string; readonly silent: boolean }[] | null;
  readonly streams:
    | readonly { readonly stream: string; readonly lag: number; readonly pending: number }[]
    | null;
  readonly outbox: { readonly waiting: number } | null;
  readonly rates: { readonly operationsPerSecond: number; readonly eventsPerSecond: number };
}

const fields = `name version replica startedAt state checks { name ok reason } replicas { name silent pending } deadLetters
  outbox { waiting oldestMs } streams { stream lag pending } rates { operationsPerSecond eventsPerSecond loopUtilization }`;
const query = (service: string) => `{ status: ${service}Service { ${fields} } }`;

const ask = (url: string, service: string, headers: Readonly<Record<string, string>>) =>
  execute<{ status: Status }>(url, query(service), {}, headers);

const statusOf = async (url: string, service: string) => (await ask(url, service, asOperator)).data?.status;

/** Books once; each service has handled it when its streams are read. */
async function expectStatuses({ url }: System): Promise<void> {
  const booking = bookingAt(url, asStaff);
  const flightId = await booking.registerFlight(5);
  await booking.place({ customerId: 'c1', flightId, seatQty: 2 });
  for (const service of services) {
    const status = await until(`${service} has handled all`, async () => {
      const found = await statusOf(url, service);
      const isRead = found?.streams?.every(({ lag, pending }) => lag === 0 && pending === 0);
      return isRead === true && found?.outbox?.waiting === 0 && found;
    });
    expect(status).toMatchObject({
      name: service,
      version: '0.1.0',
      state: 'READY',
      checks: ['database', 'events', 'transport'].map((name) => ({ name, ok: true, reason: null })),
      replicas: [{ name: status.replica, silent: false, pending: 0 }],
      deadLetters: 0,
      outbox: { waiting: 0, oldestMs: null },
    });
    const rates = (await statusOf(url, service))?.rates;
    expect(rates?.operationsPerSecond).toBeGreaterThan(0);
    expect(rates?.eventsPerSecond).toBeGreaterThan(0);
    expect((await ask(url, service, asStaff)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await ask(url, service, {})).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
}

test('operators see how each service is, on the embedded transport', async () => {
  await using system = await startEmbedded(identityEnv);
  await expectStatuses(system);
});

test('operators see how each service is, on Redis', requires('redis-server').options, async () => {
  await using system = await startOnRedis(identityEnv);
  await expectStatuses(system);
  const before = await statusOf(system.url, 'flight');

  await system.redis.kill();
  const away = await until('it is degraded', async () => {
    const status = await statusOf(system.url, 'flight');
    return status?.state === 'DEGRADED' && status;
  });
  expect(away).toMatchObject({ replicas: null, streams: null, deadLetters: 0, replica: before?.replica });
  await bookingAt(system.url, asStaff).registerFlight(5);
  expect(await statusOf(system.url, 'flight')).toMatchObject({ outbox: { waiting: 1 } });
});
