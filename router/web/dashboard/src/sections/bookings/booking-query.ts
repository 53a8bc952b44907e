import { placeOf } from '../../app/address.ts';
import { formatDate } from '../../app/format.ts';
import { momentOf } from '../../app/input.ts';
import { referenceOfId } from '../../data/reference.ts';
import type { CancelReason, ReservationFilter, ReservationStatus } from '../../generated/graphql.ts';
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

/** What the address asks for; what cannot be read in it is no condition. */
export function bookingFilterOf(query: URLSearchParams): ReservationFilter {
  const reference = query.get(names.reference);
  const customerId = query.get(names.customer);
  const flightId = query.get(names.flight);
  const wanted = query.get(names.status);
  const status = statuses.find((each) => each === wanted);
  const cancelReason = reasons.find((each) => each === wanted);
  const placedFrom = placedFromOf(query.get(names.from) ?? '');
  const placedTo = placedToOf(query.get(names.to) ?? '');
  return {
    ...(reference && { reference: referenceIn(reference) }),
    ...(customerId && { customerId }),
    ...(flightId && { flightId }),
    ...(status && { status }),
    ...(cancelReason && { cancelReason }),
    ...(placedFrom && { placedFrom }),
    ...(placedTo && { placedTo }),
  };
}

/** Each condition in words. @param codeOf the code of a flight, by its id */
export function conditionsOf(
  query: URLSearchParams,
  codeOf: (id: string) => string,
  { texts, language }: Speech,
): string[] {
  const { reference, customerId, flightId, status, cancelReason, placedFrom, placedTo } =
    bookingFilterOf(query);
  const words = texts.bookings.conditions;
  return [
    ...(reference ? [words.reference(reference)] : []),
    ...(customerId ? [words.customer(customerId)] : []),
    ...(flightId ? [words.flight(codeOf(flightId))] : []),
    ...(status ? [words.status(texts.status[status])] : []),
    ...(cancelReason ? [words.status(texts.reason[cancelReason])] : []),
    ...(placedFrom ? [words.from(formatDate(query.get(names.from) ?? '', language))] : []),
    ...(placedTo ? [words.to(formatDate(query.get(names.to) ?? '', language))] : []),
  ];
}
