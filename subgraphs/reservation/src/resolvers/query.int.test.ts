import type { Caller } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import { type SubgraphClient, serve } from '@airline/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reservation } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { canceledFor, PLACED_AT, pending, succeeded } from '../reservation.fixture.ts';

const BEFORE = '2024-11-21T09:59:59.999Z';
const AFTER = '2024-11-21T10:00:00.001Z';
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };

/** A UUIDv7 of ten o'clock, the instant of the placement, or of so much earlier or later. */
function idOf(ending: string, lateMs = 0): string {
  const time = (Date.parse(PLACED_AT) + lateMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-00${ending}`;
}

/** Reservations of one flight, by a letter each; the letters are in the order of the ids. */
const rows: Readonly<Record<string, Reservation>> = {
  // Clocks were a minute behind, or ahead, when they made the ids.
  a: { ...pending, id: idOf('0000000001', -60_000), customerId: 'kim', placedAt: BEFORE },
  b: { ...succeeded, id: idOf('0842108421', -60_000), customerId: 'kim' },
  c: { ...canceledFor('CUSTOMER'), id: idOf('ffffffffff'), customerId: 'lee' },
  d: { ...canceledFor('EXPIRED'), id: idOf('abcdefabcd', 60_000), customerId: 'lee' },
  e: { ...canceledFor('CUSTOMER'), id: idOf('8000000000', 60_001), customerId: 'kim', placedAt: AFTER },
};
const letterOf = new Map(Object.entries(rows).map(([letter, { id }]) => [id, letter]));

const QUERY = `query ($filter: ReservationFilter) {
  reservations(filter: $filter) { nodes { id } totalCount }
}`;

interface Found {
  readonly reservations: { readonly nodes: readonly { readonly id: string }[]; readonly totalCount: number };
}

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

describe.each(['SQLite', 'PostgreSQL'])('reservations on %s', requires('postgres').options, (database) => {
  async function start() {
    const url = database === 'PostgreSQL' ? await postgres?.createDatabase() : undefined;
    const env: Record<string, string> = url === undefined ? {} : { RESERVATION_DB_URL: url };
    return await serve(subgraph, {
      rows: { reservation: Object.values(rows) },
      env,
      now: () => new Date(AFTER),
    });
  }

  /** The letters of what is found, which is also what is counted. */
  async function find({ ask }: Pick<SubgraphClient, 'ask'>, filter: object): Promise<string> {
    const { data, errors } = await ask<Found>(QUERY, { filter });
    expect(errors).toBeUndefined();
    const found = data?.reservations;
    expect(found?.totalCount).toBe(found?.nodes.length);
    return found?.nodes.map(({ id }) => letterOf.get(id)).join('') ?? '';
  }

  test('are found by their references, as people write them', async () => {
    const server = await start();
    const finds = {
      '0000-0001': 'a',
      'OOOO-OOOI': 'a',
      'oooo-oool': 'a',
      '00000001': 'a',
      ' 0-000 00-0L ': 'a',
      '1111-1111': 'b',
      'iLl1-1lLi': 'b',
      'zzzz-zzzz': 'c',
      ZZZZZZZZ: 'c',
      'NF6Y-ZAYD': 'd',
      nf6yzayd: 'd',
      'G000-0000': 'e',
      '0000-0002': '',
    };
    for (const [reference, found] of Object.entries(finds))
      expect(await find(server, { reference }), reference).toBe(found);
  });

  test('are not found by a text that is no reference', async () => {
    const server = await start();
    const letters = ['', '-', 'ZZZZ-ZZZ', 'ZZZZ-ZZZZZ', 'UUUU-UUUU', 'ZZZZ-ZZZ%', '________'];
    for (const reference of [...letters, 'ffffffffff', idOf('ffffffffff')])
      expect(await find(server, { reference }), reference).toBe('');
  });

  test('are found by the instants of their placement, the last one excluded, whatever clock made their ids', async () => {
    const server = await start();
    const finds: [object, string][] = [
      [{ placedFrom: PLACED_AT }, 'bcde'],
      [{ placedFrom: '2024-11-21T12:00:00+02:00' }, 'bcde'],
      [{ placedFrom: '2024-11-21T10:00:00Z' }, 'bcde'],
      [{ placedFrom: BEFORE }, 'abcde'],
      [{ placedFrom: AFTER }, 'e'],
      [{ placedTo: PLACED_AT }, 'a'],
      [{ placedTo: '2024-11-21T10:00:00Z' }, 'a'],
      [{ placedTo: AFTER }, 'abcd'],
      [{ placedTo: BEFORE }, ''],
      [{ placedFrom: PLACED_AT, placedTo: AFTER }, 'bcd'],
      [{ placedFrom: PLACED_AT, placedTo: PLACED_AT }, ''],
      [{ placedFrom: AFTER, placedTo: PLACED_AT }, ''],
      [{ placedFrom: '0001-01-01T00:00:00Z', placedTo: '9999-12-31T23:59:59Z' }, 'abcde'],
      [{ placedFrom: PLACED_AT, placedTo: AFTER, reference: 'ZZZZ-ZZZZ' }, 'c'],
      [{ placedFrom: null, placedTo: null }, 'abcde'],
    ];
    for (const [filter, found] of finds)
      expect(await find(server, filter), JSON.stringify(filter)).toBe(found);
  });

  test('are found by the reason of their cancellation', async () => {
    const server = await start();
    const finds: [object, string][] = [
      [{ cancelReason: 'CUSTOMER' }, 'ce'],
      [{ cancelReason: 'EXPIRED' }, 'd'],
      [{ cancelReason: 'SEATS_SOLD_OUT' }, ''],
      [{ cancelReason: null }, 'abcde'],
      [{ cancelReason: 'CUSTOMER', status: 'CANCELED', customerId: 'lee' }, 'c'],
      [{ cancelReason: 'CUSTOMER', status: 'PENDING' }, ''],
      [{ cancelReason: 'CUSTOMER', flightId: 'f1', placedTo: AFTER }, 'c'],
    ];
    for (const [filter, found] of finds)
      expect(await find(server, filter), JSON.stringify(filter)).toBe(found);
  });

  test('of strangers are neither found nor counted by a customer, whatever the filter', async () => {
    const server = await start();
    const finds: [object, string][] = [
      [{}, 'abe'],
      [{ reference: 'ZZZZ-ZZZZ' }, ''],
      [{ reference: 'NF6Y-ZAYD', flightId: 'f1' }, ''],
      [{ reference: 'ZZZZ-ZZZZ', customerId: 'lee' }, ''],
      [{ reference: '1111-1111' }, 'b'],
      [{ cancelReason: 'CUSTOMER' }, 'e'],
      [{ cancelReason: 'EXPIRED', status: 'CANCELED' }, ''],
      [{ placedFrom: PLACED_AT, placedTo: AFTER }, 'b'],
      [{ flightId: 'f1' }, 'abe'],
    ];
    for (const [filter, found] of finds)
      expect(await find(server.as(kim), filter), JSON.stringify(filter)).toBe(found);
  });
});
