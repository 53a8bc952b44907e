import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import { serve } from '@airline/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';

/** Reservations of a customer, their customer's reservations, and so on. */
const nested = (levels: number, fields = 'id') => {
  const within = 'customer { reservations(first: 100) { nodes {';
  return `{ reservations(first: 100, filter: { customerId: "x" }) { nodes { ${`${within} `.repeat(levels)} ${fields} ${'} } }'.repeat(levels)} } } }`;
};

const aliased = (count: number, filterOf: (index: number) => string) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: reservations(first: 0${filterOf(index)}) { totalCount }`).join(' ')} }`;

describe.each(['SQLite', 'PostgreSQL'])('on %s', requires('postgres').options, (database) => {
  /** A customer has 100 reservations. */
  async function start() {
    const url = database === 'PostgreSQL' ? await postgres?.createDatabase() : undefined;
    const server = await serve(subgraph, url === undefined ? {} : { env: { RESERVATION_DB_URL: url } });
    const input = { customerId: 'x', flightId: 'f', seatQty: 1, reserveDate: '2024-11-21' };
    await Promise.all(Array.from({ length: 100 }, () => server.ask(PLACE, { input })));
    const isServing = async () =>
      expect(await server.ask(nested(1))).toMatchObject({ data: { reservations: expect.anything() } });
    return { ...server, isServing };
  }

  test.each([2, 3, 6])(
    '%i levels of a hundred reservations end at the limit of a response',
    async (levels) => {
      const { ask, selects, isServing } = await start();
      const statements = await selects(async () => {
        expect(await ask(nested(levels))).toEqual({
          data: null,
          errors: [
            { message: expect.stringContaining('100000 values'), extensions: { code: 'RESPONSE_TOO_LARGE' } },
          ],
        });
      }, /PENDING|^(?!.*from "reservation")/s);
      expect(statements.length).toBeLessThanOrEqual(2);
      await isServing();
    },
  );

  test('different counts have a limit, and equal ones are one', async () => {
    const { ask, selects, isServing } = await start();
    const different = await ask(aliased(50, (index) => `, filter: { customerId: "${index}" }`));
    expect(different).toMatchObject({ data: null, errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }] });
    const counted = await selects(async () => {
      const { data, errors } = await ask<Record<string, { totalCount: number }>>(aliased(50, () => ''));
      expect(errors).toBeUndefined();
      expect(Object.values(data ?? {}).map(({ totalCount }) => totalCount)).toEqual(Array(50).fill(100));
    });
    expect(counted.filter((text) => text.includes('count('))).toHaveLength(1);
    await isServing();
  });
});
