import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracesConfig } from './traces-config.ts';
import { createTracing, type Tracing } from './tracing.ts';

/** Timeout of the last export when the process stops. */
const FLUSH_TIMEOUT_MS = 2_000;
const EXPORT_TIMEOUT_MS = 5_000;

export interface RunningTracing extends Tracing {
  /** Sends the remaining spans, for two seconds at most. */
  close(): Promise<void>;
}

/**
 * Sends spans to a collector in batches (OTLP over HTTP, in JSON), in the background: without a collector spans are dropped,
 * which is logged once.
 */
export function startTracing(service: string, config: TracesConfig, logger: Logger): RunningTracing {
  const { endpoint, sampler, samplerArgument, batchDelayMs } = config;
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new TracerProvider({
    resource: detectResources({ detectors: [resourceAttributesEnvDetector] }).merge(
      resourceFromAttributes({ 'service.name': service, 'service.namespace': 'airline' }),
    ),
    sampler: samplerOf(sampler, samplerArgument),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: loggingOutages(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), logger),
        scheduledDelayMillis: batchDelayMs,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  // Refused, and not needed, where another service of this process has set one.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  return {
    ...createTracing(provider.getTracer('airline')),
    close: async () => {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** The six samplers of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/. */
function samplerOf(name: TracesConfig['sampler'], argument: number): Sampler {
  const roots = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(argument),
  };
  switch (name) {
    case 'always_on':
    case 'always_off':
    case 'traceidratio':
      return roots[name]();
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: roots.always_on() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: roots.always_off() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: roots.traceidratio() });
  }
}

/** Logs the first of consecutive failures, and their end. */
function loggingOutages(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;

  function exported({ code, error }: ExportResult): void {
    const failed = code !== ExportResultCode.SUCCESS;
    if (failed === isFailing) return;
    isFailing = failed;
    if (failed) logger.warn({ err: error }, 'trace export failed; spans are dropped until it succeeds');
    else logger.info('trace export works again');
  }

  return {
    export: (spans: ReadableSpan[], done) =>
      exporter.export(spans, (result) => {
        exported(result);
        done(result);
      }),
    forceFlush: async () => {
      await exporter.forceFlush?.();
    },
    shutdown: () => exporter.shutdown(),
  };
}
