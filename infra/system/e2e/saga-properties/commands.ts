import { Mutation as flightMutation } from '@airline/flight/resolvers/mutation';
import { Mutation as reservationMutation } from '@airline/reservation/resolvers/mutation';
import { createLatestReservations } from '@airline/reservation/store/repository';
import { expireReservations } from '@airline/reservation/workers/expiry';
import { everyone, RequestError } from '@airline/service';
import { present } from '@airline/testing';
import type { FourServices } from './four-services.ts';
import { reserveDateOf, TAKEOFF, type World } from './world.ts';

export type Command =
  | { readonly do: 'place' | 'cancel'; readonly booking: number }
  | { readonly do: 'change'; readonly change: number };

const notAwaited = () => {
  throw new Error('No outcome is awaited here.');
};

/** Carries out a world's commands by the services' own resolvers. */
export function createCommands(services: FourServices, world: World) {
  const { reservation, flight, now, newId } = services;
  const flightIds: string[] = [];
  const reservationIds = new Map<number, string>();
  const left: Command[] = [
    ...world.bookings.flatMap(({ keyed }, index): Command[] =>
      Array.from({ length: keyed ? 2 : 1 }, () => ({ do: 'place', booking: index })),
    ),
    ...world.cancellations
      .filter((index) => index < world.bookings.length)
      .map((index): Command => ({ do: 'cancel', booking: index })),
    ...world.changes.map((_, change): Command => ({ do: 'change', change })),
  ];

  const flightContext = (which: number) => ({
    store: flight.store(which),
    newId,
    traceparent: undefined,
  });

  const reservationContext = (which: number) => {
    const store = reservation.store(which);
    return {
      store,
      latestReservations: createLatestReservations(store.read),
      outcomes: { settled: notAwaited, close: async () => {} },
      now,
      newId,
      caller: everyone,
      traceparent: undefined,
      idempotencyKey: undefined,
      timeoutMs: undefined,
    };
  };

  async function place(index: number, which: number): Promise<void> {
    const booking = present(world.bookings[index], `booking ${index}`);
    const { seatQty, keyed } = booking;
    const input = {
      customerId: `customer ${booking.customer}`,
      flightId: flightIds[booking.flight] ?? 'unknown',
      seatQty,
      reserveDate: reserveDateOf(booking, index),
      ...(keyed && { idempotencyKey: `booking ${index}` }),
    };
    const { reservation } = await reservationMutation.placeReservation(
      {},
      { input },
      reservationContext(which),
      { path: { prev: undefined, key: 'placeReservation', typename: 'Mutation' } },
    );
    const before = reservationIds.get(index);
    if (before !== undefined && before !== reservation.id)
      throw new Error(`Booking ${index} was placed twice.`);
    reservationIds.set(index, reservation.id);
  }

  async function change(index: number, which: number): Promise<void> {
    const { flight, ...rest } = present(world.changes[index], `change ${index}`);
    const input = { id: present(flightIds[flight], `flight ${flight}`), ...rest };
    await flightMutation.updateFlight({}, { input }, flightContext(which)).catch((error: unknown) => {
      // Fewer seats than are taken: refused, and nothing has changed.
      if (!(error instanceof RequestError)) throw error;
    });
  }

  return {
    reservationIds: (): ReadonlyMap<number, string> => reservationIds,
    flightIds: (): readonly string[] => flightIds,
    registerFlights: async (): Promise<void> => {
      for (const { capacity, cost } of world.flights) {
        const input = { flightCode: 'ACE890', takeoffDate: TAKEOFF, cost, remainingSeatsCount: capacity };
        const registered = await flightMutation.registerFlight({}, { input }, flightContext(0));
        flightIds.push(registered.flight.id);
      }
    },
    /** What may be done next: a reservation is canceled after it was placed. */
    possible: (): readonly Command[] =>
      left.filter((command) => command.do !== 'cancel' || reservationIds.has(command.booking)),
    carryOut: async (command: Command, which: number): Promise<void> => {
      left.splice(left.indexOf(command), 1);
      if (command.do === 'place') return await place(command.booking, which);
      if (command.do === 'change') return await change(command.change, which);
      const id = present(reservationIds.get(command.booking), `reservation of booking ${command.booking}`);
      await reservationMutation.cancelReservation({}, { input: { id } }, reservationContext(which));
    },
    /** What has been pending for longer than so many milliseconds is canceled, as the service does it. */
    expire: async (holdTimeMs: number): Promise<void> => {
      if (!world.expiry) return;
      await expireReservations({ store: reservation.store(0), holdTimeMs, now, logger: undefined as never });
    },
  };
}

export type Commands = ReturnType<typeof createCommands>;
