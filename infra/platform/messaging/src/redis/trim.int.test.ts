import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('trimming a stream', requires('redis-server').options, () => {
  const redis = useRedis();

  /** A publisher of 300 events, whose clock the test moves, and groups that have each acknowledged some of them. */
  async function published({ groups, expected = Object.keys(groups) }: Options) {
    const clock = { at: new Date() };
    const now = () => clock.at;
    const source = publisher({ now, groups: expected });
    const process = startPublishing(() => redis.transport({ now, takeOverAfterMs: 60_000 }), source);
    await source.write(300);
    await redis.published(source);
    for (const [group, leaves] of Object.entries(groups)) {
      const one = process.consume(group, listener({ leaves }));
      await until('all are delivered', () => one.delivered.length >= 300);
      await until(
        'they are acknowledged',
        async () => (await pendingOf(source.stream, group)) === leaves.length,
      );
    }
    const trimmable = () => process.transport.trimmableUpTo(source);
    /** Moves the clock, and waits until the relay has looked what there is to trim. */
    const after = async (ms: number) => {
      const looked = async () =>
        Number(
          /cmdstat_xinfo\|groups:calls=(\d+)/.exec(
            String(await redis.command('INFO', 'commandstats')),
          )?.[1] ?? 0,
        );
      const before = await looked();
      clock.at = new Date(clock.at.getTime() + ms);
      await source.write(1);
      await until('it has looked', async () => (await looked()) > before);
      await redis.published(source);
    };
    return { source, process, clock, trimmable, after };
  }

  interface Options {
    /** For each group, what it leaves unacknowledged. */
    groups: Record<string, number[]>;
    /** The groups that the publisher expects. */
    expected?: string[];
  }

  const pendingOf = async (stream: string, group: string) =>
    ((await redis.command('XPENDING', stream, group)) as [number])[0];
  const firstIn = async (source: Parameters<typeof redis.seqsIn>[0]) => (await redis.seqsIn(source))[0] ?? 0;

  test('cuts off what all groups have acknowledged and what is older than a day', async () => {
    const { source, after, trimmable } = await published({ groups: { one: [], two: [] } });
    await after(DAY_MS - MINUTE_MS);
    expect(await trimmable()).toBe(0);
    expect(await redis.seqsIn(source)).toEqual(run(1, 301));
    await after(2 * MINUTE_MS);
    await until('it is stored', async () => (await trimmable()) === 300);
    await until('it is cut off', async () => (await firstIn(source)) > 200);
    // What is younger than a day stays, and so does what comes.
    expect((await redis.seqsIn(source)).slice(-2)).toEqual([301, 302]);
  });

  test('never passes an entry that a group has yet to acknowledge', async () => {
    const { source, after, trimmable } = await published({ groups: { one: [], two: [250, 270] } });
    await after(2 * DAY_MS);
    await until('it is stored', async () => (await trimmable()) > 0);
    expect(await trimmable()).toBe(249);
    const left = await redis.seqsIn(source);
    expect(left[0]).toBeLessThanOrEqual(250);
    expect(left).toEqual(run(left[0] ?? 0, 301));
  });

  test('waits for a group that is expected and not there yet', async () => {
    const { source, process, after, trimmable } = await published({
      groups: { one: [] },
      expected: ['one', 'late'],
    });
    await after(2 * DAY_MS);
    expect(await trimmable()).toBe(0);
    expect(await redis.seqsIn(source)).toEqual(run(1, 301));
    const late = process.consume('late');
    await until('all are delivered', () => late.delivered.length >= 301);
    expect(late.seqs()).toEqual(run(1, 301));
    await after(2 * MINUTE_MS);
    await until('it is stored', async () => (await trimmable()) === 300);
  });

  test('waits for a group that has read nothing', async () => {
    const { source, after, trimmable } = await published({ groups: { one: [] }, expected: ['one', 'late'] });
    await redis.command('XGROUP', 'CREATE', source.stream, 'late', '0');
    await after(2 * DAY_MS);
    expect(await trimmable()).toBe(0);
  });

  test('goes by age alone where no group is expected', async () => {
    const { after, trimmable } = await published({ groups: {} });
    await after(2 * DAY_MS);
    await until('it is stored', async () => (await trimmable()) === 300);
  });

  test('is remembered: a stream that is lost is filled again from there', async () => {
    const { source, process, after, trimmable } = await published({ groups: { one: [], two: [250] } });
    await after(2 * DAY_MS);
    await until('it is stored', async () => (await trimmable()) === 249);
    await redis.command('FLUSHALL');
    await until('it is filled', async () => (await firstIn(source)) > 0);
    await redis.published(source);
    expect(await redis.seqsIn(source)).toEqual(run(250, 301));
    const two = process.consume('three');
    await until('all are delivered', () => two.delivered.length >= 52);
    expect(two.seqs()).toEqual(run(250, 301));
  });
});
