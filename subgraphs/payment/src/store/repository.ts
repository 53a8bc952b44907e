import type { Reader } from '@airline/database';
import { createConnections, createLoader, type PageArguments } from '@airline/service';
import { and, eq, ne, type SQL } from 'drizzle-orm';
import type { PaymentFilter } from '../generated/resolvers.ts';
import { payment } from './tables.ts';

type Arguments = PageArguments & { filter?: PaymentFilter | null | undefined };

/** Tombstones are not payments. */
const isPayment = ne(payment.status, 'VOID');

/** Reads payments for one request. */
export function createPaymentRepository(read: Reader) {
  const idOf = ({ id }: { id: string }) => id;
  const connections = createConnections({ read, table: payment, by: payment.id, cursorOf: idOf });
  const byId = createLoader({ read, table: payment, column: payment.id, keyOf: idOf, where: isPayment });
  const byReservation = createLoader({
    read,
    table: payment,
    column: payment.reservationId,
    keyOf: ({ reservationId }) => reservationId,
    where: isPayment,
  });

  return {
    byId: (id: string) => byId.load(id),
    ofReservation: (reservationId: string) => byReservation.load(reservationId),
    page: (args: Arguments) => connections.all(args, conditionOf(args)),
    ofCustomer: (customerId: string, args: Arguments) =>
      connections.of(payment.customerId, customerId, args, conditionOf(args)),
  };
}

export type PaymentRepository = ReturnType<typeof createPaymentRepository>;

function conditionOf({ filter }: Arguments): SQL | undefined {
  const { customerId, status } = filter ?? {};
  return and(
    isPayment,
    customerId == null ? undefined : eq(payment.customerId, customerId),
    status == null ? undefined : eq(payment.status, status),
  );
}
