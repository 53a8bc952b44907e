import { execute, post, request } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { hostileTexts } from './hostile-texts/hostile-texts.ts';
import { type System, startEmbedded } from './system.ts';

// What is wrong is refused by name, nothing is stored, and the system stays up.

const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';
const REGISTER =
  'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }';
const UPDATE = 'mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { id } } }';
const CANCEL =
  'mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { id } } }';

let system: System;

beforeAll(async () => {
  system = await startEmbedded();
});

afterAll(() => system[Symbol.asyncDispose]());

async function stored(): Promise<unknown> {
  return await request(
    system.url,
    '{ flights { totalCount } reservations { totalCount } payments { totalCount } customerInfos { totalCount } }',
  );
}

const sendBody = (body: string) => post(system.url, body, { accept: 'application/graphql-response+json' });

const reservation = { customerId: '1', flightId: 'somewhere', seatQty: 1, reserveDate: '2024-11-21' };
const flight = { flightCode: 'ACE890', takeoffDate: '2025-12-25', cost: 1, remainingSeatsCount: 5 };

describe('input that is wrong', () => {
  test.each([
    ['no seats', PLACE, { ...reservation, seatQty: 0 }, 'input.seatQty'],
    ['fewer than no seats', PLACE, { ...reservation, seatQty: -3 }, 'input.seatQty'],
    ['too many seats', PLACE, { ...reservation, seatQty: 1001 }, 'input.seatQty'],
    ['half a seat', PLACE, { ...reservation, seatQty: 1.5 }, 'input.seatQty'],
    ['a date that is none', PLACE, { ...reservation, reserveDate: '2024-02-30' }, 'input.reserveDate'],
    ['words for a date', PLACE, { ...reservation, reserveDate: 'tomorrow' }, 'input.reserveDate'],
    ['an empty customer', PLACE, { ...reservation, customerId: '' }, 'input.customerId'],
    [
      'a customer whom nobody sees',
      PLACE,
      { ...reservation, customerId: '\u200b\u2060' },
      'input.customerId',
    ],
    ['a blank flight', PLACE, { ...reservation, flightId: '  ' }, 'input.flightId'],
    ['a customer without end', PLACE, { ...reservation, customerId: 'x'.repeat(101) }, 'input.customerId'],
    ['a key without end', PLACE, { ...reservation, idempotencyKey: 'x'.repeat(101) }, 'input.idempotencyKey'],
    ['a negative cost', REGISTER, { ...flight, cost: -1 }, 'input.cost'],
    ['a cost beyond all numbers', REGISTER, { ...flight, cost: 1e20 }, 'input.cost'],
    ['no flight code', REGISTER, { ...flight, flightCode: '' }, 'input.flightCode'],
    [
      'fewer than no seats to sell',
      REGISTER,
      { ...flight, remainingSeatsCount: -1 },
      'input.remainingSeatsCount',
    ],
  ])('refuses %s, and names the field', async (_what, query, input, field) => {
    const before = await stored();
    const { data, errors } = await execute(system.url, query, { input });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(errors?.[0]?.message).toContain(field.split('.').at(-1));
    expect(await stored()).toEqual(before);
  });

  test.each(Object.entries(hostileTexts))(
    'refuses texts with %s, in variables and documents',
    async (_what, text) => {
      const before = await stored();
      const input = { ...reservation, customerId: text };
      const place = await execute(system.url, PLACE, { input });
      expect(place.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field: 'input.customerId' } },
      ]);
      const find = await execute(
        system.url,
        'query ($id: ID!) { customer(id: $id) { info { flightCount } } }',
        {
          id: text,
        },
      );
      expect(find.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'id' } }]);
      const literal = await execute(
        system.url,
        `{ reservations(filter: { customerId: ${JSON.stringify(text)} }) { totalCount } }`,
      );
      expect(literal.errors).toMatchObject([
        {
          extensions: text.isWellFormed()
            ? { code: 'BAD_USER_INPUT', field: 'filter.customerId' }
            : { code: 'GRAPHQL_PARSE_FAILED' },
        },
      ]);
      expect(await stored()).toEqual(before);
    },
  );

  test('refuses a page that is too large, and a cursor that is none', async () => {
    const large = await execute(system.url, '{ flights(first: 101) { totalCount } }');
    expect(large.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
    const lost = await execute(system.url, '{ flights(after: "?") { totalCount } }');
    expect(lost.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  test('says that what is to be changed is not there', async () => {
    const cancel = await execute(system.url, CANCEL, { input: { id: 'nothing' } });
    expect(cancel.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', field: 'input.id' } }]);
    const update = await execute(system.url, UPDATE, { input: { id: 'nothing', cost: 1 } });
    expect(update.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', field: 'input.id' } }]);
  });

  test('never lets a flight become smaller than what is sold', async () => {
    const booking = bookingAt(system.url);
    const id = await booking.registerFlight(5);
    await booking.place({ ...reservation, flightId: id, seatQty: 3 });
    const small = await execute(system.url, UPDATE, { input: { id, capacity: 2 } });
    expect(small.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.capacity' } }]);
    expect((await execute(system.url, UPDATE, { input: { id, capacity: 3 } })).errors).toBeUndefined();
    expect(await booking.remainingSeats(id)).toBe(0);
  });

  test('takes an idempotency key for one input only', async () => {
    const booking = bookingAt(system.url);
    const flightId = await booking.registerFlight(5);
    const first = { ...reservation, flightId, idempotencyKey: 'k' };
    const { id } = await booking.place(first);
    expect((await booking.place(first)).id).toBe(id);
    const reused = await execute(system.url, PLACE, { input: { ...first, seatQty: 2 } });
    expect(reused.errors).toMatchObject([
      { extensions: { code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' } },
    ]);
    expect((await booking.place({ ...first, customerId: '2' })).id).not.toBe(id);
    expect(await booking.remainingSeats(flightId)).toBe(3);
  });
});

describe('a request that is none', () => {
  test.each([
    ['what is not JSON', '{"query": "{ flights', 400],
    ['a document that does not parse', JSON.stringify({ query: '{ flights { ' }), 400],
    ['a field that there is not', JSON.stringify({ query: '{ nonsense }' }), 400],
    ['no query', '{}', 400],
    ['a list of requests', '[{"query":"{ __typename }"}]', 400],
    ['a body of a megabyte', JSON.stringify({ query: `{ __typename } # ${'x'.repeat(2 ** 20)}` }), 413],
    [
      'JSON that is 100,000 deep',
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      400,
    ],
    [
      'a selection that is 5,000 deep',
      JSON.stringify({ query: `${'{ a '.repeat(5000)}${'}'.repeat(5000)}` }),
      400,
    ],
  ])('refuses %s with a code, and keeps serving', async (_what, body, status) => {
    const refused = await sendBody(body);
    expect(refused.status).toBe(status);
    expect(refused.body.errors?.[0]?.extensions?.code).toMatch(/^[A-Z_]+$/);
    expect(refused.body.errors?.[0]?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(await request(system.url, '{ __typename }')).toEqual({ __typename: 'Query' });
  });
});
