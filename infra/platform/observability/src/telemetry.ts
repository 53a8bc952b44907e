import type { Logger } from 'pino';
import { createMetrics, type Metrics, noMetrics } from './metrics.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** The samplers that OTEL_TRACES_SAMPLER may name. */
export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Where traces go, and which. */
export interface TracesConfig {
  /** Base URL of an OTLP/HTTP receiver. */
  readonly endpoint: string;
  readonly sampler: (typeof samplers)[number];
  /** For the samplers by ratio: the share of traces, from 0 to 1. */
  readonly samplerArgument: number;
  /** How long spans wait for others to be sent with. */
  readonly batchDelayMs: number;
}

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
