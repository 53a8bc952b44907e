import type { Reader } from '@airline/database';
import {
  type Caller,
  createConnections,
  createLoader,
  filterCondition,
  type PageArguments,
  visibleTo,
  withoutIndex,
} from '@airline/service';
import { and, eq, ne, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { PaymentFilter } from '../generated/resolvers.ts';
import { payment } from './tables.ts';

type Arguments = PageArguments & { filter?: PaymentFilter | null | undefined };

/** Tombstones are not payments. */
const isPayment = ne(payment.status, 'VOID');

/** Reads payments for one request: those that its caller may read. */
export function createPaymentRepository(read: Reader, caller: Caller) {
  const idOf = ({ id }: { id: string }) => id;
  const rows = { read, table: payment };
  const own = visibleTo(caller, payment.customerId);
  const visible = and(isPayment, own);
  const connections = createConnections({ ...rows, by: payment.id, cursorOf: idOf, visible });
  const byId = createLoader({ ...rows, column: payment.id, keyOf: idOf, where: visible });
  const byReservation = createLoader({
    ...rows,
    column: payment.reservationId,
    keyOf: ({ reservationId }) => reservationId,
    where: visible,
  });

  return {
    byId: (id: string) => byId.load(id),
    ofReservation: (reservationId: string) => byReservation.load(reservationId),
    page: (args: Arguments) =>
      connections.all(args, conditionOf(args, own !== undefined || args.filter?.customerId != null)),
    ofCustomer: (customerId: string, args: Arguments) =>
      connections.of(payment.customerId, customerId, args, conditionOf(args, true)),
  };
}

export type PaymentRepository = ReturnType<typeof createPaymentRepository>;

/** @param isOfCustomer whether the rows are those of a customer, by whose index they are read */
function conditionOf({ filter }: Arguments, isOfCustomer: boolean): SQL | undefined {
  const byStatus: SQLWrapper = isOfCustomer ? withoutIndex(payment.status) : payment.status;
  return filterCondition(filter, {
    customerId: (id) => eq(payment.customerId, id),
    status: (status) => eq(byStatus, status),
  });
}
