import { eachHasAnEffect } from '@airline/testing/effects';
import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { ace890, left } from '../flight.fixture.ts';
import type { RegisterFlightInput, UpdateFlightInput } from '../generated/resolvers.ts';
import { subgraph } from '../main.ts';

const FIELDS = 'flightCode takeoffDate cost currency capacity remainingSeatsCount';
const REGISTER = `mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { ${FIELDS} } } }`;
const COUNT = '{ flights { totalCount } }';

const wanted = {
  flightCode: 'ACE890',
  takeoffDate: '2025-12-25',
  cost: 200_000,
  currency: 'EUR',
  remainingSeatsCount: 5,
};
const { id: _, ...fields } = ace890;

describe('registering a flight', () => {
  test('stores and returns it', async () => {
    const { ask } = await serve(subgraph);
    const { data } = await ask<{ registerFlight: { flight: { id: string } } }>(REGISTER, { input: wanted });
    const id = data?.registerFlight.flight.id;
    expect(data).toEqual({
      registerFlight: { flight: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...fields } },
    });
    expect(await ask(`query ($id: ID!) { flight(id: $id) { ${FIELDS} } }`, { id })).toEqual({
      data: { flight: fields },
    });
  });

  test.each([null, undefined])('has the currency KRW for %s', async (currency) => {
    const { ask } = await serve(subgraph);
    expect(await ask(REGISTER, { input: { ...wanted, currency } })).toMatchObject({
      data: { registerFlight: { flight: { currency: 'KRW' } } },
    });
  });

  eachHasAnEffect<RegisterFlightInput>(
    {
      flightCode: 'KE001',
      takeoffDate: '2026-01-01',
      cost: 1,
      currency: 'USD',
      remainingSeatsCount: 9,
    },
    async (change) => {
      const { ask } = await serve(subgraph);
      const response = await ask(REGISTER, { input: { ...wanted, ...change } });
      expect(response).toMatchObject({ data: { registerFlight: { flight: change } } });
      return [response];
    },
  );

  test.each([
    [{ flightCode: '' }, 'input.flightCode'],
    [{ flightCode: 'x'.repeat(21) }, 'input.flightCode'],
    [{ takeoffDate: 'soon' }, 'input.takeoffDate'],
    [{ takeoffDate: '2025-02-30' }, 'input.takeoffDate'],
    [{ cost: -1 }, 'input.cost'],
    [{ cost: 1_000_000_001 }, 'input.cost'],
    [{ cost: 0.5 }, 'input.cost'],
    [{ currency: 'krw' }, 'input.currency'],
    [{ currency: 'ABC' }, 'input.currency'],
    [{ currency: '' }, 'input.currency'],
    [{ remainingSeatsCount: -1 }, 'input.remainingSeatsCount'],
    [{ remainingSeatsCount: 1_000_001 }, 'input.remainingSeatsCount'],
  ])('refuses %j by name, and stores nothing', async (but, field) => {
    const { ask } = await serve(subgraph);
    const { errors } = await ask(REGISTER, { input: { ...wanted, ...but } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(await ask(COUNT)).toEqual({ data: { flights: { totalCount: 0 } } });
  });
});

describe('updating a flight', () => {
  test.each([
    [{}, {}],
    [{ cost: null, takeoffDate: null, capacity: null }, {}],
    [{ cost: 0 }, { cost: 0 }],
    [{ capacity: 3 }, { capacity: 3, remainingSeatsCount: 0 }],
  ])('%j', async (changes, expected) => {
    const { ask } = await serve(subgraph, { rows: { flight: [left(2)] } });
    const flight = { ...fields, remainingSeatsCount: 2, ...expected };
    expect(await ask(UPDATE, { input: { id: 'ace890', ...changes } })).toEqual({
      data: { updateFlight: { flight } },
    });
  });

  const each = { cost: 1, takeoffDate: '2026-01-01', capacity: 9 };

  eachHasAnEffect<UpdateFlightInput>({ ...each, id: 'ke001' }, async (change) => {
    const flight = [ace890, { ...ace890, id: 'ke001', flightCode: 'KE001' }];
    const { ask } = await serve(subgraph, { rows: { flight } });
    return [await ask(UPDATE, { input: { id: 'ace890', ...change } })];
  });

  test.each(Object.entries(each))('by each field of its input is pushed: %s', async (field, value) => {
    const { ask, subscribe } = await serve(subgraph, { rows: { flight: [left(2)] } });
    const subscription = subscribe(`subscription { flightUpdated(id: "ace890") { ${field} } }`);
    await subscription.all(1);
    expect(await ask(UPDATE, { input: { id: 'ace890', [field]: value } })).toMatchObject({
      data: { updateFlight: { flight: { [field]: value } } },
    });
    expect((await subscription.all(2))[1]).toMatchObject({ data: { flightUpdated: { [field]: value } } });
  });

  test.each([
    [{ id: '' }, 'BAD_USER_INPUT', 'input.id', 'must not be empty'],
    [{ id: 'none' }, 'NOT_FOUND', 'input.id', 'No such flight: none'],
    [
      { capacity: 2 },
      'BAD_USER_INPUT',
      'input.capacity',
      'must be 3 or more, the number of held and sold seats',
    ],
    [{ capacity: -1 }, 'BAD_USER_INPUT', 'input.capacity', 'must be 0 or more'],
    [{ cost: -1 }, 'BAD_USER_INPUT', 'input.cost', 'must be 0 or more'],
  ])('refuses %j, and changes nothing', async (but, code, field, words) => {
    const { ask } = await serve(subgraph, { rows: { flight: [left(2)] } });
    const { errors } = await ask(UPDATE, { input: { id: 'ace890', cost: 1, ...but } });
    expect(errors).toMatchObject([{ message: expect.stringContaining(words), extensions: { code, field } }]);
    expect(await ask(`{ flight(id: "ace890") { ${FIELDS} } }`)).toEqual({
      data: { flight: { ...fields, remainingSeatsCount: 2 } },
    });
  });
});
