import { samplers, type TracesConfig } from '@airline/observability';
import { z } from 'zod';
import { envVar } from './env-var.ts';

/** The variables by which every process is told how it is watched; those with OTEL_ are OpenTelemetry's own. */
export const telemetryVariables = {
  METRICS_PORT: envVar.port.optional(),
  LOG_LEVEL_FILE: envVar.text.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: envVar.url('http', 'https').optional(),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, { error: `should be one of ${samplers.join(', ')}` })
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: envVar.rate.default(1),
  OTEL_BSP_SCHEDULE_DELAY: envVar.milliseconds.default(5_000),
} satisfies z.ZodRawShape;

/** How a process is watched. */
export interface TelemetryConfig {
  /** Where `/metrics` has a listener of its own; undefined: it is served beside `/graphql`. */
  readonly metricsPort: number | undefined;
  /** A file whose text is the log's level, also when it changes. */
  readonly logLevelFile: string | undefined;
  /** Undefined: traces are off. */
  readonly traces: TracesConfig | undefined;
}

export function telemetryConfig(
  variables: z.output<z.ZodObject<typeof telemetryVariables>>,
): TelemetryConfig {
  const endpoint = variables.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    metricsPort: variables.METRICS_PORT,
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
