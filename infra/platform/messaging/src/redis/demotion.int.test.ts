import { recording } from '@airline/observability/recorded-lines';
import { isInSync, requires, until } from '@airline/testing';
import { createClient } from 'redis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

describe('a Redis that becomes a read-only replica', requires('redis-server').options, () => {
  const [first, second] = [useRedis(), useRedis()];
  const follow = (replica: typeof first, master: typeof first) =>
    replica.command('REPLICAOF', '127.0.0.1', String(master.server().port));

  async function busy(url: string, logger = recording().logger) {
    const source = publisher();
    const process = startPublishing(() => first.transport({ url, logger }), source);
    const one = process.consume('one');
    await source.write(100);
    await until('all are delivered', () => one.delivered.length >= 100);
    return { source, process, one };
  }

  test('is left for the one that the same address leads to now, though connections to it stay', async () => {
    const { proxy, url } = await first.proxied();
    const staying = createClient({ url });
    staying.on('error', () => {});
    await staying.connect();
    onTestFinished(() => staying.destroy());
    const { source, one } = await busy(url);

    await follow(second, first);
    await until('it has all', () => isInSync(second.server()));
    await second.command('REPLICAOF', 'NO', 'ONE');
    proxy.forwardTo([second.server().port]);
    await follow(first, second);
    onTestFinished(() => first.command('REPLICAOF', 'NO', 'ONE').then(() => undefined));
    await source.write(100);
    await until('all are delivered', () => one.seqs().includes(200));
    expect(await second.seqsIn(source)).toEqual(run(1, 200));
    expect([...new Set(one.seqs())]).toEqual(run(1, 200));
    await expect(staying.set('key', 'value')).rejects.toThrow('READONLY');
  });

  test('is reported as an error, once, and events wait until it is a master again', async () => {
    const { logger, lines } = recording();
    const { source, process, one } = await busy(first.server().url, logger);
    await follow(first, second);
    await source.write(100);
    expect(await until('it is reported', () => process.transport.lastError())).toMatch(/READONLY|offline/);
    // It can be reached all the while, and replies to reads.
    await until('it was retried', async () => {
      const asked = /cmdstat_hello:calls=(\d+)/.exec(String(await first.command('INFO', 'commandstats')));
      return Number(asked?.[1]) >= 10;
    });
    await first.command('REPLICAOF', 'NO', 'ONE');
    await until('all are delivered', () => new Set(one.seqs()).size >= 200);
    await until('all is well', () => process.transport.lastError() === undefined);
    expect(await first.seqsIn(source)).toEqual(run(1, 200));
    const away = lines.filter(({ msg }) => String(msg).startsWith('Redis unavailable'));
    expect(away).toHaveLength(1);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
