import {
  continueReplication,
  isInSync,
  pauseReplication,
  replicationOf,
  requires,
  until,
} from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { services } from '../messaging.fixture.ts';
import { publisher, run, silent } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { connect } from './connect.ts';
import { createLocate } from './locate.ts';
import { startNaiveRelay } from './naive-relay.fixture.ts';
import { createOutageLog } from './outage-log.ts';
import { useCluster, useSentinels } from './redis.fixture.ts';
import { parseRedisUrl } from './url.ts';

describe.each([
  ['Sentinels', useSentinels],
  ['a cluster', () => useCluster({ replicas: true })],
] as const)('with %s, when a master is lost', requires('redis-server').options, (_, use) => {
  const redis = use();
  const masterOf = (source: { stream: string }) => redis.running().writableFor(source.stream);

  /** Ends a stream's master; what replicas had not got by then is lost. */
  async function failOver(source: { stream: string }) {
    const lost = await masterOf(source);
    await lost.kill();
    const successor = await until('another is master', async () => {
      const master = await masterOf(source);
      return master !== lost && master;
    });
    const isReplica = () => until('it is a replica', () => isInSync(lost));
    return {
      /** Starts the lost one again, and waits until it follows its successor. */
      comeBack: async () => {
        await lost.start();
        await isReplica();
      },
      /** As `comeBack`; Sentinels take ten seconds to make it a replica, so the test does. */
      bringBack: async () => {
        await lost.start();
        const { role } = await replicationOf(lost);
        if (role === 'master') await lost.command('REPLICAOF', '127.0.0.1', String(successor.port));
        await isReplica();
      },
    };
  }

  /** A process that publishes, listens in a group and tails, and has done so with the first hundred events. */
  async function busy() {
    const source = publisher();
    const process = startPublishing(redis.transport, source);
    const one = process.consume('one');
    const { received } = await process.tail(0);
    await source.write(100);
    const everywhere = async (last: number) => {
      await redis.published(source);
      await until('all are delivered', () => new Set(one.seqs()).size >= last);
      await until('all are received', () => received.includes(last));
      expect(await redis.seqsIn(source)).toEqual(run(1, last));
      expect([...new Set(one.seqs())].toSorted((a, b) => a - b)).toEqual(run(1, last));
      expect(received).toEqual(run(1, last));
    };
    await everywhere(100);
    return { source, process, everywhere };
  }

  test('its successor continues, and gets what was not replicated', async () => {
    const { source, everywhere } = await busy();
    await pauseReplication(await masterOf(source));
    await source.write(100);
    await everywhere(200);
    const { comeBack } = await failOver(source);
    expect(await redis.seqsIn(source)).not.toContain(300);
    await source.write(100);
    await everywhere(300);

    // The lost one has what its successor never had, and has to discard it.
    await comeBack();
    await source.write(1);
    await everywhere(301);
    const again = await failOver(source);
    await source.write(1);
    await everywhere(302);
    await again.bringBack();
  });

  test('each event has its effect once, while writes continue', async () => {
    const { flight, reservation, startFlight, startReservation, count, write, received } = services(
      redis.transport(),
    );
    startFlight();
    startReservation(count);
    startReservation(count);
    const stream = { stream: 'airline:flight' };
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      while (!isOver) {
        await write(5);
        written += 5;
        await new Promise(setImmediate);
      }
    })();
    await until('some are received', async () => (await received()) >= 100);
    await pauseReplication(await masterOf(stream));
    const before = written;
    await until('some more are received', async () => (await received()) >= before + 100);
    const { bringBack } = await failOver(stream);
    const after = await received();
    await until('events are received again', async () => (await received()) > after);
    isOver = true;
    await writing;
    await until('all are received', async () => (await received()) >= written);
    expect(await flight.log.last()).toBe(written);
    expect(await received()).toBe(written);
    expect(await reservation.log.last()).toBe(written);
    expect(await reservation.deadLetters.list()).toEqual([]);
    await bringBack();
  });

  test('what it alone had would be lost, if the relay did not compare where the stream ends', async () => {
    const source = publisher();
    const target = parseRedisUrl(redis.running().url);
    const connection = connect({
      ...{ target, locate: createLocate(target), stream: source.stream, logger: silent },
      outages: createOutageLog(silent, 'of this test'),
      silentAfterMs: 10_000,
    });
    await until('it is connected', () => connection.isReady);
    startNaiveRelay(
      { xAdd: (...entry) => connection.run((client) => client.xAdd(...entry)) },
      source.stream,
      source.log,
    );
    await source.write(100);
    await redis.published(source);
    const lost = await masterOf(source);
    await pauseReplication(lost);
    await source.write(100);
    await redis.published(source);
    const { bringBack } = await failOver(source);
    await until('it is connected again', () => connection.isReady);
    await source.write(100);
    await redis.published(source);
    expect(await redis.seqsIn(source)).toEqual([...run(1, 100), ...run(201, 300)]);
    connection.disconnect();
    await bringBack();
  });

  test('or does not respond, it is left for its successor, and its late writes are undone', async () => {
    const source = publisher();
    // A connection is not closed because it is silent, but because another server is master.
    const process = startPublishing(() => redis.transport({ silentAfterMs: 600_000 }), source);
    const one = process.consume('one');
    const { received } = await process.tail(0);
    await source.write(10);
    await until('all arrive', () => one.delivered.length >= 10 && received.length >= 10);

    const lost = await masterOf(source);
    await pauseReplication(lost);
    lost.pause();
    await source.write(10);
    await until('all arrive', () => new Set(one.seqs()).size >= 20 && received.length >= 20);
    lost.resume();
    await continueReplication(lost);
    await until('it is a replica', () => isInSync(lost));
    await source.write(10);
    await until('all arrive', () => new Set(one.seqs()).size >= 30 && received.length >= 30);
    expect(received).toEqual(run(1, 30));
    expect(await redis.seqsIn(source)).toEqual(run(1, 30));
  });
});
