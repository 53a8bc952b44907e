import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { choice } from './choice.ts';
import { EnvError, parseEnvs } from './env.ts';
import type { Env } from './env-var.ts';
import { envVar } from './env-var.ts';

const schema = z.object({
  PORT: envVar.port.default(4001),
  TIMEOUT_MS: envVar.milliseconds.default(15_000),
  WORKERS: envVar.integer(1, 8).default(2),
  INTROSPECTION: envVar.boolean.default(true),
  DECLINE_RATE: envVar.rate.default(0),
  LOG_LEVEL: envVar.logLevel.default('info'),
  REDIS_URL: envVar.redisUrl.optional(),
  OTHER_URL: envVar.url('http', 'https').optional(),
});

const parseEnv = (of: z.ZodObject, env: Env) => parseEnvs('flight', [of], env)[0];

function refusal(env: Record<string, string | undefined>, of: z.ZodObject = schema): Error {
  try {
    parseEnv(of, env);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a refusal');
}

describe('parseEnv', () => {
  test('takes the defaults for what is unset', () => {
    expect(parseEnv(schema, { LOG_LEVEL: undefined })).toEqual({
      PORT: 4001,
      TIMEOUT_MS: 15_000,
      WORKERS: 2,
      INTROSPECTION: true,
      DECLINE_RATE: 0,
      LOG_LEVEL: 'info',
    });
  });

  test('reads what is set, as typed values', () => {
    const env = {
      PORT: '0',
      TIMEOUT_MS: '250',
      INTROSPECTION: 'off',
      DECLINE_RATE: '.5',
      REDIS_URL: 'redis://h:1',
    };
    expect(parseEnv(schema, { ...env, LOG_LEVEL: 'WARN', UNRELATED: 'x' })).toEqual({
      PORT: 0,
      TIMEOUT_MS: 250,
      WORKERS: 2,
      INTROSPECTION: false,
      DECLINE_RATE: 0.5,
      REDIS_URL: 'redis://h:1',
      LOG_LEVEL: 'warn',
    });
  });

  test('refuses what is empty or blank, which was meant to be set', () => {
    const required = schema.extend({ HOST: envVar.text });
    expect(refusal({ PORT: '', TIMEOUT_MS: '  ', HOST: '' }, required).message.split('\n').slice(1)).toEqual([
      '  PORT is blank; remove it, or give it a value',
      '  TIMEOUT_MS is blank; remove it, or give it a value',
      '  HOST is blank; remove it, or give it a value',
    ]);
  });

  test('takes a blank variable of OpenTelemetry for unset, as its specification says', () => {
    const traces = z.object({ OTEL_BSP_SCHEDULE_DELAY: envVar.milliseconds.default(5000) });
    expect(parseEnv(traces, { OTEL_BSP_SCHEDULE_DELAY: '' })).toEqual({ OTEL_BSP_SCHEDULE_DELAY: 5000 });
  });

  test('names every invalid variable, its value and the expected kind', () => {
    const error = refusal({
      PORT: '70000',
      WORKERS: '9',
      INTROSPECTION: 'maybe',
      DECLINE_RATE: '1.5',
      LOG_LEVEL: 'all',
    });
    expect(error).toBeInstanceOf(EnvError);
    expect(error.message.split('\n')).toEqual([
      'Invalid environment variables:',
      '  PORT is "70000"; expected a port, 0 to 65535 (0 picks a free one)',
      '  WORKERS is "9"; expected a whole number from 1 to 8',
      '  INTROSPECTION is "maybe"; expected true or false',
      '  DECLINE_RATE is "1.5"; expected a number from 0 to 1, such as 0.05',
      '  LOG_LEVEL is "all"; expected one of fatal, error, warn, info, debug, trace, silent',
    ]);
  });

  test.each([
    ['foo'],
    ['https://a.example/'],
    ['https://a.example/path'],
    ['https://user@a.example'],
    ['ftp://a.example'],
    ['a.example'],
    ['null'],
    ['https://a.example,'],
    ['https://a.example, *'],
    ['https://*.example'],
  ])('takes no "%s" for a list of origins', (ORIGINS) => {
    const lists = z.object({ ORIGINS: envVar.origins });
    expect(refusal({ ORIGINS }, lists).message).toContain(
      `ORIGINS is ${JSON.stringify(ORIGINS)}; expected origins such as https://www.example.com`,
    );
  });

  test.each([
    ['http://localhost'],
    ['localhost/'],
    ['a b'],
    ['user@localhost'],
    ['localhost:x'],
    ['localhost, *'],
    ['[::1'],
    ['*.example.com'],
  ])('takes no "%s" for a list of hosts', (HOSTS) => {
    const lists = z.object({ HOSTS: envVar.hosts });
    expect(refusal({ HOSTS }, lists).message).toContain(
      `HOSTS is ${JSON.stringify(HOSTS)}; expected hosts such as www.example.com`,
    );
  });

  test('reads lists of origins and hosts', () => {
    const lists = z.object({ ORIGINS: envVar.origins, HOSTS: envVar.hosts });
    expect(
      parseEnv(lists, {
        ORIGINS: 'https://a.example, http://LOCALHOST:5173',
        HOSTS: 'A.example, localhost:8088,[::1],[::1]:443, 127.0.0.1:80',
      }),
    ).toEqual({
      ORIGINS: ['https://a.example', 'http://localhost:5173'],
      HOSTS: ['a.example', 'localhost:8088', '[::1]', '[::1]:443', '127.0.0.1:80'],
    });
    expect(parseEnv(lists, { ORIGINS: '*', HOSTS: '*' })).toEqual({ ORIGINS: ['*'], HOSTS: ['*'] });
  });

  test('names a misspelled variable with the invalid ones', () => {
    expect(
      refusal({ PORT: 'x', TIMEOUT_SM: '250', FLIGHT_WORKERS: '2' }).message.split('\n').slice(1),
    ).toEqual([
      '  PORT is "x"; expected a port, 0 to 65535 (0 picks a free one)',
      '  TIMEOUT_SM is not a setting; did you mean TIMEOUT_MS?',
      '  FLIGHT_WORKERS is not a setting; did you mean WORKERS?',
    ]);
  });

  test.each(['-1', '1.5', '0x10', '1e3', '80a', 'NaN', '65536'])('refuses %s as a port', (PORT) => {
    expect(refusal({ PORT }).message).toContain('PORT is');
  });

  test('refuses a duration that a timer cannot hold', () => {
    expect(refusal({ TIMEOUT_MS: '2147483648' }).message).toContain('TIMEOUT_MS is');
  });

  test('names the expected kind of a missing variable', () => {
    const required = z.object({
      HOST: envVar.text,
      DATABASE_URL: envVar.url('postgres'),
      MODE: z.enum(['a', 'b']),
    });
    const lines = refusal({}, required).message;
    expect(lines).toContain('HOST is not set; expected a text');
    expect(lines).toContain('DATABASE_URL is not set; expected a URL such as postgres://host:port');
    expect(lines).toMatch(/MODE .*"a"\|"b"/);
  });

  test('does not show a URL, which may hold a password', () => {
    const error = refusal({ REDIS_URL: 'http://user:s3cret@host', OTHER_URL: 'redis://user:s3cret@host' });
    expect(error.message.split('\n').slice(1)).toEqual([
      '  REDIS_URL is invalid; expected redis://host:port, redis+sentinel://host:port,host:port/master ' +
        'or redis+cluster://host:port,host:port (rediss for TLS)',
      '  OTHER_URL is invalid; expected a URL such as http://host:port or https://host:port',
    ]);
  });

  test.each(['redis+sentinel://a:1,b:2/master', 'rediss+cluster://u:p@a:1,b:2'])('takes %s', (REDIS_URL) => {
    expect(parseEnv(schema, { REDIS_URL })).toMatchObject({ REDIS_URL });
  });

  describe('a choice', () => {
    const carriers = z.object(
      choice('CARRIER', {
        default: 'simulated',
        description: 'The carrier.',
        of: {
          acme: { CARRIER_KEY: envVar.text.optional() },
          simulated: { CARRIER_DELAY_MS: envVar.milliseconds.default(0) },
        },
      }),
    );

    test('has a default, and the variables of each choice', () => {
      expect(parseEnv(carriers, { CARRIER_DELAY_MS: '5' })).toEqual({
        CARRIER: 'simulated',
        CARRIER_DELAY_MS: 5,
      });
      const [acme] = parseEnvs('flight', [carriers], { CARRIER: 'acme', CARRIER_KEY: 'k' });
      expect([
        acme.CARRIER satisfies 'simulated' | 'acme',
        acme.CARRIER_KEY satisfies string | undefined,
      ]).toEqual(['acme', 'k']);
    });

    test('refuses a name that is none, and the variables of another choice', () => {
      expect(refusal({ CARRIER: 'acne' }, carriers).message).toContain('expected one of acme, simulated');
      expect(refusal({ CARRIER_KEY: 's3cret' }, carriers).message.split('\n').slice(1)).toEqual([
        '  CARRIER_KEY requires CARRIER=acme; CARRIER is simulated',
      ]);
    });

    test('of a misspelled default, or with a variable of two choices, is a type error', () => {
      const of = { acme: {}, simulated: {} };
      // @ts-expect-error: no such choice.
      expect(choice('CARRIER', { default: 'acne', description: '', of })).toHaveProperty('CARRIER');
      const KEY = envVar.text;
      const twice = { acme: { KEY }, other: { KEY } };
      // @ts-expect-error: the second schema would be read for both.
      expect(choice('CARRIER', { default: 'acme', description: '', of: twice })).toHaveProperty('CARRIER');
    });
  });

  test('shows errors of the whole environment, too', () => {
    const coupled = schema.refine((env) => env.WORKERS === 1, { message: 'WORKERS must be 1 with SQLite' });
    expect(refusal({}, coupled).message).toContain('  WORKERS must be 1 with SQLite');
  });
});
