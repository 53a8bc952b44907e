import type { LogEntry } from '@airline/database';
import { recording } from '@airline/observability/recorded-lines';
import { requires, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Publisher, publisher, run } from '../stream.fixture.ts';
import { startProcess, startPublishing } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

/** A replica that writes now and then, and by default has in memory what it wrote. */
function replicaOf(source: Publisher, { remembers = true, canRead = true } = {}) {
  let own: LogEntry[] = [];
  let reads = 0;
  let appended = () => {};
  const replica: Publisher = {
    ...source,
    log: {
      ...source.log,
      read: async (after, limit) => {
        if (own[0]?.seq === after + 1) return own;
        reads += 1;
        if (!canRead) throw new Error('the outbox is unavailable');
        return await source.log.read(after, limit);
      },
      ownSince: (after) => own.filter(({ seq }) => remembers && seq > after),
      onAppend: (listener) => {
        appended = listener;
        return () => true;
      },
    },
    write: async (count) => {
      const last = await source.log.last();
      await source.write(count);
      own = await source.log.read(last, count);
      appended();
    },
  };
  return { ...replica, reads: () => reads };
}

describe('a relay', requires('redis-server').options, () => {
  const redis = useRedis();

  test('does no harm when it is not alone', async () => {
    const source = publisher();
    const processes = run(1, 3).map(() => startProcess(redis.transport, source));
    for (const { publish } of processes) publish();
    const { received } = (await processes[0]?.tail(0)) ?? { received: [] };
    for (let round = 0; round < 50; round += 1) await source.write(20);
    await until('all is received', () => received.length >= 1000);
    expect(received).toEqual(run(1, 1000));
    expect(await redis.seqsIn(source)).toEqual(run(1, 1000));
  });

  test('publishes what its process wrote after what others published without reading the outbox for it', async () => {
    const readsOf = async (remembers: boolean) => {
      const source = publisher();
      const other = startProcess(redis.transport, source);
      const replica = replicaOf(source, { remembers });
      startProcess(redis.transport, replica).publish();
      for (let round = 0; round < 10; round += 1) {
        const running = other.publish();
        await source.write(3);
        await redis.published(source);
        await running.close();
        await replica.write(2);
        await redis.published(source);
      }
      expect(await redis.seqsIn(source)).toEqual(run(1, 50));
      return replica.reads();
    };
    // An idle relay looks once a second, with or without.
    expect(await readsOf(true)).toBeLessThan(await readsOf(false));
  });

  test('leaves to the outbox what does not follow upon what others published', async () => {
    const source = publisher();
    const replica = replicaOf(source, { canRead: false });
    const { transport } = startProcess(redis.transport, replica);
    transport.publish(replica);
    await source.write(3);
    await replica.write(2);
    await until('it fails to read', () => transport.lastError() === 'the outbox is unavailable');
    expect(await redis.seqsIn(source)).toEqual([]);
    startProcess(redis.transport, source).publish();
    await redis.published(source);
    expect(await redis.seqsIn(source)).toEqual(run(1, 5));
  });

  test('publishes what waits before it closes', async () => {
    const source = publisher();
    const { transport, stop } = startPublishing(redis.transport, source);
    await until('it is connected', () => transport.lastError() === undefined);
    await source.write(1200);
    await stop();
    expect(await redis.seqsIn(source)).toEqual(run(1, 1200));
  });

  test('continues when a Redis that has stalled continues', async () => {
    const source = publisher();
    const { consume } = startPublishing(redis.transport, source);
    const one = consume('one');
    await source.write(10);
    await until('they are delivered', () => one.delivered.length >= 10);
    redis.server().pause();
    onTestFinished(() => redis.server().resume());
    for (let round = 0; round < 5; round += 1) await source.write(10);
    redis.server().resume();
    await until('all are delivered', () => one.delivered.length >= 60);
    expect(one.seqs()).toEqual(run(1, 60));
    expect(await redis.seqsIn(source)).toEqual(run(1, 60));
  });

  test('closes, and so do readers and tails, although Redis has stalled', async () => {
    const source = publisher();
    const { consume, tail, stop } = startPublishing(redis.transport, source);
    const one = consume('one');
    await tail();
    await source.write(1);
    await until('it is delivered', () => one.delivered.length >= 1);
    redis.server().pause();
    onTestFinished(() => redis.server().resume());
    await source.write(1);
    await stop();
    redis.server().resume();
    expect(await redis.seqsIn(source)).toContain(1);
  });

  test('reports its last error while Redis is unavailable', async () => {
    const source = publisher();
    const { logger, lines } = recording();
    const { transport } = startPublishing(() => redis.transport({ logger }), source);
    await until('all is well', () => transport.lastError() === undefined);
    await redis.server().kill();
    await source.write(1);
    await until('it is reported', () => transport.lastError() !== undefined);
    await redis.server().start();
    await until('all is well', () => transport.lastError() === undefined);
    await redis.published(source);
    const messages = lines.map(({ msg }) => msg);
    expect(messages.filter((text) => String(text).startsWith('Redis unavailable'))).toHaveLength(1);
    expect(messages.filter((text) => text === 'Redis available again')).toHaveLength(1);
  });
});

describe('a relay that finds a stream of another system', requires('redis-server').options, () => {
  const redis = useRedis();

  const ahead = async (stream: string, last: number) => {
    for (const seq of run(1, last))
      await redis.command('XADD', stream, `${seq}-0`, 'event', `foreign ${seq}`);
  };

  async function facing(streamEnds: number, written: number) {
    const source = publisher();
    await ahead(source.stream, streamEnds);
    await source.write(written);
    const { logger, lines } = recording();
    const process = startPublishing(() => redis.transport({ logger }), source);
    const lastError = await until('it is reported', () => {
      const text = process.transport.lastError();
      return text?.includes('not of one system') && text;
    });
    return { source, lastError, lines, ...process };
  }

  const lengthOf = async (stream: string) => await redis.command('XLEN', stream);

  test('says so when it is further than the outbox, and writes nothing', async () => {
    const { source, lastError, lines } = await facing(5, 2);
    expect(lastError).toContain(`"${source.stream}" ends at 5, but this service's outbox at 2`);
    expect(lastError).toContain('Restore the database that belongs to it, or delete all airline:* streams');
    expect(await lengthOf(source.stream)).toBe(5);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('does not take it for its own when the outbox has caught up', async () => {
    const { source, transport } = await facing(5, 2);
    await source.write(10);
    await until('it is reported', () => transport.lastError()?.includes('different events at 5'));
    expect(await lengthOf(source.stream)).toBe(5);
  });

  test('says so when it is shorter, and writes nothing', async () => {
    const { source, lastError } = await facing(3, 10);
    expect(lastError).toContain('different events at 3');
    expect(await lengthOf(source.stream)).toBe(3);
  });

  test('publishes everything once the stream is deleted', async () => {
    const { source, transport } = await facing(5, 2);
    await source.write(3);
    await redis.command('DEL', source.stream);
    await redis.published(source);
    expect(await redis.seqsIn(source)).toEqual(run(1, 5));
    await until('all is well', () => transport.lastError() === undefined);
  });
});
