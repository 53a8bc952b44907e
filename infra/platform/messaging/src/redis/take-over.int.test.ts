import { recording } from '@airline/observability/recorded-lines';
import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, type Publisher, publisher, run } from '../stream.fixture.ts';
import { startProcess } from '../transport-contract/process.fixture.ts';
import { useRedis } from './redis.fixture.ts';

describe('members of a group', requires('redis-server').options, () => {
  const redis = useRedis();

  const namesIn = async ({ stream }: Publisher) =>
    ((await redis.command('XINFO', 'CONSUMERS', stream, 'one')) as { name: string }[]).map(
      ({ name }) => name,
    );

  /** Who holds which entry, and how often it was delivered. */
  const pendingIn = async ({ stream }: Publisher) =>
    (
      (await redis.command('XPENDING', stream, 'one', '-', '+', '1000')) as [string, string, number, number][]
    ).map(([id, holder, , deliveries]) => ({ seq: Number.parseInt(id, 10), holder, deliveries }));

  const blocked = async () =>
    Number(/blocked_clients:(\d+)/.exec(String(await redis.command('INFO', 'clients')))?.[1] ?? 0);

  const member = (source: Publisher, consumer: string, takeOverAfterMs = 200) =>
    startProcess(() => redis.transport({ consumer, takeOverAfterMs }), source);

  test('share its events: each goes to one of them', async () => {
    const source = publisher();
    const [one, two] = [listener(), listener()];
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', one);
    member(source, 'second', 60_000).consume('one', two);
    await until('both read', async () => (await blocked()) === 2);
    for (let round = 0; one.delivered.length === 0 || two.delivered.length === 0 || round < 50; round += 1) {
      await source.write(10);
    }
    const last = await source.log.last();
    await until('all are delivered', () => one.delivered.length + two.delivered.length >= last);
    expect([...one.seqs(), ...two.seqs()].toSorted((a, b) => a - b)).toEqual(run(1, last));
  });

  test('take over what a dead one holds, count it, and remove its name', async () => {
    const source = publisher();
    const dead = listener({ diesOn: [1] });
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', dead);
    await source.write(150);
    await until('it has died', async () => dead.delivered.length > 0 && (await pendingIn(source)).length > 0);

    const one = listener();
    // A multiple of this time separates the dead from the slow.
    member(source, 'second', 50).consume('one', one);
    await until('all are delivered', () => new Set(one.seqs()).size >= 150);
    const takenOver = one.delivered.filter(({ seq }) => dead.seqs().includes(seq));
    expect(takenOver.map(({ seq }) => seq)).toEqual(dead.seqs());
    expect(new Set(takenOver.map(({ deliveries }) => deliveries))).toEqual(new Set([2]));
    await until('nothing is left', async () => (await pendingIn(source)).length === 0);
    await until('its name is gone', async () => (await namesIn(source)).join() === 'second');
  });

  test('leave each other what has not lain for long', async () => {
    const source = publisher();
    const slow = listener({ leaves: [1, 2, 3] });
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', slow);
    await source.write(3);
    await until('they are delivered', () => slow.delivered.length >= 3);
    const one = member(source, 'second', 60_000).consume('one');
    await until('both read', async () => (await blocked()) === 2);
    expect(await pendingIn(source)).toMatchObject(run(1, 3).map((seq) => ({ seq, holder: 'first' })));
    expect(one.seqs()).toEqual([]);
  });

  test('do not count what they handle for longer than the take-over time', async () => {
    const source = publisher();
    const slow = listener({ leaves: [1] });
    const one = member(source, 'one', 50);
    one.publish();
    one.consume('one', slow);
    let longestIdle = 0;
    // It claims its own entry, as long as it gets on with others.
    await until('it has claimed what it handles', async () => {
      await source.write(1);
      const [[, , idle] = []] = (await redis.command('XPENDING', source.stream, 'one', '-', '+', '1')) as [
        string,
        string,
        number,
      ][];
      const isClaimed = idle !== undefined && idle < longestIdle;
      longestIdle = Math.max(longestIdle, idle ?? 0);
      return isClaimed;
    });
    await until('that it has claimed it does not count', async () =>
      (await pendingIn(source)).some(({ seq, deliveries }) => seq === 1 && deliveries === 0),
    );
    expect(slow.seqs().filter((seq) => seq === 1)).toEqual([1]);
  });

  test('give back what they stop with in good order, which does not count as a delivery', async () => {
    const source = publisher();
    await source.write(3);
    const publishing = member(source, 'publishing', 60_000);
    publishing.publish();
    for (let stops = 0; stops < 6; stops += 1) {
      const one = listener({ leaves: [2] });
      const stopped = member(source, `stopped-${stops}`, 50);
      stopped.consume('one', one);
      await until('it has the one that it leaves', () => one.seqs().includes(2));
      await until('the others are acknowledged', async () => (await pendingIn(source)).length === 1);
      await stopped.stop();
      // It holds an entry, so its name has to stay.
      expect(await pendingIn(source)).toEqual([{ seq: 2, holder: `stopped-${stops}`, deliveries: 0 }]);
      expect(await namesIn(source)).toContain(`stopped-${stops}`);
    }
    const last = listener();
    member(source, 'last', 50).consume('one', last);
    await until('it is delivered', () => last.delivered.some(({ seq }) => seq === 2));
    expect(last.delivered.find(({ seq }) => seq === 2)?.deliveries).toBe(1);
  });

  test('give back what Redis has assigned to them by a reply that never came', async () => {
    const source = publisher();
    await source.write(1);
    const publishing = member(source, 'publishing', 60_000);
    publishing.publish();
    const other = publishing.consume('one');
    await until(
      'it is acknowledged',
      async () => other.seqs().length > 0 && (await pendingIn(source)).length === 0,
    );
    const stopping = member(source, 'stopping', 60_000);
    const unaware = stopping.consume('one');
    await until('both read', async () => (await blocked()) === 2);
    // The last read of a member that stops may end so.
    await redis.command('XCLAIM', source.stream, 'one', 'stopping', '0', '1-0', 'RETRYCOUNT', '1', 'FORCE');
    await stopping.stop();
    expect(unaware.delivered).toEqual([]);
    await until('another has it, long before it would be taken over', () => other.delivered.length > 1);
    expect(other.delivered[1]).toMatchObject({ seq: 1, deliveries: 1 });
  });

  test('give back what takes longer to handle, without a wait for its end', async () => {
    const source = publisher();
    const publishing = member(source, 'publishing', 60_000);
    publishing.publish();
    await source.write(1);
    const stopping = member(source, 'stopping', 60_000);
    const slow = stopping.consume('one', listener({ diesOn: [1] }));
    await until('it handles it', () => slow.seqs().includes(1));
    const other = publishing.consume('one');
    const stopped = stopping.stop();
    await until('another has it', () => other.seqs().includes(1));
    expect(other.delivered).toMatchObject([{ seq: 1, deliveries: 1 }]);
    slow.bury();
    await stopped;
  });

  test('give back to its publisher what is no longer in the stream, though it runs later', async () => {
    const source = publisher();
    const first = member(source, 'first', 60_000);
    const publishing = first.publish();
    const stopping = member(source, 'stopping', 60_000);
    const slow = stopping.consume('one', listener({ leaves: [1] }));
    await source.write(2);
    await until(
      'it holds one',
      async () => slow.seqs().includes(2) && (await pendingIn(source)).length === 1,
    );
    await publishing.close();
    await redis.command('XDEL', source.stream, '1-0');
    await stopping.stop();
    const later = member(source, 'later', 60_000);
    later.publish();
    const other = later.consume('one');
    await until('it comes again', () => other.seqs().includes(1));
  });

  test('do not count what has failed without ending them, however many of them try', async () => {
    const source = publisher();
    const [first, ...others] = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => ({
      process: member(source, name, 50),
      left: listener({ leaves: [1] }),
    }));
    first?.process.publish();
    await source.write(1);
    for (const { process, left } of first ? [first, ...others] : []) {
      process.consume('one', left);
      await until('it has tried', () => left.seqs().includes(1));
    }
    expect(others.map(({ left }) => left.delivered[0]?.deliveries)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('do not give back what another has taken over', async () => {
    const source = publisher();
    await source.write(1);
    const holding = listener({ leaves: [1] });
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', holding);
    await until('it holds it', () => holding.delivered.length === 1);
    const taking = listener({ leaves: [1] });
    member(source, 'second', 50).consume('one', taking);
    await until('another has taken it over', () => taking.delivered.length === 1);
    await first.stop();
    expect(await pendingIn(source)).toMatchObject([{ seq: 1, holder: 'second' }]);
    expect(await namesIn(source)).toEqual(['second']);
  });

  test('remove their name when they close with nothing pending, though others hold something', async () => {
    const source = publisher();
    const holding = listener({ leaves: [1] });
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', holding);
    await source.write(1);
    await until('it holds one', () => holding.delivered.length >= 1);
    const second = member(source, 'second', 60_000);
    const busy = second.consume('one');
    await until('it has had something', async () => {
      await source.write(1);
      return busy.delivered.length > 0;
    });
    await second.stop();
    expect(await namesIn(source)).toEqual(['first']);
  });

  test('do not count up what they cannot get done', async () => {
    const [source, other] = [publisher(), publisher()];
    const stuck = listener({ leaves: [1] });
    const process = member(source, 'stuck', 50);
    process.publish();
    process.consume('one', stuck);
    await source.write(1);
    await until('it has it', () => stuck.delivered.length >= 1);
    // One that is idle claims all the time, which shows how often the stuck one would have.
    const idle = member(other, 'idle', 50);
    idle.publish();
    idle.consume('one', listener());
    const claims = async () =>
      Number(
        /cmdstat_xautoclaim:calls=(\d+)/.exec(String(await redis.command('INFO', 'commandstats')))?.[1] ?? 0,
      );
    const before = await claims();
    await until('others have claimed', async () => (await claims()) >= before + 10);
    const [entry] = await pendingIn(source);
    expect(entry?.deliveries).toBeLessThanOrEqual(2);
    expect(stuck.seqs()).toEqual([1]);
  });

  test('log entries that were trimmed before they handled them, and get them again from their publisher', async () => {
    const source = publisher();
    const dead = listener({ diesOn: [1] });
    const first = member(source, 'first', 60_000);
    first.publish();
    first.consume('one', dead);
    await source.write(3);
    await until('it has died', () => dead.delivered.length > 0);
    await redis.published(source);
    await redis.command('XDEL', source.stream, '1-0');

    const { logger, lines } = recording();
    const one = startProcess(() => redis.transport({ logger, takeOverAfterMs: 50 }), source).consume('one');
    await until('the others are delivered', () => one.seqs().includes(2) && one.seqs().includes(3));
    expect(lines.find(({ level }) => level === 'error')).toMatchObject({
      stream: source.stream,
      ids: ['1-0'],
    });
    await until('the lost one is delivered', () => one.seqs().includes(1));
    await until('nothing is left', async () => (await pendingIn(source)).length === 0);
    expect(await redis.seqsIn(source)).toEqual(run(1, 3));
  });

  test('pass on whole what is not an event', async () => {
    const source = publisher();
    await redis.command('XADD', source.stream, '1-0', 'other', 'thing');
    const one = member(source, 'first').consume('one');
    await until('it is delivered', () => one.delivered.length >= 1);
    expect(one.delivered).toEqual([{ seq: 1, event: '{"other":"thing"}', deliveries: 1 }]);
  });
});
