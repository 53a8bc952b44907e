import { describe, expect, test } from 'vitest';
import { databaseLabel } from '../runtime/open-database.ts';
import { choice } from './choice.ts';
import { envVar } from './env-var.ts';
import { readServiceConfig, serviceVariables } from './service-config.ts';

const read = (env: Record<string, string>) => readServiceConfig('flight', {}, env);

describe("a service's database", () => {
  test('is a file by default', () => {
    expect(read({ DATA_DIR: '/data' })).toMatchObject({
      databaseUrl: 'file:/data/flight.sqlite',
      databasePoolSize: 10,
    });
  });

  test.each(['file:/data/own.sqlite', 'postgres://user:secret@db:5432/flight', 'postgresql://db/flight'])(
    'is taken as %s',
    (url) => {
      expect(read({ FLIGHT_DB_URL: url, DB_POOL_SIZE: '4' })).toMatchObject({
        databaseUrl: url,
        databasePoolSize: 4,
      });
    },
  );

  test.each([
    'file:',
    '/data/own.sqlite',
    'mysql://user:secret@db/flight',
    'postgres//user:secret@db',
    'postgres://a:secret@:x',
  ])('is refused as %s, by the name of its variable and without what is secret', (url) => {
    expect(() => read({ FLIGHT_DB_URL: url })).toThrow(/FLIGHT_DB_URL is invalid; .*postgres:\/\//);
    expect(() => read({ FLIGHT_DB_URL: url })).not.toThrow(/secret/);
  });

  test('is shown without credentials', () => {
    expect(databaseLabel('postgres://user:secret@db:5432/flight?password=secret')).toBe(
      'postgres://db:5432/flight',
    );
    expect(databaseLabel('file:/data/own.sqlite')).toBe('file:/data/own.sqlite');
  });
});

describe('several replicas', () => {
  const shared = { REPLICAS: '3', FLIGHT_DB_URL: 'postgres://db/flight', REDIS_URL: 'redis://redis' };

  test('share PostgreSQL and Redis', () => {
    expect(read(shared)).toMatchObject({ databaseUrl: 'postgres://db/flight' });
  });

  test('are refused with a file', () => {
    expect(() => read({ ...shared, FLIGHT_DB_URL: 'file:/data/flight.sqlite' })).toThrow(
      /REPLICAS=3.*\n {2}FLIGHT_DB_URL is file:\/data\/flight.sqlite; several replicas require postgres/,
    );
    const { FLIGHT_DB_URL: _, ...without } = shared;
    expect(() => read(without)).toThrow(/FLIGHT_DB_URL is file:.data\/flight.sqlite/);
  });

  test('are refused with the embedded transport', () => {
    const { REDIS_URL: _, ...without } = shared;
    expect(() => read(without)).toThrow(/REPLICAS=3.*\n {2}REDIS_URL is not set/);
  });
});

test('a misspelled variable is refused, also one of the names with the prefix of the service', () => {
  expect(() => read({ FLIGHT_PROT: '1' })).toThrow('FLIGHT_PROT is not a setting; did you mean FLIGHT_PORT?');
  expect(() => read({ FLIGHT_DATABASE_URL: 'file:a' })).toThrow('did you mean FLIGHT_DB_URL?');
});

test.each([
  ['FLIGHT_CARRIER', 'CARRIER_KEY', 'CARRIER_KEY has to begin with FLIGHT_'],
  ['CARRIER', 'FLIGHT_CARRIER_KEY', 'CARRIER has to begin with FLIGHT_'],
])('a choice %s with %s, which could be misspelled unseen, is refused', (variable, key, message) => {
  const carriers = (chooser: string, name: string) =>
    choice(chooser, { default: 'acme', description: '', of: { acme: { [name]: envVar.text.optional() } } });
  expect(() => serviceVariables('flight', carriers(variable, key))).toThrow(message);
  expect(serviceVariables('flight', carriers('FLIGHT_CARRIER', 'FLIGHT_CARRIER_KEY'))).toBeDefined();
});

test('variables have the types of their schemas, and a misspelled one is a type error', () => {
  const config = readServiceConfig('flight', { SEATS_PER_ROW: envVar.integer(1, 10).default(6) }, {});
  expect(config.SEATS_PER_ROW satisfies number).toBe(6);
  // @ts-expect-error: there is no such variable.
  expect(config.SEATS_PRE_ROW).toBeUndefined();
  // @ts-expect-error: nor a field of that name.
  expect(config.datadir).toBeUndefined();
});

test('a service that takes requests from anyone listens on loopback, unless that is meant', () => {
  expect(() => read({ HOST: '0.0.0.0' })).toThrow(/HOST is 0\.0\.0\.0, .*set SUBGRAPH_SECRET.*or OPEN=true/);
  expect(read({ HOST: '0.0.0.0', OPEN: 'true' }).host).toBe('0.0.0.0');
  expect(read({ HOST: '0.0.0.0', SUBGRAPH_SECRET: 's'.repeat(32) }).host).toBe('0.0.0.0');
  expect(() => read({ SUBGRAPH_SECRET: 'too-short' })).toThrow(/SUBGRAPH_SECRET is invalid/);
  expect(() => read({ SUBGRAPH_SECRET: 'too-short' })).not.toThrow(/too-short/);
});
