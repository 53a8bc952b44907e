import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execute, until } from '@airline/testing';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { startEmbedded } from './system.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const asOperator = await authorizationOf({ subject: 'olga', roles: ['operator'] });
const asStaff = await authorizationOf({ subject: 'clerk', roles: ['staff'] });

interface Letter {
  readonly eventId: string;
  readonly error: string;
  readonly deliveries: number;
}

const ask = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  execute<{ letters: Letter[]; replayed: number }>(url, query, {}, headers);

test('an event that cannot be read waits for an operator, who sees it, repairs it and has it replayed', async () => {
  await using system = await startEmbedded(identityEnv);
  const flightId = await bookingAt(system.url, asStaff).registerFlight(5);
  const query = '{ letters: flightDeadLetters { eventId error deliveries } }';
  const letters = async () => (await ask(system.url, query, asOperator)).data?.letters ?? [];

  // As a newer release of the reservation service would publish it.
  const event = {
    specversion: '1.0',
    id: '01a203f2-0000-7000-8000-000000000001',
    source: '/airline/reservation',
    type: 'ReservationPlaced',
    subject: 'r1',
    time: '2024-11-21T00:00:00.000Z',
    dataschema: '/airline/events/ReservationPlaced/2',
    data: { reservationId: 'r1', customerId: 'c1', flightId, seatQty: 2, reserveDate: '2024-11-21' },
  };
  const reservations = new Database(join(system.folder, 'reservation.sqlite'));
  reservations
    .prepare('insert into outbox (event, created_at) values (?, ?)')
    .run(JSON.stringify(event), event.time);
  reservations.close();
  await system.restart('system');

  const [letter] = await until('it is a dead letter', async () => {
    const found = await letters();
    return found.length > 0 && found;
  });
  expect(letter).toMatchObject({ eventId: event.id, deliveries: 1 });
  expect(letter?.error).toContain('version 2');

  expect((await ask(system.url, query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  expect((await ask(system.url, query, asStaff)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);

  const command = async (...args: string[]) => {
    const file = join(root, 'infra/system/operator/dead-letters.ts');
    const env = { PATH: process.env.PATH, DATA_DIR: system.folder };
    return (await run(process.execPath, [file, 'flight', ...args], { env })).stdout;
  };
  expect(await command()).toContain(event.id);

  expect(await command('--replay')).toContain('1 dead letters');
  await until('it has failed again', async () => (await letters())[0]?.deliveries === 2);

  const flights = new Database(join(system.folder, 'flight.sqlite'));
  const readable = JSON.stringify({ ...event, dataschema: '/airline/events/ReservationPlaced/1' });
  flights.prepare('update dead_letter set event = ? where id = ?').run(readable, event.id);
  flights.close();
  const replay = `mutation { replayed: replayFlightDeadLetters(eventIds: ["${event.id}"]) }`;
  expect((await ask(system.url, replay, asOperator)).data).toEqual({ replayed: 1 });
  await until('it is handled', async () => (await letters()).length === 0);
  expect(await bookingAt(system.url, asStaff).remainingSeats(flightId)).toBe(3);
});
