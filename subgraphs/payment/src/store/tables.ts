import { int, key, optionalText, type Row, type Tables, table, text } from '@airline/database';
import type { PaymentState, PaymentStatus } from '../domain/model.ts';

export const payment = table(
  'payment',
  {
    reservationId: key(),
    id: text(),
    customerId: text(),
    cost: int(),
    currency: text({ default: 'KRW' }),
    status: text<PaymentStatus>(),
    canceled: int(),
    // Of rows from before there was the column, the provider may have the charge.
    openCharges: int({ default: 1 }),
    paidAt: optionalText(),
    refundedAt: optionalText(),
    updatedAt: text(),
  },
  [{ on: ['id'], unique: true }, { on: ['customerId', 'id'] }, { on: ['status', 'id'] }],
);

export const tables = { payment } satisfies Tables<PaymentState>;

export type PaymentRow = Row<typeof payment>;
