import { formatDate, formatMoney, formatNumber } from '../../app/format.ts';
import { amountOf, currencies, DEFAULT_CURRENCY, int, isDay } from '../../app/input.ts';
import type { FlightQuery } from '../../data/kinds.ts';
import type { FlightOrder } from '../../generated/graphql.ts';
import type { Speech } from '../../texts/texts.ts';

/** The names of what is searched for, in the query string. */
export const names = {
  code: 'code',
  from: 'departs-from',
  to: 'departs-to',
  seats: 'seats',
  cost: 'price-to',
  currency: 'currency',
  order: 'flights-by',
} as const;

/** Only the order of registration begins at its end. */
const orders: ReadonlyMap<string, FlightOrder> = new Map([
  ['departure', 'DEPARTURE'],
  ['code', 'CODE'],
  ['price', 'COST'],
]);

/** In which currency prices are searched for: one price says nothing of two of them. Undefined: in any, as no price is given. */
export function currencyOf(query: URLSearchParams): string | undefined {
  const asked = query.get(names.currency);
  if (asked !== null && currencies.includes(asked)) return asked;
  return query.has(names.cost) ? DEFAULT_CURRENCY : undefined;
}

/** What the address asks for; what cannot be read in it is no condition. */
export function flightQueryOf(query: URLSearchParams): FlightQuery {
  const [code, from, to] = [query.get(names.code), query.get(names.from), query.get(names.to)];
  const seats = int(query.get(names.seats) ?? '');
  const currency = currencyOf(query);
  const cost = currency === undefined ? undefined : amountOf(query.get(names.cost) ?? '', currency);
  const order = orders.get(query.get(names.order) ?? '') ?? 'REGISTERED';
  return {
    filter: {
      ...(code && { flightCodePrefix: code }),
      ...(from && isDay(from) && { takeoffDateFrom: from }),
      ...(to && isDay(to) && { takeoffDateTo: to }),
      ...(seats !== undefined && { minRemainingSeats: seats }),
      ...(currency && { currency }),
      ...(cost !== undefined && { costTo: cost }),
    },
    order,
    isDescending: order === 'REGISTERED',
  };
}

/** Each condition in words. */
export function conditionsOf({ filter }: FlightQuery, { texts, language }: Speech): string[] {
  const { flightCodePrefix, takeoffDateFrom, takeoffDateTo, minRemainingSeats, costTo, currency } = filter;
  const words = texts.flights.conditions;
  return [
    ...(flightCodePrefix ? [words.code(flightCodePrefix)] : []),
    ...(takeoffDateFrom ? [words.from(formatDate(takeoffDateFrom, language))] : []),
    ...(takeoffDateTo ? [words.to(formatDate(takeoffDateTo, language))] : []),
    ...(minRemainingSeats === undefined || minRemainingSeats === null
      ? []
      : [words.seats(formatNumber(minRemainingSeats, language))]),
    // With a price it is there, too.
    ...(currency
      ? [costTo == null ? words.currency(currency) : words.cost(formatMoney(costTo, language, currency))]
      : []),
  ];
}
