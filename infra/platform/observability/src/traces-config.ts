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
