import { requires, until } from '@airline/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useCluster, useRedis, useSentinels } from './redis.fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each([
  ['a Redis that is full', useRedis],
  ['a Redis with Sentinels that is full', useSentinels],
  ['a Redis cluster that is full', useCluster],
] as const)('%s', requires('redis-server').options, (_, use) => {
  const redis = use();
  const { setMemory } = redis;
  afterEach(() => setMemory('0'));

  test('refuses events, which wait in the outbox until there is room', async () => {
    const source = publisher();
    const { transport, consume } = startPublishing(redis.transport, source);
    const one = consume('one');
    await source.write(10);
    await until('they are delivered', () => one.delivered.length >= 10);
    await until('all is well', () => transport.lastError() === undefined);

    await setMemory('1');
    for (let round = 0; round < 5; round += 1) await source.write(100);
    expect(await until('it is the last error', () => transport.lastError())).toMatch(/OOM|maxmemory/);
    expect(await redis.seqsIn(source)).toEqual(run(1, 10));

    await setMemory('0');
    await until('all are delivered', () => one.delivered.length >= 510);
    expect(one.seqs()).toEqual(run(1, 510));
    expect(await redis.seqsIn(source)).toEqual(run(1, 510));
    await until('all is well', () => transport.lastError() === undefined);
  });

  test('is trimmed all the same, so that there is room again', async () => {
    const clock = { at: new Date() };
    const now = () => clock.at;
    const source = publisher({ now });
    const process = startPublishing(() => redis.transport({ now }), source);
    const one = process.consume('one');
    await source.write(300);
    await until('they are delivered', () => one.delivered.length >= 300);

    await setMemory('1');
    clock.at = new Date(clock.at.getTime() + 2 * DAY_MS);
    await source.write(1);
    await until('it is trimmed', async () => Number(await redis.about(source, 'XLEN', source.stream)) < 300);
    expect(await until('it is the last error', () => process.transport.lastError())).toMatch(/OOM|maxmemory/);
    expect(await process.transport.trimmableUpTo(source)).toBe(300);

    await setMemory('0');
    await until('the last is delivered', () => one.delivered.length >= 301);
    expect(one.seqs()).toEqual(run(1, 301));
  });

  test('has a member that stops give up what it holds', async () => {
    const source = publisher();
    const process = startPublishing(() => redis.transport({ takeOverAfterMs: 60_000 }), source);
    const one = process.consume('one', listener({ leaves: [1] }));
    await source.write(1);
    await until('it has it', () => one.seqs().includes(1));
    await setMemory('1');
    await process.stop();
    const [[, , idle] = []] = (await redis.about(
      source,
      'XPENDING',
      source.stream,
      'one',
      '-',
      '+',
      '1',
    )) as [string, string, number][];
    expect(idle).toBeGreaterThanOrEqual(60_000);
  });
});
