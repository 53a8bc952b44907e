import { badUserInput, requireOperator } from '@airline/service';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

/** Reservations, or customers, of one request. */
const MOST = 1000;

function atMost(field: string, list: readonly unknown[]): void {
  if (list.length > MOST) throw badUserInput(field, `"${field}" must have at most ${MOST} entries.`);
}

// For operators only: dashboard-rebuild asks these.
export const Mutation = {
  countBeyondLog: async (_parent, { reservations, logStart }, context) => {
    requireOperator(context);
    atMost('reservations', reservations);
    const told = reservations.map(({ canceledAt, ...rest }) => ({ ...rest, canceledAt: canceledAt ?? null }));
    return await context.recounts.beyondLog(told, logStart ?? undefined);
  },

  recountCustomers: async (_parent, { customers, logStart }, context) => {
    requireOperator(context);
    atMost('customers', customers);
    const sums = customers.map(({ recentReserveDate, ...rest }) => ({
      ...rest,
      recentReserveDate: recentReserveDate ?? null,
    }));
    return await context.recounts.recount(sums, logStart);
  },
} satisfies MutationResolvers<Context>;
