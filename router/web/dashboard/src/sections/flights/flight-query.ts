import { formatDate, formatMoney, formatNumber } from '../../app/format.ts';
import { amountOf, currencies, DEFAULT_CURRENCY, int, isDay } from '../../app/input.ts';
import type { FlightQuery } from '../../data/kinds.ts';
import type { FlightFilter, FlightOrder } from '../../generated/graphql.ts';
import { filterOf, type Search, wordsOf } from '../../lists/search.ts';
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

/** Its flights are searched for by the beginning of their codes. */
const search: Search<Omit<FlightFilter, 'flightCode'>, Speech & Pick<FlightQuery, 'filter'>> = {
  flightCodePrefix: {
    read: (query) => query.get(names.code),
    say: (code, { texts }) => texts.flights.conditions.code(code),
  },
  takeoffDateFrom: {
    read: (query) => dayIn(query.get(names.from)),
    say: (from, { texts, language }) => texts.flights.conditions.from(formatDate(from, language)),
  },
  takeoffDateTo: {
    read: (query) => dayIn(query.get(names.to)),
    say: (to, { texts, language }) => texts.flights.conditions.to(formatDate(to, language)),
  },
  minRemainingSeats: {
    read: (query) => int(query.get(names.seats) ?? ''),
    say: (seats, { texts, language }) => texts.flights.conditions.seats(formatNumber(seats, language)),
  },
  currency: {
    read: currencyOf,
    say: (currency, { texts, filter }) =>
      filter.costTo == null ? texts.flights.conditions.currency(currency) : undefined,
  },
  costTo: {
    read: (query) => amountOf(query.get(names.cost) ?? '', currencyOf(query) ?? DEFAULT_CURRENCY),
    say: (cost, { texts, language, filter }) =>
      texts.flights.conditions.cost(formatMoney(cost, language, filter.currency ?? DEFAULT_CURRENCY)),
  },
};

const dayIn = (text: string | null) => (text !== null && isDay(text) ? text : undefined);

/** What the address asks for. */
export function flightQueryOf(query: URLSearchParams): FlightQuery {
  const order = orders.get(query.get(names.order) ?? '') ?? 'REGISTERED';
  return { filter: filterOf(search, query), order, isDescending: order === 'REGISTERED' };
}

/** Each condition in words. */
export const conditionsOf = ({ filter }: FlightQuery, speech: Speech): string[] =>
  wordsOf(search, filter, { ...speech, filter });
