import { requires, startRedisCluster, startRedisServer } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { silent } from '../stream.fixture.ts';
import { createRedisTransport } from './transport.ts';

describe('a Redis that will never do is named', requires('redis-server').options, () => {
  const unsuitable = (url: string) =>
    createRedisTransport({ url, consumer: 'one', logger: silent, now: () => new Date() }).unsuitable();

  async function server(...settings: string[]) {
    const redis = await startRedisServer(...settings);
    onTestFinished(() => redis[Symbol.asyncDispose]());
    return redis;
  }

  test('but not one that will do, or is away, or does not tell', async () => {
    const redis = await server();
    expect(await unsuitable(redis.url)).toBeUndefined();
    await redis.command('ACL', 'SETUSER', 'mute', 'on', '>secret', '+@connection', '-info');
    expect(await unsuitable(redis.url.replace('redis://', 'redis://mute:secret@'))).toBeUndefined();
    expect(await unsuitable('redis://127.0.0.1:1')).toBeUndefined();
  });

  test('a replica', async () => {
    const [master, replica] = [await server(), await server()];
    await replica.command('REPLICAOF', '127.0.0.1', String(master.port));
    expect(await unsuitable(replica.url)).toMatch(/is a replica/);
  });

  test('one that evicts', async () => {
    const redis = await server('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru');
    expect(await unsuitable(redis.url)).toMatch(/maxmemory-policy is allkeys-lru/);
  });

  test('one without the database', async () => {
    const redis = await server();
    expect(await unsuitable(`${redis.url}/99`)).toBe('Redis has no database 99.');
  });

  test('a node of a cluster, and a cluster that is none', async () => {
    const cluster = await startRedisCluster();
    onTestFinished(() => cluster[Symbol.asyncDispose]());
    expect(await unsuitable(`redis://127.0.0.1:${cluster.nodes[0]?.port}`)).toMatch(/use redis\+cluster/);
    expect(await unsuitable(cluster.url)).toBeUndefined();
  });
});
