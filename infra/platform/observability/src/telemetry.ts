import type { Logger } from 'pino';
import { createMetrics, type Metrics, noMetrics } from './metrics.ts';
import type { TracesConfig } from './traces-config.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** What a service records beside its log. */
export interface Telemetry {
  readonly tracing: Tracing;
  readonly metrics: Metrics;
}

export interface RunningTelemetry extends Telemetry {
  /** Sends the remaining spans. */
  close(): Promise<void>;
}

/** Telemetry that records nothing, for tests, benchmarks and commands. */
export const noTelemetry: Telemetry = { tracing: noTracing, metrics: noMetrics };

export interface TelemetryOptions {
  readonly service: string;
  /** Undefined: traces are off, and no module of the SDK is loaded. */
  readonly traces: TracesConfig | undefined;
  readonly logger: Logger;
}

export async function startTelemetry(options: TelemetryOptions): Promise<RunningTelemetry> {
  const { service, traces, logger } = options;
  const metrics = createMetrics();
  if (!traces) return { tracing: noTracing, metrics, close: async () => {} };
  const { startTracing } = await import('./sdk.ts');
  const tracing = startTracing(service, traces, logger);
  return { tracing, metrics, close: tracing.close };
}
