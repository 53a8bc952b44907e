import { type SubgraphServerOptions, startSubgraphServer } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { type ReservationConfig, readConfig } from './config.ts';
import type { ReservationState } from './domain/model.ts';
import { migrations, startReservation } from './main.ts';
import { tables } from './store/tables.ts';

/** The subgraph alone, until the test ends. */
export async function serveReservations(
  but: Partial<SubgraphServerOptions<ReservationConfig, ReservationState>> = {},
) {
  const server = await startSubgraphServer<ReservationConfig, ReservationState>({
    service: 'reservation',
    readConfig,
    start: startReservation,
    tables,
    migrations,
    ...but,
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
