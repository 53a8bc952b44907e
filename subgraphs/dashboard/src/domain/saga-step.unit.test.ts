import { describe, expect, test } from 'vitest';
import { orders } from '../dashboard.fixture.ts';
import { inOrder } from './saga-step.ts';

const step = (event: string, at: string) => ({ event, at });
const ONE = '2024-11-21T10:00:00.000Z';
const NEXT = '2024-11-21T10:00:00.001Z';

describe('the history of a saga', () => {
  test('is in the order of time, whatever the order of arrival', () => {
    const history = [step('Paid', ONE), step('ReservationPlaced', NEXT)];
    expect(inOrder(history.toReversed())).toEqual(history);
  });

  test.each([
    ['that succeeds', ['ReservationPlaced', 'RemainingSeatsDecreased', 'Paid', 'ReservationSucceeded']],
    ['that is sold out', ['ReservationPlaced', 'SeatsSoldOut', 'ReservationCanceled']],
    [
      'whose payment is declined',
      [
        'ReservationPlaced',
        'RemainingSeatsDecreased',
        'PaymentDeclined',
        'ReservationCanceled',
        'RemainingSeatsIncreased',
      ],
    ],
    ['that the customer cancels', ['ReservationSucceeded', 'ReservationCanceled', 'PaymentRefunded']],
  ])('within a millisecond, a cause comes before its effect: one %s', (_which, events) => {
    const history = events.map((event) => step(event, ONE));
    for (const order of orders(history)) expect(inOrder(order)).toEqual(history);
  });

  test('leaves the steps that it is given as they were', () => {
    const steps = Object.freeze([step('Paid', NEXT), step('ReservationPlaced', ONE)]);
    expect(inOrder(steps)).not.toBe(steps);
  });
});
