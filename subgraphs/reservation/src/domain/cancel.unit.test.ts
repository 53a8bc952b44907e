import { cancelReasons } from '@airline/schema/events';
import { describe, test } from 'vitest';
import {
  canceledFor,
  given,
  LATER,
  pending,
  reservationCanceled,
  succeeded,
} from '../reservation.fixture.ts';
import { cancel, cancelByCustomer } from './cancel.ts';
import type { CancelReason, Known } from './model.ts';

const cancelFor = (reason: CancelReason) => ({
  keys: { reservation: 'r1' },
  decide: (known: Known) => cancel(known, reason, LATER),
});

const cancelAs = (customer: string | undefined) => ({
  keys: { reservation: 'r1' },
  decide: (known: Known) => cancelByCustomer(known, customer, LATER),
});
const byCustomer = cancelAs('c1');

describe('canceling', () => {
  test.each(cancelReasons)('a pending reservation is canceled for %s', (reason) => {
    given({ reservation: [pending] })
      .when(cancelFor(reason))
      .thenPublished(reservationCanceled(reason))
      .thenHolds({ reservation: [canceledFor(reason)] });
  });

  test.each(cancelReasons.filter((reason) => reason !== 'CUSTOMER'))(
    'one that succeeded is not canceled for %s',
    (reason) => {
      given({ reservation: [succeeded] })
        .when(cancelFor(reason))
        .thenNothing();
    },
  );

  test.each(cancelReasons)('canceled is final, for any reason: %s', (reason) => {
    given({ reservation: [canceledFor('EXPIRED')] })
      .when(cancelFor(reason))
      .thenNothing();
  });

  test('does nothing without a reservation', () => {
    given().when(cancelFor('EXPIRED')).thenNothing();
  });
});

describe('canceling by the customer', () => {
  test.each([
    ['a pending one', pending],
    ['one that succeeded', succeeded],
  ])('cancels %s and returns it', (_which, before) => {
    const after = canceledFor('CUSTOMER');
    given({ reservation: [before] })
      .when(byCustomer)
      .thenPublished(reservationCanceled('CUSTOMER'))
      .thenReturns(after)
      .thenHolds({ reservation: [after] });
  });

  test('twice is no error: the second time changes nothing and keeps the first reason', () => {
    given({ reservation: [pending] })
      .when(cancelFor('SEATS_SOLD_OUT'))
      .when(byCustomer)
      .thenNothing()
      .thenReturns(canceledFor('SEATS_SOLD_OUT'));
  });

  test('is done for any customer by one who acts for all', () => {
    given({ reservation: [pending] })
      .when(cancelAs(undefined))
      .thenReturns(canceledFor('CUSTOMER'));
  });

  test('of another changes nothing, and returns what it does without a reservation', () => {
    given({ reservation: [pending] })
      .when(cancelAs('c2'))
      .thenNothing()
      .thenReturns(undefined);
  });

  test('returns nothing without a reservation', () => {
    given().when(byCustomer).thenNothing().thenReturns(undefined);
  });
});
