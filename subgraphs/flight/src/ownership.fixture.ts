import {
  flightIds,
  type Permitted,
  type PersonalData,
  type RowsOfBookings,
  type Values,
} from '@airline/testing/ownership';
import type { FlightState } from './domain/model.ts';

/** Flights are everybody's. */
export const rowsOf: RowsOfBookings<FlightState> = () => ({
  flight: flightIds.slice(1).map((id) => ({
    id,
    flightCode: 'ACE890',
    takeoffDate: '2025-12-25',
    cost: 7,
    currency: 'KRW',
    capacity: 500,
    remainingSeatsCount: 300,
  })),
  hold: 'no query reads them',
});

export const values: Values = {
  flightCode: ['ACE890'],
  flightCodePrefix: ['a'],
  takeoffDate: ['2025-12-25'],
  takeoffDateFrom: ['2025-12-25'],
  takeoffDateTo: ['2025-12-25', null],
  minRemainingSeats: [1],
  cost: [8],
  costTo: [7],
  currency: ['KRW'],
  capacity: [500],
  remainingSeatsCount: [5],
  DEPARTURE: ['2025-12-25'],
  CODE: ['ACE890'],
  COST: ['7'],
};

export const personalData: PersonalData<FlightState> = {
  flight: { flightCode: 'not personal', takeoffDate: 'not personal' },
  hold: {},
};

export const permitted: readonly Permitted[] = [
  {
    to: 'anyone',
    fields:
      /Query\.(flights|flight|promotions)|Subscription\.flightUpdated|(FlightConnection|FlightEdge|Promotion)\.\w+|Flight\.(?!reservations$)\w+/,
  },
  {
    to: ['staff'],
    fields: /Mutation\.(registerFlight|updateFlight)|(RegisterFlight|UpdateFlight)Payload\.\w+/,
  },
];
