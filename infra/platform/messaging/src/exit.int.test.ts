import { freePort, makeCertificate, requires, startRedisServer, tempFolder } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ended, outcome } from './exit-outcome.fixture.ts';
import { useRedis } from './redis/redis.fixture.ts';

describe('a process that has closed all that it started', () => {
  test('ends by itself on the embedded transport', async () => {
    expect(await outcome('embedded', 'after delivery')).toEqual(ended);
  });

  test.each(['at once', 'after a failure'])('ends by itself without a Redis: %s', async (when) => {
    expect(await outcome(`redis://127.0.0.1:${await freePort()}`, when)).toEqual(ended);
  });

  test.each(['redis+sentinel', 'redis+cluster'])('ends by itself without %s', async (scheme) => {
    const hosts = `127.0.0.1:${await freePort()},127.0.0.1:${await freePort()}`;
    const url = `${scheme}://${hosts}${scheme === 'redis+sentinel' ? '/airline' : ''}`;
    expect(await outcome(url, 'after a failure')).toEqual(ended);
  });
});

describe('a process on Redis that has closed all that it started', requires('redis-server').options, () => {
  const redis = useRedis();

  test.each(['at once', 'after delivery'])('ends by itself: %s', async (when) => {
    expect(await outcome(redis.server().url, when)).toEqual(ended);
  });

  test('ends by itself when Redis does not reply', async () => {
    redis.server().pause();
    onTestFinished(() => redis.server().resume());
    expect(await outcome(redis.server().url, 'at once')).toEqual(ended);
  });
});

describe.skipIf(requires('redis-server').missing)(
  'a process on Redis with TLS',
  requires('openssl').options,
  () => {
    /** A server whose certificate is for `localhost`. */
    async function secured() {
      await using starting = new AsyncDisposableStack();
      const folder = starting.use(await tempFolder());
      const { key, certificate } = makeCertificate(folder.path);
      const port = await freePort();
      starting.use(
        await startRedisServer(
          ...['--tls-port', String(port), '--tls-auth-clients', 'no'],
          ...['--tls-cert-file', certificate, '--tls-key-file', key],
        ),
      );
      const running = starting.move();
      onTestFinished(() => running.disposeAsync());
      return { port, certificate };
    }

    test('checks the certificate', async () => {
      const { port, certificate } = await secured();
      const url = `rediss://localhost:${port}`;
      expect(await outcome(url, 'after delivery', { NODE_EXTRA_CA_CERTS: certificate })).toEqual(ended);
      expect(await outcome(url, 'after a failure')).toEqual(ended);
    });
  },
);
