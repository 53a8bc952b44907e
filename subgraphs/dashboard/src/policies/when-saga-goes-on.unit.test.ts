import type { EventData } from '@airline/schema/events';
import { happened } from '@airline/testing/scenario';
import { describe, expect, test } from 'vitest';
import { given, noFacts } from '../dashboard.fixture.ts';
import type { SagaStep } from '../domain/model.ts';
import { type SagaEventType, sagaEventTypes } from '../domain/saga-step.ts';
import { policies } from './index.ts';
import { whenSagaGoesOn } from './when-saga-goes-on.ts';

const all = {
  reservationId: 'r1',
  customerId: 'c1',
  flightId: 'f1',
  paymentId: 'p1',
  seatQty: 3,
  cost: 200,
  currency: 'EUR',
  remainingSeatsCount: 2,
  reserveDate: '2024-11-21',
  reason: 'SEATS_SOLD_OUT',
};

/** One event with all the fields that its schema might ask for. */
const eventOf = (type: SagaEventType) => happened(type, all as unknown as EventData<typeof type>);

describe('when a saga goes on', () => {
  const paid = { amount: 200, currency: 'EUR' };

  test.each<[SagaEventType, string, string | null, Partial<SagaStep>]>([
    [
      'RemainingSeatsDecreased',
      'flight',
      '3 seats held at 200 each, 2 remain',
      { seatQty: 3, amount: 600, currency: 'EUR' },
    ],
    ['RemainingSeatsIncreased', 'flight', '3 seats released, 2 remain', { seatQty: 3 }],
    ['SeatsSoldOut', 'flight', 'SEATS_SOLD_OUT', { seatQty: 3, reason: 'SEATS_SOLD_OUT' }],
    ['Paid', 'payment', '200 paid', paid],
    ['PaymentDeclined', 'payment', '200 declined', paid],
    ['PaymentRefunded', 'payment', '200 refunded', paid],
    ['ReservationSucceeded', 'reservation', null, {}],
  ])('%s becomes a step of its history', (event, service, detail, facts) => {
    const { time } = eventOf(event);
    given()
      .when(whenSagaGoesOn(eventOf(event) as never))
      .thenPublished()
      .thenHolds({
        step: [
          {
            id: `${event}/r1`,
            reservationId: 'r1',
            event,
            service: service as 'flight',
            at: time,
            detail,
            ...noFacts,
            ...facts,
            customerId: null,
            reserveDate: null,
            statistics: 'DONE',
          },
        ],
      });
  });

  test.each([
    [`00-${'ab'.repeat(16)}-${'c'.repeat(16)}-01`, 'ab'.repeat(16)],
    ['not a traceparent', null],
    [undefined, null],
  ])('its step has the trace of %j', (traceparent, traceId) => {
    const event = { ...eventOf('Paid'), ...(traceparent !== undefined && { traceparent }) };
    const { rows } = given().when(whenSagaGoesOn(event as never));
    expect(rows.step).toMatchObject([{ traceId }]);
  });

  test('every event of a saga has a policy that notes its step', () => {
    for (const type of sagaEventTypes) {
      const policy = policies[type];
      if (!policy) throw new Error(`There is no policy for ${type}.`);
      const { rows } = given().when(policy(eventOf(type) as never));
      expect(rows.step).toMatchObject([{ event: type }]);
    }
  });
});
