import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { defaultSubscriptions } from './admission/variables.ts';
import { readConfig } from './config.ts';

describe("the router's configuration", () => {
  test('has a default for everything', () => {
    const { supergraphFile, pages, trustedDocuments, ...config } = readConfig({});
    expect(config).toEqual({
      port: 8088,
      host: '127.0.0.1',
      drainMs: 0,
      logLevel: 'info',
      subgraphUrls: {},
      subgraphTimeoutMs: 15_000,
      sharesQueries: true,
      overrides: { labels: [], header: undefined },
      introspection: true,
      cacheRedisUrl: undefined,
      costLimit: 10_000,
      budget: { perSecond: 250_000, burstSeconds: 10 },
      responseLimits: { bytes: 8_388_608, objects: 50_000 },
      apqCacheSeconds: 0,
      clientAddress: { header: undefined, hops: 1 },
      corsOrigins: [],
      hstsSeconds: 0,
      auditLog: 'stdout',
      signIn: { clientId: 'airline', scope: 'openid profile offline_access' },
      admission: {
        operations: { clientInFlight: 128, clientShare: 8, inFlight: 256, queue: 1_024 },
        connections: { perClient: 1_000, inAll: 10_000 },
      },
      subscriptionLimits: {
        perConnection: 1_000,
        perClient: 1_000,
        costPerClient: 20_000,
        inAll: defaultSubscriptions(),
      },
      version: '0.1.0',
      telemetry: {},
    });
    expect(basename(supergraphFile)).toBe('supergraph.graphql');
    expect(existsSync(supergraphFile)).toBe(true);
    expect(trustedDocuments.mode).toBe('allow');
    expect(trustedDocuments.files.every(existsSync)).toBe(true);
    expect(pages).toMatchObject({ dashboard: true, playground: true, operate: true });
    expect(existsSync(join(pages.folder, '../vite.config.ts'))).toBe(true);
  });

  test('has room for as many subscriptions as a quarter of the heap holds, unless it says how many', () => {
    expect(defaultSubscriptions(344_000_000)).toBe(13_030);
    expect(defaultSubscriptions(4_000_000_000)).toBe(100_000);
    expect(defaultSubscriptions()).toBe(defaultSubscriptions(getHeapStatistics().heap_size_limit));
    expect(readConfig({ SUBSCRIPTIONS_MAX: '200000' }).subscriptionLimits.inAll).toBe(200_000);
  });

  test('is read from the environment', () => {
    const traceUrl = 'https://jaeger.example/trace/{traceId}';
    const config = readConfig({
      ROUTER_PORT: '0',
      FLIGHT_URL: 'http://flight:4002/graphql',
      INTROSPECTION: 'false',
      PLAYGROUND: 'false',
      OVERRIDE_LABELS: 'new-fares, new-seats',
      OVERRIDE_LABELS_HEADER: 'X-Overrides',
      WEB_DIR: '/srv/pages',
      TRACE_URL: traceUrl,
      CLIENT_ADDRESS_HEADER: 'X-Forwarded-For',
      TRUSTED_DOCUMENTS: 'only',
      TRUSTED_DOCUMENTS_FILES: 'pages.json, app.json',
    });
    expect(config).toMatchObject({
      port: 0,
      subgraphUrls: { flight: 'http://flight:4002/graphql' },
      introspection: false,
      overrides: { labels: ['new-fares', 'new-seats'], header: 'x-overrides' },
      clientAddress: { header: 'x-forwarded-for', hops: 1 },
      trustedDocuments: { mode: 'only', files: ['pages.json', 'app.json'] },
      pages: {
        folder: '/srv/pages',
        dashboard: true,
        playground: false,
        operate: true,
        settings: { traceUrl },
      },
    });
  });

  test('is refused by the names of its variables', () => {
    const read = () => readConfig({ ROUTER_PORT: 'http', PAYMENT_URL: 'payment:4003' });
    expect(read).toThrow('ROUTER_PORT is "http"; expected a port');
    expect(() => readConfig({ CORS_ORIGINS: 'foo' })).toThrow('CORS_ORIGINS is "foo"; expected origins');
    expect(() => readConfig({ ALLOWED_HOSTS: 'http://a' })).toThrow(
      'ALLOWED_HOSTS is "http://a"; expected hosts',
    );
    expect(read).toThrow('PAYMENT_URL is invalid; expected a URL such as http://host:port');
    expect(() => readConfig({ PAYMENT_URLS: 'x' })).toThrow(
      'PAYMENT_URLS is not a setting; did you mean PAYMENT_URL?',
    );
    expect(() => readConfig({ ROUTER_PLAYGROUND: 'off' })).toThrow('did you mean PLAYGROUND?');
  });
});
