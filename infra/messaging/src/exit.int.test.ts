import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, requires, startRedisServer, tempFolder } from '@airline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useCluster, useRedis, useSentinels } from './redis/redis.fixture.ts';

const script = new URL('./exit.fixture.ts', import.meta.url).pathname;

/** Runs the fixture to its end, which it has to find by itself. */
async function outcome(url: string, when: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, url, when], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

const ended = { code: 0, output: 'closed' };

describe('a process that has closed all that it started', () => {
  it('ends by itself on the embedded transport', async () => {
    expect(await outcome('embedded', 'after delivery')).toEqual(ended);
  });

  it.each(['at once', 'after a failure'])('ends by itself without a Redis: %s', async (when) => {
    expect(await outcome(`redis://127.0.0.1:${await freePort()}`, when)).toEqual(ended);
  });

  it.each(['redis+sentinel', 'redis+cluster'])('ends by itself without %s', async (scheme) => {
    const hosts = `127.0.0.1:${await freePort()},127.0.0.1:${await freePort()}`;
    const url = `${scheme}://${hosts}${scheme === 'redis+sentinel' ? '/airline' : ''}`;
    expect(await outcome(url, 'after a failure')).toEqual(ended);
  });
});

describe('a process on Redis that has closed all that it started', requires('redis-server').options, () => {
  const redis = useRedis();

  it.each(['at once', 'after delivery'])('ends by itself: %s', async (when) => {
    expect(await outcome(redis.server().url, when)).toEqual(ended);
  });

  it('ends by itself when Redis does not answer', async () => {
    redis.server().pause();
    onTestFinished(() => redis.server().resume());
    expect(await outcome(redis.server().url, 'at once')).toEqual(ended);
  });
});

describe.each([
  ['Sentinels', useSentinels],
  ['a cluster', useCluster],
] as const)(
  'a process with %s that has closed all that it started',
  requires('redis-server').options,
  (_, use) => {
    const redis = use();

    it.each(['at once', 'after delivery'])('ends by itself: %s', async (when) => {
      expect(await outcome(redis.running().url, when)).toEqual(ended);
    });

    it('ends by itself when Redis does not answer', async () => {
      for (const server of redis.running().servers) {
        server.pause();
        onTestFinished(() => server.resume());
      }
      expect(await outcome(redis.running().url, 'at once')).toEqual(ended);
    });
  },
);

describe.skipIf(requires('redis-server').missing)(
  'a process on Redis with TLS',
  requires('openssl').options,
  () => {
    /** A server whose certificate is for `localhost`. */
    async function secured() {
      await using starting = new AsyncDisposableStack();
      const folder = starting.use(await tempFolder());
      const [key, certificate] = [join(folder.path, 'key.pem'), join(folder.path, 'certificate.pem')];
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:prime256v1',
            '-nodes',
            '-days',
            '2',
          ],
          ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
          ...['-keyout', key, '-out', certificate],
        ],
        { stdio: 'ignore' },
      );
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

    it('checks the certificate', async () => {
      const { port, certificate } = await secured();
      const url = `rediss://localhost:${port}`;
      expect(await outcome(url, 'after delivery', { NODE_EXTRA_CA_CERTS: certificate })).toEqual(ended);
      expect(await outcome(url, 'after a failure')).toEqual(ended);
    });
  },
);
