import { formatDate, formatNumber } from '../../app/format.ts';
import { wholeNumber } from '../../app/input.ts';
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
  order: 'flights-by',
} as const;

/** Only the order of registration begins at its end. */
const orders: ReadonlyMap<string, FlightOrder> = new Map([
  ['departure', 'DEPARTURE'],
  ['code', 'CODE'],
  ['price', 'COST'],
]);

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);

/** What the address asks for; what cannot be read in it is no condition. */
export function flightQueryOf(query: URLSearchParams): FlightQuery {
  const [code, from, to] = [query.get(names.code), query.get(names.from), query.get(names.to)];
  const seats = wholeNumber(query.get(names.seats) ?? '');
  const cost = wholeNumber(query.get(names.cost) ?? '');
  const order = orders.get(query.get(names.order) ?? '') ?? 'REGISTERED';
  return {
    filter: {
      ...(code && { flightCodePrefix: code }),
      ...(isDate(from) && { takeoffDateFrom: from }),
      ...(isDate(to) && { takeoffDateTo: to }),
      ...(seats !== undefined && { minRemainingSeats: seats }),
      ...(cost !== undefined && { costTo: cost }),
    },
    order,
    isDescending: order === 'REGISTERED',
  };
}

/** Each condition in words. */
export function conditionsOf({ filter }: FlightQuery, { texts, language }: Speech): string[] {
  const { flightCodePrefix, takeoffDateFrom, takeoffDateTo, minRemainingSeats, costTo } = filter;
  const words = texts.flights.conditions;
  return [
    ...(flightCodePrefix ? [words.code(flightCodePrefix)] : []),
    ...(takeoffDateFrom ? [words.from(formatDate(takeoffDateFrom, language))] : []),
    ...(takeoffDateTo ? [words.to(formatDate(takeoffDateTo, language))] : []),
    ...(minRemainingSeats === undefined || minRemainingSeats === null
      ? []
      : [words.seats(formatNumber(minRemainingSeats, language))]),
    ...(costTo === undefined || costTo === null ? [] : [words.cost(formatNumber(costTo, language))]),
  ];
}
