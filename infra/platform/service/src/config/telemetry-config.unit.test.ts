import { describe, expect, test } from 'vitest';
import { readServiceConfig } from './service-config.ts';

const read = (env: Record<string, string>) => readServiceConfig('flight', {}, env).telemetry;

describe('the telemetry of a process', () => {
  test('is the log, and metrics on the endpoint’s port, by default', () => {
    expect(read({})).toEqual({
      metricsPort: undefined,
      healthPort: undefined,
      logLevelFile: undefined,
      traces: undefined,
    });
  });

  test('is configured by the variables of OpenTelemetry', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT }).traces).toEqual({
      endpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
      sampler: 'parentbased_always_on',
      samplerArgument: 1,
      batchDelayMs: 5_000,
    });
    const sampled = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.05' };
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT,
      ...sampled,
      METRICS_PORT: '0',
      HEALTH_PORT: '9465',
      LOG_LEVEL_FILE: '/etc/level',
    };
    expect(read(env)).toMatchObject({
      metricsPort: 0,
      healthPort: 9465,
      logLevelFile: '/etc/level',
      traces: { sampler: 'parentbased_traceidratio', samplerArgument: 0.05 },
    });
  });

  test.each([
    ['METRICS_PORT', 'http', /METRICS_PORT is "http"; expected a port/],
    ['HEALTH_PORT', 'http', /HEALTH_PORT is "http"; expected a port/],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317', /OTEL_EXPORTER_OTLP_ENDPOINT is invalid; .*http/],
    [
      'OTEL_TRACES_SAMPLER',
      'some',
      /OTEL_TRACES_SAMPLER is "some"; expected one of .*parentbased_traceidratio/,
    ],
    ['OTEL_TRACES_SAMPLER_ARG', '5', /OTEL_TRACES_SAMPLER_ARG is "5"; expected a number from 0 to 1/],
  ])('is refused where %s is %s', (name, value, reason) => {
    expect(() => read({ [name]: value })).toThrow(reason);
  });
});
