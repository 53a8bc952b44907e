import {
  AT,
  type Permitted,
  type PersonalData,
  type RowsOfBookings,
  rankOf,
} from '@airline/testing/ownership';
import type { PaymentState } from './domain/model.ts';

export const rowsOf: RowsOfBookings<PaymentState> = (booked) => ({
  payment: booked.flatMap(({ id, owner, payment, index }) =>
    payment === undefined
      ? []
      : [
          {
            reservationId: id,
            id,
            customerId: owner,
            cost: rankOf(owner) * 1000 + index,
            currency: 'KRW',
            status: payment,
            canceled: 0,
            paidAt: AT,
            openCharges: 0,
            refundedAt: null,
            updatedAt: AT,
          },
        ],
  ),
});

export const personalData: PersonalData<PaymentState> = {
  payment: { customerId: 'kept: accounting law' },
};

export const permitted: readonly Permitted[] = [];
