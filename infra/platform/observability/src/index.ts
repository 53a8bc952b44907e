export { createBoundedNames } from './bounded-names.ts';
export { followLogLevel, type LogLevelFileOptions } from './log-level-file.ts';
export {
  createLogger,
  type Logger,
  type LoggerOptions,
  type LogLevel,
  logLevels,
  setLevel,
} from './logger.ts';
export { loopUtilization } from './loop-utilization.ts';
export {
  type LabelsArgument,
  type MetricDefinition,
  type MetricName,
  metricCatalog,
} from './metric-catalog.ts';
export {
  type Collect,
  createMetrics,
  METRICS_TYPE,
  type Metrics,
  noMetrics,
  type SetValue,
} from './metrics.ts';
export { createOutage, isAnnounced, type Outage } from './outage.ts';
export { processMetrics } from './process-metrics.ts';
export type { Recent } from './recent.ts';
export {
  noTelemetry,
  type RunningTelemetry,
  startTelemetry,
  type Telemetry,
  type TelemetryOptions,
} from './telemetry.ts';
export { activeTraceparent, describeActiveSpan, parseTraceparent } from './trace-context.ts';
export { samplers, type TracesConfig } from './traces-config.ts';
export {
  createTracing,
  epochMs,
  noTracing,
  type OpenSpan,
  type SpanOptions,
  type Tracing,
} from './tracing.ts';
export { type WatchedFile, type WatchFileOptions, watchFile } from './watch-file.ts';
