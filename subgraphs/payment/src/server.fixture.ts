import { type SubgraphServerOptions, startSubgraphServer } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { type PaymentConfig, readConfig } from './config.ts';
import type { PaymentState } from './domain/model.ts';
import { migrations, startPayment } from './main.ts';
import { tables } from './store/tables.ts';

/** The subgraph alone, until the test ends. */
export async function servePayments(but: Partial<SubgraphServerOptions<PaymentConfig, PaymentState>> = {}) {
  const server = await startSubgraphServer<PaymentConfig, PaymentState>({
    service: 'payment',
    readConfig,
    start: startPayment,
    tables,
    migrations,
    ...but,
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}
