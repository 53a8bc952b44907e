import { type SubgraphServerOptions, startSubgraphServer } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { type FlightConfig, readConfig } from './config.ts';
import type { FlightState } from './domain/model.ts';
import { migrations, startFlight } from './main.ts';
import { tables } from './store/tables.ts';

/** The subgraph alone, until the test ends. */
export async function serveFlights(but: Partial<SubgraphServerOptions<FlightConfig, FlightState>> = {}) {
  const server = await startSubgraphServer<FlightConfig, FlightState>({
    service: 'flight',
    readConfig,
    start: startFlight,
    tables,
    migrations,
    ...but,
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
