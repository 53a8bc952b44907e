import { requires, until } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { type System, startEmbedded, startOnRedis } from '../system.ts';
import { clients } from './clients.ts';

// Acceptance case 2, seen by subscription, through clients as their users have them.

const QUERY = `subscription ($customerId: ID) {
  customerInfoUpdated(customerId: $customerId) {
    flightCount
    recentReserveDate
    customer {
      reservations(first: 1) {
        nodes { status flight { flightCode remainingSeatsCount } payment { status } }
      }
    }
  }
}`;

interface Pushed {
  readonly customerInfoUpdated: {
    readonly flightCount: number;
    readonly recentReserveDate: string;
    readonly customer: {
      readonly reservations: {
        readonly nodes: readonly {
          readonly status: 'PENDING' | 'SUCCEED' | 'CANCELED';
          readonly flight: { readonly flightCode: string; readonly remainingSeatsCount: number };
          readonly payment: { readonly status: string } | null;
        }[];
      };
    };
  };
}

const RANK = { PENDING: 0, SUCCEED: 1, CANCELED: 2 };
const settled = { status: 'SUCCEED', payment: { status: 'PAID' } };

/** Nothing older after something newer: counts and statuses go up, seats (no booking is canceled here) go down. */
function expectInOrder(pushed: readonly Pushed[]): void {
  const states = pushed.map(({ customerInfoUpdated: { flightCount, customer } }) => {
    const [first] = customer.reservations.nodes;
    return {
      count: flightCount,
      rank: first ? RANK[first.status] : -1,
      taken: first ? -first.flight.remainingSeatsCount : Number.NEGATIVE_INFINITY,
    };
  });
  for (const key of ['count', 'rank', 'taken'] as const) {
    const values = states.map((state) => state[key]);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
  }
}

describe.each([
  { on: 'the embedded transport, in one process', start: startEmbedded, needs: { options: {} } },
  { on: 'Redis, in separate processes', start: startOnRedis, needs: requires('redis-server') },
])('on $on', ({ start, needs }) => {
  describe('acceptance case 2, as pushed to', needs.options, () => {
    let system: System;

    beforeAll(async () => {
      system = await start();
    });

    afterAll(() => system[Symbol.asyncDispose]());

    test.each(Object.entries(clients))('%s', async (name, subscribe) => {
      const booking = bookingAt(system.url);
      const [one, two] = [`1 of ${name}`, `2 of ${name}`];
      const flightId = await booking.registerFlight(5);
      // A first reservation of each shows that the subscription is there: its state comes first.
      await booking.place({ customerId: one, flightId, seatQty: 3, reserveDate: '2024-11-11' });
      const seen = subscribe<Pushed>(system.url, QUERY, { customerId: two });
      const other = subscribe<Pushed>(system.url, QUERY, { customerId: one });
      try {
        await until('the state of customer 1 comes first', () => other.data.length >= 1);
        await booking.place({ customerId: two, flightId, seatQty: 1, reserveDate: '2024-11-23' });
        await until('the first reservation of customer 2 is pushed', () => seen.data.length >= 1);
        await booking.place({ customerId: two, flightId, seatQty: 1, reserveDate: '2024-12-25' });
        const last = await until('the second one is pushed', () =>
          seen.data.find(({ customerInfoUpdated }) => customerInfoUpdated.flightCount === 2),
        );

        expect(last.customerInfoUpdated.recentReserveDate).toBe('2024-12-25');
        expect(last.customerInfoUpdated.customer.reservations.nodes).toMatchObject([settled]);
        expectInOrder(seen.data);
        expect(other.data.at(-1)?.customerInfoUpdated).toMatchObject({
          flightCount: 1,
          recentReserveDate: '2024-11-11',
          customer: { reservations: { nodes: [settled] } },
        });

        // Who comes later sees first what has become of it.
        const later = subscribe<Pushed>(system.url, QUERY, { customerId: two });
        try {
          const state = await until('the state comes first', () => later.data[0]);
          expect(state.customerInfoUpdated).toMatchObject({
            flightCount: 2,
            recentReserveDate: '2024-12-25',
            customer: {
              reservations: {
                nodes: [{ ...settled, flight: { flightCode: 'ACE890', remainingSeatsCount: 0 } }],
              },
            },
          });
        } finally {
          later.stop();
        }
        expect([...seen.errors, ...other.errors]).toEqual([]);
      } finally {
        seen.stop();
        other.stop();
      }
    });
  });
});
