import {
  AT,
  customers,
  markOf,
  type Permitted,
  type PersonalData,
  type RowsOfBookings,
  rankOf,
  type Values,
} from '@airline/testing/ownership';
import type { DashboardState } from './domain/model.ts';

export const rowsOf: RowsOfBookings<DashboardState> = (booked) => ({
  info: customers
    .map((owner) => ({ owner, count: booked.filter((each) => each.owner === owner).length }))
    .filter(({ count }) => count > 0)
    .map(({ owner, count }) => ({
      customerId: owner,
      flightCount: rankOf(owner) * 100 + count,
      recentReserveDate: '2024-11-21',
      canceledCount: rankOf(owner),
      updatedAt: AT,
    })),
  step: booked.flatMap(({ id, owner, steps }) =>
    steps.map((event) => ({
      id: `${event}/${id}`,
      reservationId: id,
      event,
      service: event === 'Paid' ? ('payment' as const) : ('reservation' as const),
      at: AT,
      detail: `seats of ${markOf(owner)}`,
      seatQty: rankOf(owner) * 100,
      amount: rankOf(owner) * 1000,
      currency: 'KRW',
      reason: `reason of ${markOf(owner)}`,
      traceId: `trace of ${markOf(owner)}`,
      customerId: event === 'Paid' ? null : owner,
      reserveDate: null,
      statistics: 'DONE' as const,
    })),
  ),
  erasure: 'no query reads them',
  outcome: 'no query reads them',
  totals: 'they are of all customers',
  tally: 'they are of all customers',
  latency: 'they are of all customers',
});

export const values: Values = {
  customerIdPrefix: ['', 'k', ...customers, 'nobody'],
  minutes: [1, 2, null],
  FLIGHT_COUNT: ['150'],
  RECENT_RESERVE_DATE: ['2024-11-21'],
  UPDATED: [AT],
};

export const personalData: PersonalData<DashboardState> = {
  // The row stays without counts, so that nothing that comes late counts.
  info: { customerId: 'kept: of the erasure', recentReserveDate: 'erased' },
  step: {
    event: 'not personal',
    detail: 'not personal',
    reason: 'not personal',
    service: 'not personal',
    statistics: 'not personal',
    customerId: 'erased',
    reserveDate: 'erased',
  },
  erasure: { customerId: 'not shown: of the erasure', reason: 'not shown: of the erasure' },
  outcome: {},
  totals: {},
  tally: {},
  latency: {},
};

export const permitted: readonly Permitted[] = [
  {
    to: ['operator'],
    fields:
      /Mutation\.(replayReservations|recountCustomerInfos|eraseCustomer)|(RecountedInfos|ErasedCustomer)\.\w+/,
  },
  {
    to: ['staff', 'operator'],
    fields:
      /Query\.(statistics|eventsHeldUp)|(Statistics|MinuteStatistics|OutcomeCount|SagaLatency|LatencyBucket)\.\w+/,
  },
];
