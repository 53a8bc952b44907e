import type { ServiceConfig } from '@airline/service';
import { type SubgraphServerOptions, startSubgraphServer } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { readConfig } from './config.ts';
import type { DashboardState } from './domain/model.ts';
import { migrations, startDashboard } from './main.ts';
import { tables } from './store/tables.ts';

/** The subgraph alone, until the test ends. */
export async function serveDashboard(
  but: Partial<SubgraphServerOptions<ServiceConfig, DashboardState>> = {},
) {
  const server = await startSubgraphServer<ServiceConfig, DashboardState>({
    service: 'dashboard',
    readConfig,
    start: startDashboard,
    tables,
    migrations,
    ...but,
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
