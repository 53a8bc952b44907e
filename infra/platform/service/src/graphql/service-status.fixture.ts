import { noMetrics } from '@airline/observability';
import type { ServiceStatusOptions } from './service-status.ts';

/** Of a service that does nothing. */
export const idle: ServiceStatusOptions = {
  version: '1',
  replica: 'host-1',
  startedAt: new Date(0),
  health: { readiness: async () => ({ status: 'ready', checks: {} }) },
  messaging: () => undefined,
  deadLetters: async () => 0,
  metrics: noMetrics,
};
