import { subgraph as dashboardSubgraph } from '@airline/dashboard';
import { figuresOf } from '@airline/dashboard/domain/figures';
import type { DashboardState } from '@airline/dashboard/domain/model';
import { tables as dashboardTables } from '@airline/dashboard/store/tables';
import type { DescribedReservation } from '@airline/dashboard/workers/rebuild';
import { subgraph as flightSubgraph } from '@airline/flight';
import type { FlightState } from '@airline/flight/domain/model';
import { tables as flightTables } from '@airline/flight/store/tables';
import type { Policies } from '@airline/messaging';
import { subgraph as paymentSubgraph } from '@airline/payment';
import type { PaymentState } from '@airline/payment/domain/model';
import { tables as paymentTables } from '@airline/payment/store/tables';
import { subgraph as reservationSubgraph } from '@airline/reservation';
import type { ReservationState } from '@airline/reservation/domain/model';
import { tables as reservationTables } from '@airline/reservation/store/tables';
import type { Rows } from '../invariants.ts';
import { openService } from './service.ts';

/** Policies that take the place of the real ones, to see what the real ones are good for. */
export interface Variants {
  readonly dashboard?: Policies<DashboardState>;
  readonly flight?: Policies<FlightState>;
  readonly payment?: Policies<PaymentState>;
}

const START = Date.parse('2024-11-21T10:00:00.000Z');

/** The four services over real databases in memory, with a clock that stands until it is moved. */
export function openServices(variants: Variants = {}) {
  let elapsedMs = 0;
  let ids = 0;
  const now = () => new Date(START + elapsedMs);
  const newId = () => {
    ids += 1;
    return `01934e00-0000-7000-8000-${ids.toString(16).padStart(12, '0')}`;
  };
  const given = { now, newId };

  const reservation = openService<ReservationState>({
    ...given,
    name: 'reservation',
    tables: reservationTables,
    migrations: reservationSubgraph.migrations,
    policies: reservationSubgraph.policies,
  });
  const flight = openService<FlightState>({
    ...given,
    name: 'flight',
    tables: flightTables,
    migrations: flightSubgraph.migrations,
    policies: { ...flightSubgraph.policies, ...variants.flight },
  });
  const payment = openService<PaymentState>({
    ...given,
    name: 'payment',
    tables: paymentTables,
    migrations: paymentSubgraph.migrations,
    policies: { ...paymentSubgraph.policies, ...variants.payment },
  });
  const dashboard = openService<DashboardState>({
    ...given,
    name: 'dashboard',
    tables: dashboardTables,
    migrations: dashboardSubgraph.migrations,
    policies: { ...dashboardSubgraph.policies, ...variants.dashboard },
  });
  const services = { reservation, flight, payment, dashboard };

  /** As the dashboard has them, whose figures are those of its counters. */
  async function statistics() {
    const [totals] = await dashboard.rows(dashboardTables.totals);
    const infos = await dashboard.rows(dashboardTables.info);
    const customers = infos.filter(({ flightCount }) => flightCount > 0).length;
    return [figuresOf({ totals, customers, tallies: [], latencies: [] }, [])];
  }

  const all = Object.values(services);

  return {
    ...services,
    all,
    now,
    newId,
    /** Moves the clock on; what happens in between is of the same millisecond. */
    pass: (ms: number) => {
      elapsedMs += ms;
    },
    rows: async () =>
      ({
        flights: await flight.rows(flightTables.flight),
        holds: await flight.rows(flightTables.hold),
        reservations: await reservation.rows(reservationTables.reservation),
        payments: await payment.rows(paymentTables.payment),
        infos: await dashboard.rows(dashboardTables.info),
        statistics: await statistics(),
      }) satisfies Rows,
    /** As the graph describes them to a rebuild of the dashboard. */
    describedReservations: async (): Promise<DescribedReservation[]> => {
      const rows = await reservation.rows(reservationTables.reservation);
      return rows.map(({ status, cancelReason: reason, updatedAt: at, ...rest }) => ({
        ...rest,
        succeededAt: status === 'SUCCEED' ? at : null,
        canceled: reason && { at, reason },
      }));
    },
    steps: () => dashboard.rows(dashboardTables.step),
    reset: () => {
      elapsedMs = 0;
      ids = 0;
      for (const service of all) service.reset();
    },
    close: async () => {
      await Promise.all(all.map((service) => service.close()));
    },
  };
}

export type FourServices = ReturnType<typeof openServices>;
