import type { Reader } from '@airline/database';
import {
  type Caller,
  createConnections,
  createListLoader,
  createLoader,
  mayRead,
  type PageArguments,
  visibleTo,
} from '@airline/service';
import { and, gt, or } from 'drizzle-orm';
import { inOrder, ownerOf } from '../domain/saga-step.ts';
import { info, step } from './tables.ts';

/** A recount leaves zeroes in the info of a customer who never reserved; that is no info. */
const isAny = or(gt(info.flightCount, 0), gt(info.canceledCount, 0));

/** Reads the read model for one request: what its caller may read. */
export function createDashboardRepository(read: Reader, caller: Caller) {
  const customerOf = ({ customerId }: { customerId: string }) => customerId;
  const rows = { read, table: info };
  const visible = and(isAny, visibleTo(caller, info.customerId));
  const infos = createConnections({ ...rows, by: info.customerId, cursorOf: customerOf, visible });
  const byCustomer = createLoader({ ...rows, column: info.customerId, keyOf: customerOf, where: visible });
  const steps = createListLoader({
    read,
    table: step,
    column: step.reservationId,
    keyOf: ({ reservationId }) => reservationId,
  });

  return {
    infoOf: (customerId: string) => byCustomer.load(customerId),
    infos: (args: PageArguments) => infos.all(args),
    historyOf: async (reservationId: string) => {
      const found = await steps.load(reservationId);
      if (!mayRead(caller, ownerOf(found))) return [];
      // An older release, which keys steps by other ids, may have stored one beside its replay.
      return inOrder([...new Map(found.map((each) => [each.event, each])).values()]);
    },
  };
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>;
