import { samplers, type TracesConfig } from '@airline/observability';
import type { z } from 'zod';
import { envVar } from './env-var.ts';

/** The variables of a process's log, metrics, health and traces; those with OTEL_ are OpenTelemetry's own. */
export const telemetryVariables = {
  METRICS_PORT: envVar.port
    .optional()
    .describe(
      'A separate port for `/metrics` and the details of `/health/ready`; without it, the port of `/graphql` serves them to this machine alone.',
    ),
  HEALTH_PORT: envVar.port
    .optional()
    .describe(
      'A separate port for `/health/live` and `/health/ready`, which a thread of its own serves whatever the load; without it, only the port of `/graphql` does.',
    ),
  LOG_LEVEL_FILE: envVar.text
    .optional()
    .describe('A file that holds the log level and is watched for changes.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: envVar
    .url('http', 'https')
    .optional()
    .describe('The collector of traces (OTLP over HTTP); without it, tracing is off.'),
  OTEL_TRACES_SAMPLER: envVar
    .oneOf(...samplers)
    .default('parentbased_always_on')
    .describe('Which traces are recorded, one of OpenTelemetry’s samplers.'),
  OTEL_TRACES_SAMPLER_ARG: envVar.rate
    .default(1)
    .describe('The sampled share of traces, for samplers by ratio.'),
  OTEL_BSP_SCHEDULE_DELAY: envVar.milliseconds
    .default(5_000)
    .describe('How long spans are batched before they are sent.'),
} satisfies z.ZodRawShape;

/** A process's log level file, metrics, health and traces. */
export interface TelemetryConfig {
  /** A separate port for `/metrics` and the details of readiness; undefined: this machine gets them at the port of `/graphql`. */
  readonly metricsPort: number | undefined;
  /** A separate port for health, served by a thread; undefined: the port of `/graphql` alone serves it. */
  readonly healthPort: number | undefined;
  /** A file that holds the log level and is watched for changes. */
  readonly logLevelFile: string | undefined;
  /** Undefined: tracing is off. */
  readonly traces: TracesConfig | undefined;
}

export function telemetryConfig(
  variables: z.output<z.ZodObject<typeof telemetryVariables>>,
): TelemetryConfig {
  const endpoint = variables.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    metricsPort: variables.METRICS_PORT,
    healthPort: variables.HEALTH_PORT,
    logLevelFile: variables.LOG_LEVEL_FILE,
    traces:
      endpoint === undefined
        ? undefined
        : {
            endpoint,
            sampler: variables.OTEL_TRACES_SAMPLER,
            samplerArgument: variables.OTEL_TRACES_SAMPLER_ARG,
            batchDelayMs: variables.OTEL_BSP_SCHEDULE_DELAY,
          },
  };
}
