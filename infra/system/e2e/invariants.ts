/** What stands in the databases of the four services, or what the graph returns of it, as plain rows. */
export interface Rows {
  readonly flights: readonly {
    readonly id: string;
    readonly cost: number;
    readonly capacity: number;
    readonly remainingSeatsCount: number;
  }[];
  /** Undefined where only the graph was read; each payment is then compared with the flight's price of now. */
  readonly holds?: readonly {
    readonly reservationId: string;
    readonly flightId: string;
    readonly seatQty: number;
    readonly cost: number;
    readonly status: string;
  }[];
  readonly reservations: readonly {
    readonly id: string;
    readonly customerId: string;
    readonly flightId: string;
    readonly seatQty: number;
    readonly reserveDate: string;
    readonly status: string;
    readonly cancelReason: string | null;
  }[];
  readonly payments: readonly {
    readonly reservationId: string;
    readonly customerId: string;
    readonly cost: number;
    readonly status: string;
  }[];
  readonly infos: readonly {
    readonly customerId: string;
    readonly flightCount: number;
    readonly recentReserveDate: string | null;
    readonly canceledCount: number;
  }[];
  /** One row; undefined where only the databases were read. */
  readonly statistics?: readonly {
    readonly placed: number;
    readonly pending: number;
    readonly succeeded: number;
    readonly canceled: number;
    readonly customers: number;
  }[];
}

/** What of a canceled reservation's payment may stay: no money moved, or it came back. */
const WITHOUT_MONEY = ['VOID', 'DECLINED', 'REFUNDED'];

/** What is wrong in words, though events may still be under way: what holds at any time. */
export function violationsAtAnyTime({ flights, holds, payments }: Rows): string[] {
  const held = holds && seatsBy(holds.filter(({ status }) => status === 'HELD'));
  return [
    ...flights.flatMap(({ id, capacity, remainingSeatsCount: remaining }) => {
      if (remaining < 0) return [`flight ${id} has ${remaining} seats left`];
      if (remaining > capacity) return [`flight ${id} has ${remaining} seats left of ${capacity}`];
      const taken = held?.get(id) ?? 0;
      if (!held || remaining + taken === capacity) return [];
      return [`flight ${id}: ${remaining} seats left + ${taken} held are not its ${capacity}`];
    }),
    ...repeated(payments.map(ofReservation)).map((id) => `reservation ${id} has more than one payment`),
    ...repeated((holds ?? []).map(ofReservation)).map((id) => `reservation ${id} has more than one hold`),
  ];
}

/** What is wrong in words, once all events have been handled; empty when all is well. */
export function violationsAtRest(rows: Rows): string[] {
  const { flights, holds, reservations, payments } = rows;
  const sold = seatsBy(reservations.filter(({ status }) => status === 'SUCCEED'));
  const flightOf = new Map(flights.map((flight) => [flight.id, flight]));
  const paymentOf = new Map(payments.map((payment) => [payment.reservationId, payment]));
  const holdOf = holds && new Map(holds.map((hold) => [hold.reservationId, hold]));
  const known = new Set(reservations.map(({ id }) => id));
  return [
    ...violationsAtAnyTime(rows),
    ...flights.flatMap(({ id, capacity, remainingSeatsCount: remaining }) => {
      const seats = sold.get(id) ?? 0;
      if (remaining + seats === capacity) return [];
      return [`flight ${id}: ${remaining} seats left + ${seats} sold are not its ${capacity}`];
    }),
    ...reservations.flatMap((reservation) => {
      const { id, flightId } = reservation;
      const price = (holdOf ? holdOf.get(id) : flightOf.get(flightId))?.cost;
      return [
        ...wrongStatus(reservation),
        ...wrongPayment(reservation, paymentOf.get(id), price),
        ...(holdOf ? wrongHold(reservation, holdOf.get(id)) : []),
      ];
    }),
    ...[...payments, ...(holds ?? [])]
      .map(ofReservation)
      .filter((id) => !known.has(id))
      .map((id) => `there is no reservation ${id}, but a payment or a hold of it`),
    ...wrongInfos(rows),
    ...wrongStatistics(rows),
  ];
}

