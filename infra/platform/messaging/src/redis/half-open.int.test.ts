import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

describe('connections that have fallen silent', requires('redis-server').options, () => {
  const redis = useRedis();

  test('are opened again', async () => {
    const { proxy, url } = await redis.proxied();
    const source = publisher();
    const { consume, tail } = startPublishing(() => redis.transport({ url, silentAfterMs: 2500 }), source);
    const one = consume('one');
    const { received } = await tail();
    await source.write(10);
    await until('all arrive', () => one.delivered.length >= 10 && received.length >= 10);
    proxy.silence();
    await source.write(10);
    await until('all arrive', () => one.seqs().includes(20) && received.length >= 20);
    expect([...new Set(one.seqs())]).toEqual(run(1, 20));
    expect(received).toEqual(run(1, 20));
    expect(await redis.seqsIn(source)).toEqual(run(1, 20));
  });
});
