import type { Saved } from '../data/library.ts';
import acrossServices from './across-services.graphql?raw';
import anotherFlight from './another-flight.graphql?raw';
import cancel from './cancel.graphql?raw';
import counts from './counts.graphql?raw';
import countsAfterwards from './counts-afterwards.graphql?raw';
import deferred from './deferred.graphql?raw';
import departed from './departed.graphql?raw';
import everySeat from './every-seat.graphql?raw';
import history from './history.graphql?raw';
import promotions from './promotions.graphql?raw';
import registerFlight from './register-flight.graphql?raw';
import soldOut from './sold-out.graphql?raw';
import watch from './watch.graphql?raw';

/** A prepared operation. */
export interface Case extends Saved {
  /** Of its operation; the texts have its title and what it shows by it. */
  readonly name: CaseName;
}

export type CaseName =
  | 'RegisterFlight'
  | 'SoldOut'
  | 'AnotherFlight'
  | 'EverySeat'
  | 'Counts'
  | 'Cancel'
  | 'CountsAfterwards'
  | 'History'
  | 'Departed'
  | 'Promotions'
  | 'AcrossServices'
  | 'Deferred'
  | 'Watch';

const prepared = (name: CaseName, query: string, variables?: Readonly<Record<string, unknown>>): Case => ({
  name,
  query,
  variables: variables ? JSON.stringify(variables, null, 2) : '',
});

const flightId = '{{LATEST_FLIGHT}}';
const reservationId = '{{LATEST_RESERVATION}}';
/** Customers of the flight alone: they have reserved nothing before, however often the cases are run. */
const [one, two] = ['1 of {{LATEST_FLIGHT}}', '2 of {{LATEST_FLIGHT}}'];

const input = (customerId: string, seatQty: number, reserveDate: string) => ({
  customerId,
  flightId,
  seatQty,
  reserveDate,
  awaitOutcome: true,
});

/** The acceptance cases and what shows their outcome, in the order in which they are to be run. */
export const cases: readonly Case[] = [
  prepared('RegisterFlight', registerFlight),
  prepared('SoldOut', soldOut, { one: input('1', 3, '2024-11-21'), two: input('2', 3, '2024-11-22') }),
  // Two of the first one's five seats remain, so case 2 has a flight of its own.
  prepared('AnotherFlight', anotherFlight),
  // Customer 1 comes last here, so that the latest reservation is the one to cancel.
  prepared('EverySeat', everySeat, {
    first: input(two, 1, '2024-11-23'),
    second: input(two, 1, '2024-12-25'),
    third: input(one, 3, '2024-11-11'),
  }),
  prepared('Counts', counts, { flightId, one, two }),
  prepared('Cancel', cancel, { reservationId }),
  prepared('CountsAfterwards', countsAfterwards, { flightId, one, two }),
  prepared('History', history, { reservationId }),
  prepared('Departed', departed, { input: input('4', 1, '2025-12-26') }),
  prepared('Promotions', promotions),
  prepared('AcrossServices', acrossServices, { flightId }),
  prepared('Deferred', deferred, { flightId }),
  prepared('Watch', watch),
];
