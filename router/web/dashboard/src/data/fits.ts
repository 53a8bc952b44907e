import type { CustomerInfoFilter, FlightFilter, ReservationFilter } from '../generated/graphql.ts';
import { plainReference } from './reference.ts';
import type { Customer, Flight, Reservation } from './rows.ts';

/** Whether a row fits each field of a filter; one of the graph without any is a type error, as pushed rows would ignore it. */
type Fits<Row, Filter> = {
  readonly [Field in keyof Filter]-?: (row: Row, asked: NonNullable<Filter[Field]>) => boolean;
};

/** Whether a row that was pushed fits a filter, as the server's rows do; a field that is not asked for fits. */
export const fitting =
  <Row, Filter extends object>(fits: Fits<Row, Filter>) =>
  (row: Row, filter: Filter): boolean => {
    for (const field in fits) {
      const asked = filter[field];
      if (asked != null && !fits[field](row, asked)) return false;
    }
    return true;
  };

/** The server takes the letters of ASCII in either case. */
export const inCapitals = (code: string) => code.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

export const fitsFlight = fitting<Flight, FlightFilter>({
  flightCode: (row, code) => row.flightCode === code,
  flightCodePrefix: (row, prefix) => inCapitals(row.flightCode).startsWith(inCapitals(prefix)),
  takeoffDateFrom: (row, from) => row.takeoffDate >= from,
  takeoffDateTo: (row, to) => row.takeoffDate <= to,
  minRemainingSeats: (row, seats) => row.remainingSeatsCount >= seats,
  costTo: (row, cost) => row.cost <= cost,
  currency: (row, currency) => row.currency === currency,
});

export const fitsReservation = fitting<Reservation, ReservationFilter>({
  reference: (row, reference) => plainReference(row.reference) === plainReference(reference),
  customerId: (row, customerId) => row.customerId === customerId,
  flightId: (row, flightId) => row.flightId === flightId,
  status: (row, status) => row.status === status,
  cancelReason: (row, reason) => row.cancelReason === reason,
  placedFrom: (row, from) => Date.parse(row.placedAt) >= Date.parse(from),
  placedTo: (row, to) => Date.parse(row.placedAt) < Date.parse(to),
});

export const fitsCustomer = fitting<Customer, CustomerInfoFilter>({
  customerIdPrefix: ({ customerId }, prefix) => customerId.startsWith(prefix),
});
