import { createSqliteStore, openSqlite } from '@airline/database';
import { createEncoder } from '@airline/messaging';
import type { DomainEvent } from '@airline/schema/events';
import { everyone } from '@airline/service';
import { until } from '@airline/testing';
import { publisherAs } from '@airline/testing/publisher';
import { type SubgraphServer, serve } from '@airline/testing/serve';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ReservationState } from '../domain/model.ts';
import { succeed } from '../domain/succeed.ts';
import { subgraph } from '../main.ts';
import { createLatestReservations } from '../store/repository.ts';
import { tables } from '../store/tables.ts';
import { Mutation } from './mutation.ts';

const FIELDS = 'id customerId flightId seatQty reserveDate status cancelReason placedAt';
const PLACE = `mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { ${FIELDS} } } }`;
const CANCEL = `mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { ${FIELDS} } } }`;

const NOW = '2024-11-21T23:59:59.999Z';
const now = () => new Date(NOW);
const field = { path: { prev: undefined, key: 'placeReservation', typename: 'Mutation' } };
const wanted = { customerId: 'c1', flightId: 'f1', seatQty: 3, reserveDate: '2024-11-30' };

interface Placed {
  readonly placeReservation: { readonly reservation: { readonly id: string; readonly status: string } };
}

/** The context of mutations on an empty database. */
function openContext() {
  const database = openSqlite({ file: ':memory:', migrations: subgraph.migrations });
  let ids = 0;
  const encode = createEncoder({ source: 'reservation', newId: () => `e${++ids}`, now });
  const store = createSqliteStore<ReservationState>({ database, tables, encode, now });
  onTestFinished(() => store.close());
  const latestReservations = createLatestReservations(store.read);
  const request = {
    caller: everyone,
    idempotencyKey: undefined,
    timeoutMs: undefined,
  };
  return { store, latestReservations, now, newId: () => 'r1', ...request };
}

describe('awaiting the outcome', () => {
  const awaiting = { ...wanted, awaitOutcome: true, idempotencyKey: 'k1' };

  /** Places, finds the reservation's id, and lets `then` happen while the outcome is awaited. */
  async function placeAndThen({ ask, statements }: SubgraphServer, then: (id: string) => Promise<unknown>) {
    // Under a repeated key, the reservation is read twice before its outcome is awaited.
    const reads = () =>
      statements.filter((text) => /^select .* where "reservation"."id" in /.test(text)).length;
    const { data } = await ask<Placed>(PLACE, { input: { ...awaiting, awaitOutcome: false } });
    const before = reads();
    const outcome = ask<Placed>(PLACE, { input: awaiting });
    await until('its outcome is awaited', () => reads() === before + 2);
    await then(data?.placeReservation.reservation.id as string);
    return (await outcome).data?.placeReservation.reservation;
  }

  const payment = { paymentId: 'p1', customerId: 'c1', cost: 600_000 };

  test.each([
    ['paid', 'Paid', { status: 'SUCCEED', cancelReason: null }],
    ['declined', 'PaymentDeclined', { status: 'CANCELED', cancelReason: 'PAYMENT_DECLINED' }],
  ] as const)('returns once it is %s', async (_how, type, expected) => {
    const server = await serve(subgraph);
    const publish = publisherAs('payment', {
      transport: server.transport,
      migrations: subgraph.migrations,
      now,
    });
    const settled = await placeAndThen(server, (reservationId) =>
      publish({ type, data: { ...payment, reservationId } } as DomainEvent),
    );
    expect(settled).toMatchObject(expected);
  });

  test('returns once the customer cancels', async () => {
    const server = await serve(subgraph);
    const settled = await placeAndThen(server, (id) => server.ask(CANCEL, { input: { id } }));
    expect(settled).toMatchObject({ status: 'CANCELED', cancelReason: 'CUSTOMER' });
  });

  test('returns at once what has settled before', async () => {
    const server = await serve(subgraph);
    const id = await placeAndThen(server, (id) => server.ask(CANCEL, { input: { id } }));
    expect(await server.ask(PLACE, { input: awaiting })).toMatchObject({
      data: { placeReservation: { reservation: id } },
    });
  });

  /** A context whose outcomes are heard only by those who listen when one is published; `publish` does that. */
  function listening() {
    const { store, latestReservations, ...rest } = openContext();
    const heard = new Map<string, () => void>();
    const settled = (id: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      heard.set(id, resolve);
      return { promise, [Symbol.dispose]: () => void heard.delete(id) };
    };
    const publish = async (id: string) => {
      const decide = (known: Partial<ReservationState>) => ({ ...succeed(known, NOW), result: undefined });
      await store.transact({ keys: { reservation: id }, decide });
      heard.get(id)?.();
    };
    return { store, latestReservations, publish, outcomes: { settled, close: async () => {} }, ...rest };
  }

  test('returns what settles before the response of its database arrives', async () => {
    const { publish, ...context } = listening();
    const store: typeof context.store = {
      ...context.store,
      transact: async (command) => {
        const result = await context.store.transact(command);
        await publish('r1');
        return result;
      },
    };
    const input = { ...wanted, awaitOutcome: true };
    expect(await Mutation.placeReservation({}, { input }, { ...context, store }, field)).toMatchObject({
      reservation: { status: 'SUCCEED' },
    });
  });

  test('returns what settles just before it is waited for, under a repeated key', async () => {
    const { publish, outcomes, ...context } = listening();
    await Mutation.placeReservation(
      {},
      { input: { ...awaiting, awaitOutcome: false } },
      { ...context, outcomes },
      field,
    );
    let settling: Promise<unknown> = Promise.resolve();
    const settled = (id: string) => {
      if (id === 'r1') settling = publish(id);
      return outcomes.settled(id);
    };
    const get = (id: string) => settling.then(() => context.latestReservations.get(id));
    const repeated = {
      ...context,
      newId: () => 'r2',
      outcomes: { ...outcomes, settled },
      latestReservations: { ...context.latestReservations, get },
    };
    expect(await Mutation.placeReservation({}, { input: awaiting }, repeated, field)).toMatchObject({
      reservation: { id: 'r1', status: 'SUCCEED' },
    });
  });

  test('returns the current status after five seconds, and before the request times out', async () => {
    const { ask, statements } = await serve(subgraph);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const settled: string[] = [];
    const place = async (name: string, headers: Readonly<Record<string, string>>) => {
      const response = await ask<Placed>(PLACE, { input: { ...wanted, awaitOutcome: true } }, headers);
      settled.push(name);
      return response;
    };
    const [waiting, brief] = [place('waiting', {}), place('brief', { 'x-request-timeout-ms': '1000' })];
    await until('both are placed', () => {
      const insertions = statements.filter((text) => /^insert into "reservation"/.test(text));
      return insertions.length === 2;
    });
    const pendingOne = { data: { placeReservation: { reservation: { status: 'PENDING' } } } };
    vi.advanceTimersByTime(999);
    expect(await brief).toMatchObject(pendingOne);
    vi.advanceTimersByTime(4000);
    await ask('{ __typename }');
    expect(settled).toEqual(['brief']);
    vi.advanceTimersByTime(1);
    expect(await waiting).toMatchObject(pendingOne);
  });
});
