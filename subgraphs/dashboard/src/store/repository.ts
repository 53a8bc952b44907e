import type { Reader } from '@airline/database';
import { createConnections, createListLoader, createLoader, type PageArguments } from '@airline/service';
import { gt, or, type SQL } from 'drizzle-orm';
import { inOrder } from '../domain/saga-step.ts';
import { info, step } from './tables.ts';

/** A recount leaves zeroes in the info of a customer who never reserved; that is no info. */
const isAny = or(gt(info.flightCount, 0), gt(info.canceledCount, 0)) as SQL;

/** Reads the read model for one request. */
export function createDashboardRepository(read: Reader) {
  const customerOf = ({ customerId }: { customerId: string }) => customerId;
  const infos = createConnections({ read, table: info, by: info.customerId, cursorOf: customerOf });
  const byCustomer = createLoader({
    read,
    table: info,
    column: info.customerId,
    keyOf: customerOf,
    where: isAny,
  });
  const steps = createListLoader({
    read,
    table: step,
    column: step.reservationId,
    keyOf: ({ reservationId }) => reservationId,
  });

  return {
    infoOf: (customerId: string) => byCustomer.load(customerId),
    infos: (args: PageArguments) => infos.all(args, isAny),
    historyOf: async (reservationId: string) => {
      const found = await steps.load(reservationId);
      // An older release, which keys steps by other ids, may have stored one beside its replay.
      return inOrder([...new Map(found.map((each) => [each.event, each])).values()]);
    },
  };
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>;
