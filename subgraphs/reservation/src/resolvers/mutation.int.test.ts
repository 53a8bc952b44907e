import { eachHasAnEffect } from '@airline/testing/effects';
import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import type { CancelReservationInput, PlaceReservationInput } from '../generated/resolvers.ts';
import { subgraph } from '../main.ts';
import { canceledFor, LATER, pending, succeeded } from '../reservation.fixture.ts';

const FIELDS = 'id customerId flightId seatQty reserveDate status cancelReason placedAt';
const PLACE = `mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { ${FIELDS} } } }`;
const CANCEL = `mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { ${FIELDS} } } }`;
const ALL =
  'query ($filter: ReservationFilter) { reservations(filter: $filter) { totalCount nodes { id } } }';

const NOW = '2024-11-21T23:59:59.999Z';
const now = () => new Date(NOW);
const wanted = { customerId: 'c1', flightId: 'f1', seatQty: 3, reserveDate: '2024-11-30' };

interface Placed {
  readonly placeReservation: { readonly reservation: { readonly id: string; readonly status: string } };
}

describe('placing a reservation', () => {
  test('stores and returns it as pending', async () => {
    const { ask } = await serve(subgraph, { now });
    const { data } = await ask<Placed>(PLACE, { input: wanted });
    const reservation = {
      ...wanted,
      id: expect.any(String),
      status: 'PENDING',
      cancelReason: null,
      placedAt: NOW,
    };
    expect(data).toEqual({ placeReservation: { reservation } });
    const id = data?.placeReservation.reservation.id;
    expect(await ask(`query ($id: ID!) { reservation(id: $id) { ${FIELDS} } }`, { id })).toEqual({
      data: { reservation },
    });
  });

  const each = {
    customerId: 'c2',
    flightId: 'f2',
    seatQty: 4,
    reserveDate: '2024-12-01',
  };

  eachHasAnEffect<Omit<PlaceReservationInput, 'awaitOutcome'>>(
    { ...each, idempotencyKey: 'k1' },
    async (change) => {
      const { ask } = await serve(subgraph, { now });
      const place = () => ask(PLACE, { input: { ...wanted, ...change } });
      const placed = await place();
      const { idempotencyKey, ...fields } = change;
      expect(placed).toMatchObject({ data: { placeReservation: { reservation: fields } } });
      return [placed, await place()];
    },
  );

  test('is for today (UTC) by default', async () => {
    const { ask } = await serve(subgraph, { now });
    const { reserveDate: _, ...input } = wanted;
    expect(await ask(PLACE, { input })).toMatchObject({
      data: { placeReservation: { reservation: { reserveDate: '2024-11-21' } } },
    });
  });

  test.each([
    [{ customerId: '' }, 'input.customerId'],
    [{ customerId: '  ' }, 'input.customerId'],
    [{ customerId: 'c'.repeat(101) }, 'input.customerId'],
    [{ flightId: '' }, 'input.flightId'],
    [{ seatQty: 0 }, 'input.seatQty'],
    [{ seatQty: -3 }, 'input.seatQty'],
    [{ seatQty: 1001 }, 'input.seatQty'],
    [{ seatQty: 1.5 }, 'input.seatQty'],
    [{ reserveDate: '2024-11-31' }, 'input.reserveDate'],
    [{ reserveDate: 'tomorrow' }, 'input.reserveDate'],
    [{ idempotencyKey: '' }, 'input.idempotencyKey'],
    [{ idempotencyKey: 'k'.repeat(101) }, 'input.idempotencyKey'],
  ])('refuses %j by name, and places nothing', async (but, field) => {
    const { ask } = await serve(subgraph);
    const { errors } = await ask(PLACE, { input: { ...wanted, ...but } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(await ask(ALL)).toEqual({ data: { reservations: { totalCount: 0, nodes: [] } } });
  });

  test('the same key returns the first one, also when both are sent at once', async () => {
    const { ask } = await serve(subgraph);
    const input = { ...wanted, idempotencyKey: 'k1' };
    const place = async (but = {}) =>
      (await ask<Placed>(PLACE, { input: { ...input, ...but } })).data?.placeReservation.reservation.id;
    const ids = await Promise.all([place(), place(), place()]);
    ids.push(await place());
    expect(new Set(ids).size).toBe(1);
    const others = await Promise.all([place({ customerId: 'c2' }), place({ idempotencyKey: 'k2' })]);
    expect(new Set([...ids, ...others]).size).toBe(3);
    expect(await ask(ALL)).toMatchObject({ data: { reservations: { totalCount: 3 } } });
  });

  test('a request that is sent again is the first one, and so is each placement in it', async () => {
    const { ask } = await serve(subgraph);
    const text = `mutation ($input: PlaceReservationInput!) {
      a: placeReservation(input: $input) { reservation { id } } b: placeReservation(input: $input) { reservation { id } }
    }`;
    const send = async (key?: string) =>
      (await ask(text, { input: wanted }, key === undefined ? {} : { 'idempotency-key': key })).data;
    const first = await send('"k1"');
    expect(await Promise.all([send('"k1"'), send('"k1"')])).toEqual([first, first]);
    await send('"k2"');
    // Neither is a key.
    for (const key of [undefined, '', 'k1']) await send(key);
    expect(await ask(ALL)).toMatchObject({ data: { reservations: { totalCount: 10 } } });
  });

  test('the same key without a date returns the first one, also after midnight', async () => {
    let today = now();
    const { ask } = await serve(subgraph, { now: () => today });
    const { reserveDate: _, ...input } = { ...wanted, idempotencyKey: 'k1' };
    const first = await ask(PLACE, { input });
    today = new Date(today.getTime() + 1);
    expect(first).toMatchObject({
      data: { placeReservation: { reservation: { reserveDate: '2024-11-21' } } },
    });
    expect(await ask(PLACE, { input })).toEqual(first);
  });

  // Each field of the input; to another customer, the same key is another.
  const { customerId: _, ...recorded } = each;
  const others = Object.entries(recorded).map(([field, value]) => ({ [field]: value }));

  test.each([...others, { reserveDate: null }])(
    'the same key is refused for %j, which is another command',
    async (but) => {
      const { ask } = await serve(subgraph);
      const input = { ...wanted, idempotencyKey: 'k1' };
      await ask(PLACE, { input });
      expect((await ask(PLACE, { input: { ...input, ...but } })).errors).toMatchObject([
        { extensions: { code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' } },
      ]);
      expect(await ask(ALL)).toMatchObject({ data: { reservations: { totalCount: 1 } } });
    },
  );

  test.each(Object.entries(recorded))('the same key is refused without %s', async (field, value) => {
    const { ask } = await serve(subgraph);
    const input = { ...wanted, idempotencyKey: 'k1', [field]: value };
    await ask(PLACE, { input });
    // As another command, or since it is required.
    expect((await ask(PLACE, { input: { ...input, [field]: null } })).errors).toHaveLength(1);
    expect(await ask(ALL)).toMatchObject({ data: { reservations: { totalCount: 1 } } });
  });
});

describe('canceling a reservation', () => {
  test.each([
    ['a pending one', pending],
    ['one that succeeded', succeeded],
  ])('cancels %s; twice is no error', async (_which, before) => {
    // Within the hold time, so that no row expires.
    const { ask } = await serve(subgraph, { rows: { reservation: [before] }, now: () => new Date(LATER) });
    const input = { id: 'r1' };
    const canceled = { reservation: { id: 'r1', status: 'CANCELED', cancelReason: 'CUSTOMER' } };
    for (const _time of ['once', 'twice']) {
      expect(await ask(CANCEL, { input })).toMatchObject({ data: { cancelReservation: canceled } });
    }
  });

  eachHasAnEffect<CancelReservationInput>({ id: 'r2' }, async (change) => {
    const reservation = [pending, { ...pending, id: 'r2' }];
    const { ask } = await serve(subgraph, { rows: { reservation }, now: () => new Date(LATER) });
    return [
      await ask(CANCEL, { input: { id: 'r1', ...change } }),
      await ask(`{ reservations { nodes { ${FIELDS} } } }`),
    ];
  });

  test('keeps the reason of one that was canceled before', async () => {
    const { ask } = await serve(subgraph, { rows: { reservation: [canceledFor('EXPIRED')] } });
    expect(await ask(CANCEL, { input: { id: 'r1' } })).toMatchObject({
      data: { cancelReservation: { reservation: { cancelReason: 'EXPIRED' } } },
    });
  });

  test.each([
    ['', 'BAD_USER_INPUT'],
    ['none', 'NOT_FOUND'],
  ])('refuses the id "%s"', async (id, code) => {
    const { ask } = await serve(subgraph);
    expect((await ask(CANCEL, { input: { id } })).errors).toMatchObject([
      { extensions: { code, field: 'input.id' } },
    ]);
  });
});

describe('the filter of reservations', () => {
  const rows = [
    pending,
    { ...succeeded, id: 'r2', customerId: 'c2' },
    { ...canceledFor('CUSTOMER'), id: 'r3', flightId: 'f2' },
  ];

  test.each([
    [undefined, ['r1', 'r2', 'r3']],
    [{ customerId: null, flightId: null, status: null }, ['r1', 'r2', 'r3']],
    [{ customerId: 'c1' }, ['r1', 'r3']],
    [{ customerId: '' }, []],
    [{ flightId: '' }, []],
    [{ flightId: 'f1', status: 'SUCCEED' }, ['r2']],
    [{ status: 'CANCELED' }, ['r3']],
  ])('%j', async (filter, ids) => {
    const { ask } = await serve(subgraph, { rows: { reservation: rows }, now: () => new Date(LATER) });
    expect(await ask(ALL, { filter })).toEqual({
      data: { reservations: { totalCount: ids.length, nodes: ids.map((id) => ({ id })) } },
    });
  });
});
