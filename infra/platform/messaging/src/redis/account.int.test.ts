import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { publisher } from '../stream.fixture.ts';
import { startProcess, startPublishing } from '../transport-contract/process.fixture.ts';
import { useCluster, useRedis, useSentinels } from './redis.fixture.ts';

/** What the transport does, and no more. */
const RIGHTS = ['~airline:*', '+@stream', '+eval', '+ping', '+hello', '+cluster|info'];
const CLUSTER_RIGHTS = ['+cluster|slots', '+cluster|keyslot'];

describe.each([
  ['a Redis', useRedis],
  ['a Redis with Sentinels', useSentinels],
  ['a Redis cluster', useCluster],
] as const)('an account on %s', requires('redis-server').options, (_, use) => {
  const redis = use();

  test('is that of the URL, and needs few rights', async () => {
    for (const server of redis.running().servers) {
      await server.command('ACL', 'SETUSER', 'airline', 'on', '>p@ss', ...RIGHTS, ...CLUSTER_RIGHTS);
    }
    const source = publisher();
    const from = (account: string) => () =>
      redis.transport({ url: redis.running().url.replace('//', `//${account}@`) });
    const refused = startPublishing(from('airline:other'), source);
    await source.write(1);
    await until('it has failed', () => refused.transport.lastError()?.includes('offline'));

    const accepted = startPublishing(from('airline:p%40ss'), source);
    const one = accepted.consume('one');
    await until('it is delivered', () => one.delivered.length >= 1);
    await until('all is well', () => accepted.transport.lastError() === undefined);
    expect(refused.transport.lastError()).toContain('offline');
  });
});

describe('an account on Sentinels', requires('redis-server').options, () => {
  const redis = useSentinels();

  test('is that of the query', async () => {
    const { url, sentinels } = redis.running();
    for (const sentinel of sentinels)
      await sentinel.command('ACL', 'SETUSER', 'asking', 'on', '>p&ss', '+@all');
    const source = publisher();
    const asking = (password: string) => () =>
      redis.transport({ url: `${url}?sentinelUsername=asking&sentinelPassword=${password}` });
    const refused = startPublishing(asking('other'), source);
    await source.write(1);
    await until('it has failed', () => refused.transport.lastError()?.includes('offline'));
    startProcess(asking('p%26ss'), source).publish();
    await redis.published(source);
    expect(refused.transport.lastError()).toContain('offline');
  });
});
