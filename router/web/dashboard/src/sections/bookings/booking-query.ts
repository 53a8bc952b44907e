import { placeOf } from '../../app/address.ts';
import { formatDate } from '../../app/format.ts';
import { momentOf } from '../../app/input.ts';
import { referenceOfId } from '../../data/reference.ts';
import type { CancelReason, ReservationFilter, ReservationStatus } from '../../generated/graphql.ts';
import { filterOf, type Search, wordsOf } from '../../lists/search.ts';
import type { Speech } from '../../texts/texts.ts';

/** The names of what is searched for, in the query string. */
export const names = {
  reference: 'reference',
  customer: 'customer',
  flight: 'flight',
  status: 'status',
  from: 'booked-from',
  to: 'booked-to',
} as const;

const statuses: readonly ReservationStatus[] = ['PENDING', 'SUCCEED', 'CANCELED'];
export const reasons: readonly CancelReason[] = [
  'SEATS_SOLD_OUT',
  'FLIGHT_NOT_FOUND',
  'FLIGHT_DEPARTED',
  'PAYMENT_DECLINED',
  'CUSTOMER',
  'EXPIRED',
];

/** The reference in what someone has typed or pasted: that itself, a booking's id, or the address of its page. */
function referenceIn(text: string): string {
  const place = placeOf(/\/bookings\/[^\s?#]+/.exec(text)?.[0] ?? '');
  const meant = place.page === 'booking' ? place.id : text.trim();
  return referenceOfId(meant) ?? meant;
}

export const placedFromOf = (day: string) => momentOf(day);
/** Exclusive. */
export const placedToOf = (day: string) => momentOf(day, 1);

interface Asked extends Speech {
  readonly query: URLSearchParams;
  /** The code of a flight, by its id. */
  readonly codeOf: (id: string) => string;
}

const search: Search<ReservationFilter, Asked> = {
  reference: {
    read: (query) => referenceIn(query.get(names.reference) ?? ''),
    say: (reference, { texts }) => texts.bookings.conditions.reference(reference),
  },
  customerId: {
    read: (query) => query.get(names.customer),
    say: (customer, { texts }) => texts.bookings.conditions.customer(customer),
  },
  flightId: {
    read: (query) => query.get(names.flight),
    say: (id, { texts, codeOf }) => texts.bookings.conditions.flight(codeOf(id)),
  },
  status: {
    read: (query) => statuses.find((each) => each === query.get(names.status)),
    say: (status, { texts }) => texts.bookings.conditions.status(texts.status[status]),
  },
  cancelReason: {
    read: (query) => reasons.find((each) => each === query.get(names.status)),
    say: (reason, { texts }) => texts.bookings.conditions.status(texts.reason[reason]),
  },
  placedFrom: {
    read: (query) => placedFromOf(query.get(names.from) ?? ''),
    say: (_, { texts, language, query }) =>
      texts.bookings.conditions.from(formatDate(query.get(names.from) ?? '', language)),
  },
  placedTo: {
    read: (query) => placedToOf(query.get(names.to) ?? ''),
    say: (_, { texts, language, query }) =>
      texts.bookings.conditions.to(formatDate(query.get(names.to) ?? '', language)),
  },
};

/** What the address asks for. */
export const bookingFilterOf = (query: URLSearchParams): ReservationFilter => filterOf(search, query);

/** Each condition in words. @param codeOf the code of a flight, by its id */
export const conditionsOf = (
  query: URLSearchParams,
  codeOf: (id: string) => string,
  speech: Speech,
): string[] => wordsOf(search, bookingFilterOf(query), { ...speech, query, codeOf });
