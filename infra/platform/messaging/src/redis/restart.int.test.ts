import { join } from 'node:path';
import { recording } from '@airline/observability/recorded-lines';
import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

const shipped = join(import.meta.dirname, '../../../../system/delivery/redis.conf');

describe('a Redis that is killed and started again', requires('redis-server').options, () => {
  /** Publishes a hundred events and has them handled, kills Redis and starts it again, and publishes one more. */
  async function restarted(redis: ReturnType<typeof useRedis>) {
    const source = publisher();
    const { logger, lines } = recording();
    const process = startPublishing(() => redis.transport({ logger }), source);
    const one = process.consume('one', listener({ leaves: [50] }));
    const { received } = await process.tail(0);
    await source.write(100);
    await until('all arrive', () => one.delivered.length >= 100 && received.length >= 100);
    await until('they are acknowledged', async () => {
      const [pending] = (await redis.about(source, 'XPENDING', source.stream, 'one')) as [number];
      return pending === 1;
    });
    await redis.server().kill();
    await redis.server().start();
    await source.write(1);
    await redis.published(source);
    await until('it arrives', () => one.seqs().includes(101) && received.includes(101));
    const stats = String(await redis.command('INFO', 'commandstats'));
    expect(await redis.seqsIn(source)).toEqual(run(1, 101));
    expect(received).toEqual(run(1, 101));
    return {
      appended: Number(/cmdstat_xadd:calls=(\d+)/.exec(stats)?.[1]),
      deliveredAgain: one.seqs().length - new Set(one.seqs()).size,
      lines,
    };
  }

  describe('with the settings that are shipped', () => {
    const redis = useRedis('--include', shipped);

    test('has kept its events and where its groups stand: none is published or delivered again', async () => {
      const { appended, deliveredAgain, lines } = await restarted(redis);
      expect(appended).toBe(1);
      expect(deliveredAgain).toBe(0);
      // One line of the outage, from the three connections that were lost.
      const warnings = lines.filter(({ level }) => level !== 'debug' && level !== 'info');
      expect(warnings).toMatchObject([{ level: 'warn', redis: expect.stringMatching(/^redis:/) }]);
    });

    test('refuses to write rather than to drop something', async () => {
      expect(await redis.command('CONFIG', 'GET', 'maxmemory-policy')).toEqual({
        'maxmemory-policy': 'noeviction',
      });
      expect(await redis.command('CONFIG', 'GET', 'appendfsync')).toEqual({ appendfsync: 'everysec' });
    });
  });

  describe('without', () => {
    const redis = useRedis();

    test('gets them all again from the outbox, and delivers them again', async () => {
      const { appended, deliveredAgain } = await restarted(redis);
      expect(appended).toBe(101);
      expect(deliveredAgain).toBe(99);
    });
  });
});
