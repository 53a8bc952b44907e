import { describe, expect, test } from 'vitest';
import { misspelled } from './misspelled.ts';

const known = new Set(['HOST', 'LOG_LEVEL', 'OTEL_BSP_SCHEDULE_DELAY', 'PAYMENT_PORT', 'PAYMENT_PROVIDER']);
const linesFor = (env: Record<string, string>) => misspelled(env, known, 'PAYMENT_');

describe('a variable that is meant for a process and unknown to it is named with the nearest known one', () => {
  test.each([
    ['a missing letter', 'PAYMENT_PROVDER', 'PAYMENT_PROVIDER'],
    ['a missing letter of the prefix', 'PAYMNT_PORT', 'PAYMENT_PORT'],
    ['a letter too much', 'LOG_LEVELL', 'LOG_LEVEL'],
    ['another letter', 'LOG_LEVAL', 'LOG_LEVEL'],
    ['two letters swapped', 'LOG_LEVLE', 'LOG_LEVEL'],
    ['lower case', 'log_level', 'LOG_LEVEL'],
    ['another name with its prefix', 'PAYMENT_PROVIDER_NAME', 'PAYMENT_PROVIDER'],
    ['its prefix before a name without one', 'PAYMENT_LOG_LEVEL', 'LOG_LEVEL'],
    ['its prefix before a misspelled one', 'PAYMENT_LOG_LEVL', 'LOG_LEVEL'],
  ])('%s: %s', (_, name, nearest) => {
    expect(linesFor({ [name]: 'x' })).toEqual([`${name} is not a setting; did you mean ${nearest}?`]);
  });
});

describe('what is left to others', () => {
  test.each([
    ['a known variable', { PAYMENT_PORT: '1', HOST: 'x' }],
    ['one that is blank', { PAYMENT_PROVDER: ' ' }],
    ['one of another service', { FLIGHT_PORT: '1', RESERVATION_LOG_LEVEL: 'info', HOLD_TIME_MS: '1' }],
    [
      'where the process is, and the router’s pages',
      { PAYMENT_URL: 'http://h/graphql', DASHBOARD_PAGE: 'off' },
    ],
    ['one near a short name', { POST: 'x', HOSTS: 'x' }],
    ['one of OpenTelemetry two edits away', { OTEL_BLRP_SCHEDULE_DELAY: '1' }],
    [
      "Kubernetes' service links",
      {
        PAYMENT_SERVICE_HOST: '10.0.0.7',
        PAYMENT_SERVICE_PORT: '4003',
        PAYMENT_SERVICE_PORT_HTTP: '4003',
        PAYMENT_PORT_4003_TCP: 'tcp://10.0.0.7:4003',
        PAYMENT_PORT_4003_TCP_PROTO: 'tcp',
        PAYMENT_PORT_4003_TCP_ADDR: '10.0.0.7',
        PAYMENT_DB_PORT: 'tcp://10.0.0.8:5432',
      },
    ],
  ])('%s', (_, env) => {
    expect(linesFor(env)).toEqual([]);
  });
});