type Reservation = Rows['reservations'][number];
type Hold = NonNullable<Rows['holds']>[number];
type Payment = Rows['payments'][number];

function wrongStatus({ id, status, cancelReason }: Reservation): string[] {
  if (status === 'PENDING') return [`reservation ${id} is still PENDING`];
  if ((status === 'CANCELED') === (cancelReason !== null)) return [];
  return [`reservation ${id} is ${status} for the reason ${cancelReason}`];
}

function wrongPayment(
  { id, status, seatQty, customerId }: Reservation,
  payment: Payment | undefined,
  price: number | undefined,
): string[] {
  const found = payment?.status ?? 'not there';
  if (payment && payment.customerId !== customerId) return [`the payment of ${id} is another customer's`];
  if (status === 'CANCELED') {
    if (!payment || WITHOUT_MONEY.includes(payment.status)) return [];
    return [`reservation ${id} is CANCELED, but its payment is ${found}`];
  }
  if (status !== 'SUCCEED') return [];
  if (payment?.status !== 'PAID') return [`reservation ${id} is SUCCEED, but its payment is ${found}`];
  if (price === undefined) return [`reservation ${id} is SUCCEED for seats without a price`];
  if (payment.cost === seatQty * price) return [];
  return [`reservation ${id} cost ${payment.cost}, not ${seatQty} seats at ${price}`];
}

function wrongHold({ id, status, flightId, seatQty }: Reservation, hold: Hold | undefined): string[] {
  const holdsSeats = hold?.status === 'HELD';
  if (holdsSeats !== (status === 'SUCCEED')) {
    return [`reservation ${id} is ${status}, but its hold is ${hold?.status ?? 'not there'}`];
  }
  if (!holdsSeats || (hold.flightId === flightId && hold.seatQty === seatQty)) return [];
  return [`reservation ${id} holds ${hold.seatQty} seats of ${hold.flightId}, not ${seatQty} of ${flightId}`];
}

function wrongInfos({ reservations, infos }: Rows): string[] {
  const byCustomer = Map.groupBy(reservations, ({ customerId }) => customerId);
  const expected = [...byCustomer].map(([customerId, own]) =>
    inWords({
      customerId,
      flightCount: own.length,
      recentReserveDate:
        own
          .map(({ reserveDate }) => reserveDate)
          .toSorted()
          .at(-1) ?? null,
      canceledCount: own.filter(({ status }) => status === 'CANCELED').length,
    }),
  );
  const inDashboard = infos.map(inWords);
  const [shouldBe, is] = [new Set(expected), new Set(inDashboard)];
  return [
    ...expected.filter((words) => !is.has(words)).map((words) => `missing in the dashboard: ${words}`),
    ...inDashboard.filter((words) => !shouldBe.has(words)).map((words) => `wrong in the dashboard: ${words}`),
    ...repeated(inDashboard).map((words) => `twice in the dashboard: ${words}`),
  ];
}

function wrongStatistics({ reservations, statistics = [] }: Rows): string[] {
  const of = (wanted: string) => reservations.filter(({ status }) => status === wanted).length;
  const expected = {
    placed: reservations.length,
    pending: of('PENDING'),
    succeeded: of('SUCCEED'),
    canceled: of('CANCELED'),
    customers: new Set(reservations.map(({ customerId }) => customerId)).size,
  };
  return statistics.flatMap((found) =>
    Object.entries(expected)
      .filter(([name, count]) => Reflect.get(found, name) !== count)
      .map(([name, count]) => `the statistics have ${Reflect.get(found, name)} ${name}, not ${count}`),
  );
}

const inWords = ({ customerId, flightCount, recentReserveDate, canceledCount }: Rows['infos'][number]) =>
  `customer ${customerId}: ${flightCount} placed, ${canceledCount} canceled, the latest for ${recentReserveDate}`;

const ofReservation = ({ reservationId }: { readonly reservationId: string }) => reservationId;

function seatsBy(rows: readonly { readonly flightId: string; readonly seatQty: number }[]) {
  const seats = new Map<string, number>();
  for (const { flightId, seatQty } of rows) seats.set(flightId, (seats.get(flightId) ?? 0) + seatQty);
  return seats;
}

function repeated(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words.filter((word) => seen.size === seen.add(word).size);
}
