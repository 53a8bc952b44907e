import type { Store } from '@airline/database';
import { type PostgresServer, requires, startPostgresServer, until } from '@airline/testing';
import { account, deposit, openPostgresSample, openSample, type SampleState } from '@airline/testing/sample';
import { like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createConsumer } from '../consumer.ts';
import { createEmbeddedTransport } from '../embedded/transport.ts';
import type { Policies } from '../policy.ts';
import { publisher, silent } from '../stream.fixture.ts';
import { arbitraryEntries } from './arbitrary-entries.fixture.ts';
import { useRedis } from './redis.fixture.ts';

const GROUP = 'reservation';
const policies: Policies<SampleState> = {
  RemainingSeatsIncreased: ({ data }) => deposit(data.flightId, 1),
};

const consumerOf = (store: Store<SampleState>) =>
  createConsumer<SampleState>({
    service: GROUP,
    store,
    policies,
    logger: silent,
    now: () => new Date(),
    random: () => 1,
    backoff: { firstMs: 1, longestMs: 2 },
  });

describe('whatever is in a stream', requires('redis-server', 'postgres').options, () => {
  const redis = useRedis();
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgresServer();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  const databases = {
    SQLite: async () => openSample({ service: 'reservation' }),
    PostgreSQL: async () =>
      openPostgresSample({ url: await postgres.createDatabase(), service: 'reservation' }),
  };

  test.each(
    Object.entries(databases).flatMap(([name, open]) => [1, 2, 3].map((seed) => ({ name, open, seed }))),
  )(
    'on $name with seed $seed, good events are handled, others are dead letters, and none is pending',
    async ({ name, open, seed }) => {
      const stream = `airline:arbitrary-${name}-${seed}`;
      const client = await redis.client();
      const { entries, handled, buried } = arbitraryEntries(seed, 200);
      for (const [id, fields] of entries) await client.sendCommand(['XADD', stream, id, ...fields]);

      const sample = await open();
      const { store } = sample;
      const consumer = consumerOf(store);
      const reading = redis.transport().consume({ stream, group: GROUP }, consumer.deliverTo(stream));
      onTestFinished(async () => {
        await reading.close();
        await consumer.close();
        await sample[Symbol.asyncDispose]();
      });
      await until('all are acknowledged', async () => {
        const [group] = await client.xInfoGroups(stream).catch(() => []);
        return group?.pending === 0 && group['last-delivered-id'] === entries.at(-1)?.[0];
      });
      expect(await store.read.count(account, like(account.id, 'good-%'))).toBe(handled);
      expect(await store.read.count(account)).toBe(handled);
      expect(await store.deadLetters.list(1000)).toHaveLength(buried);
    },
  );

  test('nor is one over the embedded transport', async () => {
    const { entries } = arbitraryEntries(4, 200);
    const source = publisher();
    const insert = source.sample.database.client.prepare(
      'insert into outbox (event, created_at) values (?, ?)',
    );
    const events = entries.flatMap(([, [field, event]]) => (field === 'event' ? [String(event)] : []));
    for (const event of events) insert.run(event, '2024-11-21T10:00:00.000Z');
    const sample = openSample({ service: GROUP });
    const { store } = sample;
    const consumer = consumerOf(store);
    const transport = createEmbeddedTransport();
    const relay = transport.publish(source);
    const reading = transport.consume(
      { stream: source.stream, group: GROUP },
      consumer.deliverTo(source.stream),
    );
    onTestFinished(async () => {
      await reading.close();
      await relay.close();
      await consumer.close();
      await sample[Symbol.asyncDispose]();
    });
    await until('all are acknowledged', async () => {
      const [group] = (await relay.status()).groups;
      return group?.pending === 0 && group.delivered === events.length;
    });
    const handled = await store.read.count(account, like(account.id, 'good-%'));
    const letters = await store.deadLetters.list(1000);
    expect(handled).toBeGreaterThan(50);
    expect(handled + letters.length).toBe(events.length);
  });

  test('a tail passes over what no relay has appended, and goes on', async () => {
    const stream = 'airline:arbitrary-tail';
    const client = await redis.client();
    for (const id of ['1-0', '2-0', '2-7', '3-1', '4-0']) await client.xAdd(stream, id, { event: id });
    await client.xAdd(stream, '18446744073709551614-3', { event: 'far' });
    const received: number[] = [];
    let batches = 0;
    const tail = await redis.transport().tail(
      stream,
      (entries) => {
        batches += 1;
        received.push(...entries.map(({ seq }) => seq));
      },
      0,
    );
    onTestFinished(() => tail.close());
    await until('it has read all', () => received.length >= 3);
    await client.xAdd(stream, '18446744073709551615-0', { event: 'last' });
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(received).toEqual([1, 2, 4]);
    expect(batches).toBe(1);
  });
});
