import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, freePort, request, requires, startChild, until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { buildOwnPages } from './system.ts';

/** A dozen processes, on two cores that have more to do. */
const READY_WITHIN_MS = 240_000;

/** Two ports in a row that are free. */
async function twoPorts(): Promise<number> {
  const first = await freePort();
  return (await freePort()) === first + 1 ? first : await twoPorts();
}

/** The processes of a service among those that another has started. */
function childrenOf(pid: number, service: string): number[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return pids.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(`/${service}/src/`));
}

const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status } }
}`;
const OUTCOME = 'query ($id: ID!) { reservation(id: $id) { cancelReason } }';

test('npm run start:replicas listens where its variables say, ends its start with what to open, and starts again what is killed', {
  ...requires('redis-server', 'postgres').options,
  timeout: 2 * READY_WITHIN_MS,
}, async () => {
  await buildOwnPages();
  const router = await freePort();
  const flight = await twoPorts();
  const program = join(import.meta.dirname, '../local/start-replicas.ts');
  const { PATH, HOME } = process.env;
  const child = startChild(process.execPath, [program, '--replicas', '2'], {
    env: { PATH, HOME, ROUTER_PORT: String(router), FLIGHT_PORT: String(flight) },
  });
  onTestFinished(() => child[Symbol.asyncDispose]());
  await child.printed(/Stop it/, READY_WITHIN_MS);
  const ready = async (port: number) => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
  expect(await Promise.all([router, flight, flight + 1].map(ready))).toEqual([200, 200, 200]);
  expect(child.output()).toContain(`Open first http://127.0.0.1:${router}/\n`);

  const url = `http://127.0.0.1:${router}/graphql`;
  // Both of them: the bookings wait for the service.
  for (const pid of childrenOf(child.pid, 'flight')) process.kill(pid, 'SIGKILL');
  const input = { customerId: 'c1', flightId: 'none', seatQty: 1 };
  const { placeReservation } = await request<{
    placeReservation: { reservation: { id: string; status: string } };
  }>(url, PLACE, { input });
  const { id, status } = placeReservation.reservation;
  expect(status).toBe('PENDING');
  const away = await execute(url, '{ flights { totalCount } }', {});
  expect(away.errors?.[0]?.message).toBe('The subgraph "flight" is unavailable.');
  await child.printed(/flight-1 has ended \(SIGKILL\); starting it again/);
  await child.printed(/flight-1 is up again/, READY_WITHIN_MS);
  await until('the booking settles', async () => {
    const { reservation } = await request<{ reservation: { cancelReason: string | null } }>(url, OUTCOME, {
      id,
    });
    return reservation.cancelReason === 'FLIGHT_NOT_FOUND';
  });
  child.signal('SIGINT');
  expect((await child.ended).exit).toBe(0);
});
