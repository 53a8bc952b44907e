import { recording } from '@airline/observability/recorded-lines';
import { requires, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { startProcess, startPublishing } from '../transport-contract/process.fixture.ts';
import { startNaiveRelay } from './naive-relay.fixture.ts';
import { useRedis } from './redis.fixture.ts';

describe('a Redis that loses its data', requires('redis-server').options, () => {
  const redis = useRedis();

  /** What a group has been delivered, without what it knew already, as its inbox would leave it. */
  const handledBy = (seqs: readonly number[]) => [...new Set(seqs)];

  /** A process that publishes and listens, and that has done so with the first hundred events. */
  async function busy(one = listener()) {
    const source = publisher();
    const process = startPublishing(redis.transport, source);
    process.consume('one', one);
    const { received } = await process.tail(0);
    await source.write(100);
    await until('they are delivered', () => one.delivered.length >= 100);
    const everywhere = async (last: number) => {
      await redis.published(source);
      await until('all are handled', () => one.seqs().includes(last) && handledBy(one.seqs()).length >= last);
      await until('all are received', () => received.includes(last));
    };
    return { source, one, received, everywhere };
  }

  test('holds entries by the number of the outbox', async () => {
    const { source, everywhere } = await busy();
    await everywhere(100);
    expect(await redis.seqsIn(source)).toEqual(run(1, 100));
  });

  test('is filled again after FLUSHALL under load, while connections stay', async () => {
    const { source, one, received, everywhere } = await busy();
    for (let round = 0; round < 60; round += 1) {
      await source.write(20);
      if (round % 15 === 5) await redis.command('FLUSHALL');
    }
    await everywhere(1300);
    expect(await redis.seqsIn(source)).toEqual(run(1, 1300));
    expect(handledBy(one.seqs())).toEqual(run(1, 1300));
    expect(received).toEqual(run(1, 1300));
  });

  test('is filled again after FLUSHALL when nothing further is published', async () => {
    const { source, one, everywhere } = await busy();
    await redis.command('FLUSHALL');
    await everywhere(100);
    expect(await redis.seqsIn(source)).toEqual(run(1, 100));
    expect(handledBy(one.seqs())).toEqual(run(1, 100));
  });

  test('is filled again after it was killed and came back empty', async () => {
    const { source, one, received, everywhere } = await busy();
    await redis.server().kill();
    await source.write(50);
    await redis.server().start();
    await source.write(50);
    await everywhere(200);
    expect(await redis.seqsIn(source)).toEqual(run(1, 200));
    expect(handledBy(one.seqs())).toEqual(run(1, 200));
    expect(received).toEqual(run(1, 200));
  });

  test('is brought forward again after it was killed and came back with an old snapshot', async () => {
    const { source, one, received, everywhere } = await busy();
    await redis.command('SAVE');
    onTestFinished(async () => {
      await redis.command('FLUSHALL');
      await redis.command('SAVE');
    });
    await source.write(100);
    await everywhere(200);
    await redis.server().kill();
    await source.write(50);
    await redis.server().start();
    expect(await redis.command('XLEN', source.stream)).not.toBe(0);
    await everywhere(250);
    expect(await redis.seqsIn(source)).toEqual(run(1, 250));
    expect(handledBy(one.seqs())).toEqual(run(1, 250));
    expect(received).toEqual(run(1, 250));
  });

  test('makes a group again that is gone, at the beginning, but delivers nothing that is still in flight', async () => {
    const { source, one } = await busy(listener({ leaves: [7] }));
    await redis.command('XGROUP', 'DESTROY', source.stream, 'one');
    await until('it begins again', () => one.delivered.length >= 199);
    await source.write(1);
    await until('it continues', () => one.seqs().includes(101));
    expect(one.seqs()).toEqual([...run(1, 100), ...run(1, 6), ...run(8, 101)]);
  });

  describe('of which somebody else removes entries', () => {
    /** A hundred events that a group has yet to get, of which a command removes some. */
    async function removed(
      command: (stream: string) => [string, ...string[]] | Promise<[string, ...string[]]>,
      transport = redis.transport,
    ) {
      const source = publisher();
      const { logger, lines } = recording();
      const publishing = startPublishing(() => transport({ logger }), source);
      await source.write(100);
      await redis.published(source);
      await redis.command('XGROUP', 'CREATE', source.stream, 'one', '0');
      await redis.command(...(await command(source.stream)));
      return { source, publishing, lines };
    }
    const checks = async () =>
      Number(
        /cmdstat_xinfo\|groups:calls=(\d+)/.exec(String(await redis.command('INFO', 'commandstats')))?.[1] ??
          0,
      );
    /** Waits for a check that has begun since. */
    async function checked(): Promise<void> {
      const before = await checks();
      await until('it was checked', async () => (await checks()) >= before + 1);
    }
    const errors = (lines: readonly { level?: unknown }[]) => lines.filter(({ level }) => level === 'error');

    test.each<[string, (stream: string) => [string, ...string[]]]>([
      ['all of them', (stream) => ['XTRIM', stream, 'MAXLEN', '0']],
      ['the first', (stream) => ['XTRIM', stream, 'MINID', '50-0']],
      ['one amidst the others', (stream) => ['XDEL', stream, '50-0']],
      ['the last', (stream) => ['XDEL', stream, '100-0']],
    ])('is filled again when it was %s', async (_which, command) => {
      const { source, publishing, lines } = await removed(command);
      await until('it is filled', async () => Number(await redis.command('XLEN', source.stream)) === 100);
      const one = publishing.consume('one');
      await until('all are handled', () => handledBy(one.seqs()).length === 100);
      expect(await redis.seqsIn(source)).toEqual(run(1, 100));
      expect(errors(lines)).toMatchObject([{ stream: source.stream, isRemoved: true }]);
    });

    test('is filled again though entries were removed that a group of several relays was reading', async () => {
      const source = publisher();
      const one = listener();
      const publishing = startPublishing(redis.transport, source);
      startProcess(redis.transport, source).publish();
      publishing.consume('one', one);
      for (let round = 0; round < 30; round += 1) {
        await source.write(20);
        if (round % 5 === 0) await redis.command('XTRIM', source.stream, 'MAXLEN', '1');
      }
      await until('all are handled', () => handledBy(one.seqs()).length === 600);
    });

    test('is filled again when it was one that a group has read past since', async () => {
      const { lines } = await removed(async (stream) => {
        await checked();
        const passes = `redis.call('XDEL', KEYS[1], '50-0'); redis.call('XGROUP', 'SETID', KEYS[1], 'one', '100-0')`;
        return ['EVAL', passes, '1', stream];
      });
      await until('it is noticed', () => errors(lines).length > 0);
      expect(errors(lines)).toMatchObject([{ needed: 1, isRemoved: true }]);
    });

    test('is filled again though the clock was set back', async () => {
      let aheadMs = 3_600_000;
      const { lines } = await removed(
        (stream) => {
          aheadMs = 0;
          return ['XDEL', stream, '50-0'];
        },
        (options) => redis.transport({ ...options, now: () => new Date(Date.now() + aheadMs) }),
      );
      await until('it is noticed', () => errors(lines).length > 0);
    });

    test('is left alone when all groups have acknowledged what was removed', async () => {
      const { source, one, everywhere } = await busy();
      await everywhere(100);
      await until(
        'they are acknowledged',
        async () => Object(await redis.command('XPENDING', source.stream, 'one'))[0] === 0,
      );
      // What a group needed at the last check would count.
      await checked();
      await redis.command('XTRIM', source.stream, 'MAXLEN', '0');
      await checked();
      await checked();
      expect(await redis.command('XLEN', source.stream)).toBe(0);
      expect(one.delivered).toHaveLength(100);
    });

    test('is reported once where Redis does not let it be removed', async () => {
      await redis.command('ACL', 'SETUSER', 'no-del', 'on', 'nopass', '~*', '+@all', '-del');
      const { source, publishing, lines } = await removed(
        (stream) => ['XDEL', stream, '50-0'],
        (options) => redis.transport({ ...options, url: redis.server().url.replace('//', '//no-del:any@') }),
      );
      await until('it is reported', () => errors(lines).length > 0);
      await source.write(1);
      const one = publishing.consume('one');
      await until('the others are handled', () => handledBy(one.seqs()).length === 100);
      expect(errors(lines)).toMatchObject([{ stream: source.stream, needed: 1, isRemoved: false }]);
    });
  });

  describe('between two batches, before a group has read', () => {
    /** Publishes a hundred events, loses them, publishes a hundred more, and then lets a group read. */
    async function lostInBetween(publish: (source: ReturnType<typeof publisher>) => void) {
      const source = publisher();
      publish(source);
      await source.write(100);
      await redis.published(source);
      await redis.command('FLUSHALL');
      await source.write(100);
      await redis.published(source);
      const one = startProcess(redis.transport, source).consume('one');
      await until('the last is delivered', () => one.seqs().includes(200));
      return one.seqs();
    }

    test('loses none', async () => {
      const delivered = await lostInBetween((source) => startProcess(redis.transport, source).publish());
      expect(delivered).toEqual(run(1, 200));
    });

    test('would lose a hundred if the relay appended without comparing where the stream ends', async () => {
      const client = await redis.client();
      const delivered = await lostInBetween(({ stream, log }) => startNaiveRelay(client, stream, log));
      expect(delivered).toEqual(run(101, 200));
    });
  });
});
