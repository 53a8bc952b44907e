import { type Reader, startsWith } from '@airline/database';
import {
  type Caller,
  createConnections,
  createListLoader,
  createLoader,
  filterCondition,
  mayRead,
  type Order,
  type PageArguments,
  visibleTo,
} from '@airline/service';
import { and, gt, or } from 'drizzle-orm';
import { inOrder, ownerOf } from '../domain/saga-step.ts';
import type { CustomerInfoFilter, CustomerInfoOrder } from '../generated/resolvers.ts';
import { type CustomerInfoRow, info, latency, recentReserveDate, step, tally, totals } from './tables.ts';

type Arguments = PageArguments & { filter?: CustomerInfoFilter | null | undefined };

/** All but the default, which is by customer id. */
const orders = {
  FLIGHT_COUNT: { by: info.flightCount, type: 'number', valueOf: ({ flightCount }) => flightCount },
  RECENT_RESERVE_DATE: {
    by: recentReserveDate,
    type: 'string',
    valueOf: ({ recentReserveDate: date }) => date ?? '',
  },
  UPDATED: { by: info.updatedAt, type: 'string', valueOf: ({ updatedAt }) => updatedAt },
} satisfies Record<Exclude<CustomerInfoOrder, 'CUSTOMER'>, Order<CustomerInfoRow>>;

/** A recount leaves zeroes in the info of a customer who never reserved; that is no info. */
const isAny = or(gt(info.flightCount, 0), gt(info.canceledCount, 0));

/** Tallies of a table: 180 minutes with 20 rows each, which a minute never has. */
const MOST_TALLIES = 180 * 20;

/** Reads the read model for one request: what its caller may read. */
export function createDashboardRepository(read: Reader, caller: Caller) {
  const customerOf = ({ customerId }: { customerId: string }) => customerId;
  const rows = { read, table: info };
  const visible = and(isAny, visibleTo(caller, info.customerId));
  const infos = createConnections({ ...rows, by: info.customerId, cursorOf: customerOf, orders, visible });
  const byCustomer = createLoader({ ...rows, column: info.customerId, keyOf: customerOf, where: visible });
  const steps = createListLoader({
    read,
    table: step,
    column: step.reservationId,
    keyOf: ({ reservationId }) => reservationId,
  });

  return {
    /** What statistics are read from, whoever asks. */
    counted: async (minutes: readonly string[]) => {
      const [first = '', last = ''] = [minutes[0], minutes.at(-1)];
      // What follows the ids of the last minute.
      const within = { after: [first], before: [`${last}~`], limit: MOST_TALLIES };
      const [[all], customers, tallies, latencies] = await Promise.all([
        read.page(totals, { limit: 1 }),
        read.count(info, gt(info.flightCount, 0)),
        read.page(tally, within),
        read.page(latency, within),
      ]);
      return { totals: all, customers, tallies, latencies };
    },
    infoOf: (customerId: string) => byCustomer.load(customerId),
    infos: (args: Arguments) =>
      infos.all(
        args,
        filterCondition(args.filter, {
          customerIdPrefix: (prefix) => startsWith(info.customerId, prefix),
        }),
      ),
    historyOf: async (reservationId: string) => {
      const found = await steps.load(reservationId);
      if (!mayRead(caller, ownerOf(found))) return [];
      // An older release, which keys steps by other ids, may have stored one beside its replay.
      return inOrder([...new Map(found.map((each) => [each.event, each])).values()]);
    },
  };
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>;
