import { present } from '@airline/testing';
import type { Begun } from './schedule.ts';
import { type Booking, reserveDateOf, type World } from './world.ts';

/** How a booking ended, without ids and times. */
interface Saga {
  readonly status: string;
  readonly cancelReason: string | null;
  readonly hold: { readonly status: string; readonly seatQty: number; readonly cost: number };
  readonly payment: { readonly status: string; readonly cost: number };
  /** The types of its events, sorted. */
  readonly history: readonly string[];
}

/**
 * What is left of one that its customer canceled. How far its saga came before is the schedule's business:
 * whether seats were held, money was charged and refunded, or something else canceled it first.
 */
const nothingLeft = { status: 'CANCELED', holdsSeats: false, hasMoney: false };

export interface Endings {
  readonly sagas: readonly (Saga | typeof nothingLeft)[];
  readonly remainingSeats: readonly number[];
  /** Sorted by customer. */
  readonly infos: readonly object[];
}

/** How a run ended, in all that must not depend on its schedule. */
export async function endingsOf({ services, commands, ledger }: Begun, world: World): Promise<Endings> {
  const { flights, holds, reservations, payments, infos } = await services.rows();
  const steps = Map.groupBy(await services.steps(), ({ reservationId }) => reservationId);
  const sagas = world.bookings.map((_, index) => {
    const id = present(commands.reservationIds().get(index), `reservation of booking ${index}`);
    const reservation = reservations.find((row) => row.id === id);
    const hold = holds.find(({ reservationId }) => reservationId === id);
    const payment = payments.find(({ reservationId }) => reservationId === id);
    if (!reservation || !hold || !payment) throw new Error(`A row of booking ${index} is missing.`);
    const { status, cancelReason } = reservation;
    if (world.cancellations.includes(index)) {
      return { status, holdsSeats: hold.status === 'HELD', hasMoney: ledger.balance(id) !== 0 };
    }
    return {
      status,
      cancelReason,
      hold: { status: hold.status, seatQty: hold.seatQty, cost: hold.cost },
      payment: { status: payment.status, cost: payment.cost },
      history: (steps.get(id) ?? []).map(({ event }) => event).sort(),
    };
  }) as Endings['sagas'];
  return {
    sagas,
    remainingSeats: commands
      .flightIds()
      .map((id) => flights.find((flight) => flight.id === id)?.remainingSeatsCount ?? Number.NaN),
    infos: infos
      .map(({ customerId, flightCount, recentReserveDate, canceledCount }) => ({
        customerId,
        flightCount,
        recentReserveDate,
        canceledCount,
      }))
      .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)),
  };
}

/** How any run of a world must end that has seats for everybody: worked out from its commands alone. */
export function expectedEndings(world: World): Endings {
  const sagas = world.bookings.map((booking, index) =>
    world.cancellations.includes(index)
      ? nothingLeft
      : expectedSaga(booking, world.flights[booking.flight]?.cost),
  );
  const succeeds = (index: number) => sagas[index]?.status === 'SUCCEED';
  const customers = [...new Set(world.bookings.map(({ customer }) => customer))].sort();
  return {
    sagas,
    remainingSeats: world.flights.map(({ capacity }, flight) =>
      world.bookings.reduce(
        (seats, booking, index) =>
          booking.flight === flight && succeeds(index) ? seats - booking.seatQty : seats,
        capacity,
      ),
    ),
    infos: customers.map((customer) => {
      const own = world.bookings.flatMap((booking, index) => (booking.customer === customer ? [index] : []));
      return {
        customerId: `customer ${customer}`,
        flightCount: own.length,
        recentReserveDate: own
          .map((index) => reserveDateOf(present(world.bookings[index], `booking ${index}`), index))
          .sort()
          .at(-1),
        canceledCount: own.filter((index) => !succeeds(index)).length,
      };
    }),
  };
}

function expectedSaga({ seatQty, late, chargeResult }: Booking, cost: number | undefined): Saga {
  const nothing = { seatQty: 0, cost: 0 };
  if (cost === undefined || late) {
    return {
      status: 'CANCELED',
      cancelReason: cost === undefined ? 'FLIGHT_NOT_FOUND' : 'FLIGHT_DEPARTED',
      hold: { status: 'REFUSED', ...nothing },
      payment: { status: 'VOID', cost: 0 },
      history: ['ReservationCanceled', 'ReservationPlaced', 'SeatsSoldOut'],
    };
  }
  const isPaid = chargeResult === 'PAID';
  const events = isPaid
    ? ['Paid', 'ReservationSucceeded']
    : ['PaymentDeclined', 'ReservationCanceled', 'RemainingSeatsIncreased'];
  return {
    status: isPaid ? 'SUCCEED' : 'CANCELED',
    cancelReason: isPaid ? null : 'PAYMENT_DECLINED',
    hold: { status: isPaid ? 'HELD' : 'RELEASED', seatQty, cost },
    payment: { status: chargeResult, cost: seatQty * cost },
    history: ['ReservationPlaced', 'RemainingSeatsDecreased', ...events].sort(),
  };
}
