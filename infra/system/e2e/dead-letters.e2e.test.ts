import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execute, until } from '@airline/testing';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { leaveInOutbox, newerEvent } from './newer-events.ts';
import { startEmbedded } from './system.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const asOperator = await authorizationOf({ subject: 'olga', roles: ['operator'] });
const asStaff = await authorizationOf({ subject: 'clerk', roles: ['staff'] });

interface Letter {
  readonly eventId: string;
  readonly eventType: string;
  readonly error: string;
  readonly deliveries: number;
}

const ask = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  execute<{ letters: Letter[]; replayed: number; dropped: number }>(url, query, {}, headers);

test('events that cannot be read wait for an operator, who sees them, repairs one and has it replayed, and drops the others', async () => {
  await using system = await startEmbedded(identityEnv);
  const flightId = await bookingAt(system.url, asStaff).registerFlight(5);
  const query = '{ letters: flightDeadLetters { eventId eventType error deliveries } }';
  const letters = async () => (await ask(system.url, query, asOperator)).data?.letters ?? [];

  const placed = { reservationId: 'r1', customerId: 'c1', flightId, seatQty: 2, reserveDate: '2024-11-21' };
  const event = newerEvent(1, placed);
  const others = [2, 3].map((nth) => newerEvent(nth, placed, 'ReservationCanceled'));
  leaveInOutbox(system.folder, [event, ...others]);
  await system.restart('system');

  const all = await until('they are dead letters', async () => {
    const found = await letters();
    return found.length === 3 && found;
  });
  const letter = all.find(({ eventId }) => eventId === event.id);
  expect(letter).toMatchObject({ eventType: 'ReservationPlaced', deliveries: 1 });
  expect(letter?.error).toContain('Unknown version');

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

  expect(await command('--replay', '--event-type', 'ReservationPlaced')).toContain('1 dead letters');
  await until('it has failed again', async () =>
    (await letters()).some(({ eventId, deliveries }) => eventId === event.id && deliveries === 2),
  );

  const [second = '', third = ''] = others.map(({ id }) => id);
  const drop = `mutation { dropped: dropFlightDeadLetters(eventIds: ["${second}"], reason: "canceled by hand") }`;
  expect((await ask(system.url, drop, asStaff)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
  expect((await ask(system.url, drop, asOperator)).data).toEqual({ dropped: 1 });
  expect(await command('--drop', third, '--reason', 'of no use')).toContain('1 dead letters dropped');
  await expect(command('--drop', third)).rejects.toThrow('--reason TEXT');
  expect((await letters()).map(({ eventId }) => eventId)).toEqual([event.id]);
  const dropped = await command('--dropped');
  expect(dropped).toContain('2 dropped');
  expect(dropped).toMatch(/dropped by olga, \S+: canceled by hand/);
  expect(dropped).toMatch(/dropped by \S+@\S+, \S+: of no use/);
  await until('it is in the audit log', async () =>
    (await readFile(join(system.folder, 'audit.log'), 'utf8'))
      .split('\n')
      .some((line) => line.includes('dropFlightDeadLetters') && line.includes(second)),
  );

  const flights = new Database(join(system.folder, 'flight.sqlite'));
  const readable = JSON.stringify({ ...event, dataschema: '/airline/events/ReservationPlaced/1' });
  flights.prepare('update dead_letter set event = ? where id = ?').run(readable, event.id);
  flights.close();
  const replay = `mutation { replayed: replayFlightDeadLetters(eventIds: ["${event.id}"]) }`;
  expect((await ask(system.url, replay, asOperator)).data).toEqual({ replayed: 1 });
  await until('it is handled', async () => (await letters()).length === 0);
  expect(await bookingAt(system.url, asStaff).remainingSeats(flightId)).toBe(3);
});
