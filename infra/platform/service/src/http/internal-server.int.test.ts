import { createMetrics } from '@airline/observability';
import { recording } from '@airline/observability/recorded-lines';
import { raw } from '@airline/testing/hostile-input';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Health } from './health.ts';
import { serveWithHealth } from './health-server.ts';
import { serveWithMetrics } from './metrics-server.ts';

const servers = {
  health: async (options: Parameters<typeof serveWithHealth>[0]) =>
    await serveWithHealth(options, async () => ({ close: async () => {} })),
  metrics: async (options: Parameters<typeof serveWithHealth>[0]) =>
    await serveWithMetrics({ ...options, metrics: createMetrics() }, async () => ({ close: async () => {} })),
};

describe.each(['health', 'metrics'] as const)('the server of %s', (name) => {
  test.each([
    ['of readiness', 'GET /health/ready HTTP/1.1\r\nhost: localhost', '200'],
    ['without a path', 'GET /graphql HTTP/1.1\r\nhost: localhost', '404'],
    ['without a host', 'GET /graphql HTTP/1.1', name === 'health' ? '404' : '400'],
    ['that expects what is unknown', 'GET /graphql HTTP/1.1\r\nhost: localhost\r\nexpect: x', '404'],
    ['that is no HTTP', 'x', '400'],
    ['with long headers', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}`, '431'],
  ])('responds with `nosniff` to a request %s', async (_name, head, status) => {
    const { logger, lines } = recording('info');
    const health = new Health({ logger });
    const server = await servers[name]({ name: 'flight', host: '127.0.0.1', port: 0, health, logger });
    onTestFinished(() => server.close());
    const port = Number(lines.find(({ msg }) => msg === `serving ${name}`)?.port);
    const response = await raw(port, `${head}\r\nconnection: close\r\n\r\n`);
    expect(response).toContain(`HTTP/1.1 ${status} `);
    expect(response).toContain('x-content-type-options: nosniff\r\n');
  });
});
