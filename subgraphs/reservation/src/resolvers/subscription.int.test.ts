import { type SubgraphServer, serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { canceledFor, LATER, pending } from '../reservation.fixture.ts';

/** Within the hold time, so that rows stay pending. */
const now = () => new Date(LATER);

const SUBSCRIBE = `subscription ($id: ID, $customerId: ID) {
  reservationUpdated(id: $id, customerId: $customerId) { id status cancelReason placedAt updatedAt flight { id } }
}`;
const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';
const CANCEL =
  'mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { id } } }';

type Server = SubgraphServer;

async function place({ ask }: Server, customerId: string): Promise<string> {
  const input = { customerId, flightId: 'f1', seatQty: 1, reserveDate: '2024-11-21' };
  const { data } = await ask<{ placeReservation: { reservation: { id: string } } }>(PLACE, { input });
  return data?.placeReservation.reservation.id as string;
}

const cancel = ({ ask }: Server, id: string) => ask(CANCEL, { input: { id } });

const payload = (id: string, status: string) => ({ data: { reservationUpdated: { id, status } } });

describe('reservationUpdated', () => {
  test('pushes the state first, and then what is newer', async () => {
    const server = await serve(subgraph, { now, rows: { reservation: [pending] } });
    const subscription = server.subscribe(SUBSCRIBE, { id: 'r1' });
    await subscription.all(1);
    await cancel(server, 'r1');
    expect(await subscription.all(2)).toMatchObject([
      payload('r1', 'PENDING'),
      { ...payload('r1', 'CANCELED'), extensions: { cursor: '1-0' } },
    ]);
    expect(subscription.pushed[0]).not.toHaveProperty('extensions');
    expect(subscription.pushed[1]?.data).toMatchObject({
      reservationUpdated: { cancelReason: 'CUSTOMER', flight: { id: 'f1' } },
    });
  });

  test('pushes each change with its status at that time, also when it is pushed later', async () => {
    const server = await serve(subgraph);
    const id = await place(server, 'c1');
    await cancel(server, id);
    const replayed = server.subscribe(SUBSCRIBE, { id }, { cursor: '0-0' });
    const [placed, canceled] = await replayed.all(2);
    expect([placed, canceled]).toMatchObject([payload(id, 'PENDING'), payload(id, 'CANCELED')]);
    const then = placed?.data?.reservationUpdated as Record<string, unknown>;
    expect(then).toMatchObject({ cancelReason: null, updatedAt: then.placedAt });
  });

  test.each([
    [{}, [1, 2, 1]],
    [{ customerId: 'c1' }, [1, 1]],
    [{ customerId: 'c3' }, []],
  ])('with %j pushes matching changes', async (variables, expected) => {
    const server = await serve(subgraph);
    const subscription = server.subscribe(SUBSCRIBE, variables, { announceCursor: true });
    // Open for as long as the one under test could be.
    const last = server.subscribe(SUBSCRIBE, {}, { announceCursor: true });
    await Promise.all([subscription.all(1), last.all(1)]);
    const ids = [await place(server, 'c1'), await place(server, 'c2')];
    await cancel(server, ids[0] as string);
    await last.all(4);
    const pushed = (await subscription.all(expected.length + 1)).slice(1);
    const idOf = (data: unknown) => (data as { reservationUpdated: { id: string } }).reservationUpdated.id;
    expect(pushed.map(({ data }) => ids.indexOf(idOf(data)) + 1)).toEqual(expected);
  });

  test('with an id and a customer pushes it only if it is that customer’s', async () => {
    const rows = { reservation: [pending] };
    const server = await serve(subgraph, { now, rows });
    const [own, foreign] = ['c1', 'c2'].map((customerId) =>
      server.subscribe(SUBSCRIBE, { id: 'r1', customerId }, { announceCursor: true }),
    );
    await Promise.all([own?.all(2), foreign?.all(1)]);
    await cancel(server, 'r1');
    expect((await own?.all(3))?.slice(1)).toMatchObject([
      payload('r1', 'PENDING'),
      payload('r1', 'CANCELED'),
    ]);
    expect(foreign?.pushed).toHaveLength(1);
  });

  test('pushes no state of an unknown one, or when it resumes', async () => {
    const server = await serve(subgraph, { now, rows: { reservation: [canceledFor('EXPIRED')] } });
    const missing = server.subscribe(SUBSCRIBE, { id: 'none' }, { announceCursor: true });
    const resumed = server.subscribe(SUBSCRIBE, { id: 'r1' }, { announceCursor: true, cursor: '0-0' });
    const all = server.subscribe(SUBSCRIBE, {}, { announceCursor: true });
    await Promise.all([missing.all(1), resumed.all(1), all.all(1)]);
    await place(server, 'c1');
    await all.all(2);
    expect([missing.pushed, resumed.pushed]).toEqual([
      [{ data: null, extensions: { cursor: '0-0', hasState: true } }],
      [{ data: null, extensions: { cursor: '0-0', hasState: true } }],
    ]);
  });
});
