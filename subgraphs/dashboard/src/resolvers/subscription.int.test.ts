import { publisherAs } from '@airline/testing/publisher';
import { type SubgraphServer, serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { at, info } from '../dashboard.fixture.ts';
import { subgraph } from '../main.ts';

const SUBSCRIBE = `subscription ($customerId: ID) {
  customerInfoUpdated(customerId: $customerId) {
    customerId flightCount recentReserveDate canceledCount customer { id info { flightCount } }
  }
}`;

const now = () => new Date(at(5));

/** What the reservation service says, over the transport of the one under test. */
function reservations({ transport }: SubgraphServer) {
  const say = publisherAs('reservation', { transport, migrations: subgraph.migrations, now });
  const reservation = (customerId: string, number: number) => ({
    reservationId: `r-${customerId}-${number}`,
    customerId,
    flightId: 'f1',
    seatQty: 1,
  });
  return {
    place: (customerId: string, number: number) =>
      say({
        type: 'ReservationPlaced',
        data: { ...reservation(customerId, number), reserveDate: `2024-11-${10 + number}` },
      }),
    cancel: (customerId: string, number: number) =>
      say({
        type: 'ReservationCanceled',
        data: { ...reservation(customerId, number), reason: 'CUSTOMER' },
      }),
  };
}

const counts = (pushed: readonly { data?: Record<string, unknown> | null | undefined }[]) =>
  pushed.map(({ data }) => {
    const { customerId, flightCount, canceledCount } = Object(data?.customerInfoUpdated);
    return `${customerId} ${flightCount} ${canceledCount}`;
  });

describe('customerInfoUpdated', () => {
  test('begins with the state, then receives each change as it was committed', async () => {
    const server = await serve(subgraph, { rows: { info: [info(1, '2024-11-10', 0, 1)] } });
    const { place, cancel } = reservations(server);
    const subscription = server.subscribe(SUBSCRIBE, { customerId: 'c1' });
    await subscription.all(1);
    for (const number of [1, 2, 3]) await place('c1', number);
    await cancel('c1', 2);
    const pushed = await subscription.all(5);
    expect(counts(pushed)).toEqual(['c1 1 0', 'c1 2 0', 'c1 3 0', 'c1 4 0', 'c1 4 1']);
    expect(pushed[4]?.data).toMatchObject({
      customerInfoUpdated: {
        recentReserveDate: '2024-11-13',
        customer: { id: 'c1', info: { flightCount: 4 } },
      },
    });
    expect(pushed.map(({ extensions }) => extensions?.cursor)).toEqual([
      undefined,
      '1-0',
      '2-0',
      '3-0',
      '4-0',
    ]);
  });

  test('begins without a state for a customer who never reserved', async () => {
    const server = await serve(subgraph);
    const { place } = reservations(server);
    const subscription = server.subscribe(SUBSCRIBE, { customerId: 'c2' }, { announceCursor: true });
    expect(await subscription.all(1)).toEqual([
      { data: null, extensions: { cursor: '0-0', hasState: true } },
    ]);
    await place('c1', 1);
    await place('c2', 1);
    expect(counts((await subscription.all(2)).slice(1))).toEqual(['c2 1 0']);
  });

  test('receives every customer when none is named', async () => {
    const server = await serve(subgraph, { rows: { info: [info(1, '2024-11-10', 0, 1)] } });
    const { place } = reservations(server);
    const subscription = server.subscribe(SUBSCRIBE, {}, { announceCursor: true });
    expect(await subscription.all(1)).toMatchObject([{ extensions: { hasState: false } }]);
    await place('c1', 1);
    await place('c2', 1);
    expect(counts((await subscription.all(3)).slice(1))).toEqual(['c1 2 0', 'c2 1 0']);
  });

  test('resumes behind a cursor, without the state, a gap or a repeat', async () => {
    const server = await serve(subgraph);
    const { place } = reservations(server);
    const first = server.subscribe(SUBSCRIBE, { customerId: 'c1' }, { announceCursor: true });
    await first.all(1);
    for (const number of [1, 2, 3, 4]) await place('c1', number);
    await first.all(5);
    first.unsubscribe();
    await place('c1', 5);
    const resumed = server.subscribe(SUBSCRIBE, { customerId: 'c1' }, { cursor: '2-0' });
    await resumed.all(3);
    await place('c1', 6);
    expect(counts(await resumed.all(4))).toEqual(['c1 3 0', 'c1 4 0', 'c1 5 0', 'c1 6 0']);
  });
});
