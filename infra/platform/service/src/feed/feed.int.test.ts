import type { LogEntry } from '@airline/database';
import { createEmbeddedTransport, createRedisTransport, type Transport } from '@airline/messaging';
import { freePort, startRedisServer, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Follower } from './follower.ts';
import { publish, startSample, startSampleFeed, topicOf } from './sample.fixture.ts';

const run = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const ALL = topicOf(null);

/** Keeps reading in the background. */
function collect(follower: Follower) {
  const seqs: number[] = [];
  const ended = (async () => {
    for (let step = await follower.next(); !step.done; step = await follower.next())
      seqs.push(step.value.seq);
  })();
  return { seqs, ended };
}

function embedded() {
  const transport = createEmbeddedTransport();
  const sample = startSampleFeed(transport);
  publish(transport, sample);
  return sample;
}

/** A live tail that the test itself feeds. */
function spoken() {
  const ears = Promise.withResolvers<(entries: readonly LogEntry[]) => void>();
  const transport: Transport = {
    ...createEmbeddedTransport(),
    tail: async (_stream, receive) => {
      ears.resolve(receive);
      return { from: 0, end: async () => 0, close: async () => {} };
    },
  };
  const sample = startSampleFeed(transport);
  const say = async (...seqs: number[]) => {
    const receive = await ears.promise;
    const entries = await sample.store.log.read(0, 1000);
    receive(seqs.map((seq) => entries[seq - 1] as LogEntry));
  };
  return { ...sample, say };
}

describe('a follower', () => {
  test('continues from the log to live events without a gap or a repeat, while others write', async () => {
    const { feed, pay } = embedded();
    await pay('a', 250);
    const followers = [0, 20, 249, 250].map((after) => ({ after, ...collect(feed.follow(ALL, after)) }));
    for (let more = 0; more < 20; more += 1) {
      await pay('a', 25);
      const after = 250 + 25 * (more + 1);
      followers.push({ after, ...collect(feed.follow(ALL, after)) });
    }
    await pay('a', 1);
    for (const { after, seqs } of followers) {
      await until('all is followed', () => seqs.length >= 751 - after);
      expect(seqs).toEqual(run(after + 1, 751));
    }
  });

  test('receives its own topic only', async () => {
    const { feed, pay } = embedded();
    const [a, b] = ['a', 'b'].map((id) => collect(feed.follow(topicOf(id), 0)));
    for (const id of ['a', 'b', 'c', 'a', 'b']) await pay(id);
    await until('both have two events', () => a?.seqs.length === 2 && b?.seqs.length === 2);
    expect([a?.seqs, b?.seqs]).toEqual([
      [1, 4],
      [2, 5],
    ]);
  });

  test('that does not read is handed no more than its buffer holds, and misses nothing', async () => {
    const { feed, asked, received, pay } = embedded();
    const follower = feed.follow(ALL, 0);
    const first = follower.next();
    await pay('a');
    expect((await first).value?.seq).toBe(1);
    // It is live now: it was waiting when the event came.
    await pay('a', 1000);
    await until('all are received', () => received.includes(1001));
    expect(asked.filter((seq) => seq > 110)).toEqual([]);
    const { seqs } = collect(follower);
    await until('all is followed', () => seqs.length >= 1000);
    await pay('a');
    await until('what comes is followed', () => seqs.length >= 1001);
    expect(seqs).toEqual(run(2, 1002));
  });

  test('control: one that reads is handed everything', async () => {
    const { feed, asked, received, pay } = embedded();
    const { seqs } = collect(feed.follow(ALL, 0));
    await pay('a');
    await until('it is live', () => seqs.length === 1);
    for (let more = 0; more < 10; more += 1) {
      await pay('a', 50);
      await until('it has read', () => seqs.length >= 50 * (more + 1) + 1);
    }
    await until('all are received', () => received.includes(501));
    expect(asked.filter((seq) => seq > 110).length).toBeGreaterThanOrEqual(391);
  });

  test('costs events nothing that do not concern it', async () => {
    const { feed, asked, received, pay } = embedded();
    const others = Array.from({ length: 1000 }, (_, index) => collect(feed.follow(topicOf(`x${index}`), 0)));
    const one = collect(feed.follow(topicOf('a'), 0));
    await pay('a', 1);
    await until('it has the events', () => one.seqs.length === 1 && received.includes(1));
    asked.length = 0;
    await pay('a', 3);
    await until('it has the events', () => one.seqs.length === 4 && received.includes(4));
    expect(asked).toEqual([2, 3, 4]);
    expect(others.every(({ seqs }) => seqs.length === 0)).toBe(true);
  });

  test('starts at its position, though the tail starts only later', async () => {
    const transport = createEmbeddedTransport();
    const sample = startSampleFeed(transport);
    await sample.pay('a', 3);
    const before = collect(sample.feed.follow(ALL, await sample.store.log.last()));
    await sample.pay('a', 3);
    publish(transport, sample);
    await sample.pay('a', 3);
    await until('all is followed', () => before.seqs.length >= 6);
    expect(before.seqs).toEqual(run(4, 9));
  });

  test('reads in the log what the live tail leaves out, and receives nothing twice', async () => {
    const { feed, pay, say } = spoken();
    await pay('a', 10);
    await say(...run(1, 10));
    const { seqs } = collect(feed.follow(ALL, 2));
    await until('it has caught up', () => seqs.length === 8);
    await pay('a', 10);
    await say(11, 12);
    await say(12, 11, 12);
    await say(17, 18);
    await until('the gap is filled', () => seqs.length >= 16);
    await say(19, 20);
    await until('all is followed', () => seqs.length >= 18);
    expect(seqs).toEqual(run(3, 20));
  });

  test('fails when the log no longer holds what comes next', async () => {
    const { feed, store, pay } = embedded();
    await pay('a', 10);
    const follower = feed.follow(ALL, 3);
    await store.deleteExpired({ outbox: 5, inbox: new Date(0), droppedLetters: new Date(0) });
    await expect(follower.next()).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
    const { seqs } = collect(feed.follow(ALL, 5));
    await until('the rest is followed', () => seqs.length === 5);
    await store.deleteExpired({ outbox: 10, inbox: new Date(0), droppedLetters: new Date(0) });
    await expect(feed.follow(ALL, 8).next()).rejects.toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED' },
    });
  });

  test('ends at once though its next event is waited for, on its own and with the feed', async () => {
    const { feed, pay } = embedded();
    await pay('a');
    const [one, two] = [feed.follow(ALL, 1), feed.follow(ALL, 1)];
    const [first, second] = [one.next(), two.next()];
    await one.return();
    expect(await first).toEqual({ done: true, value: undefined });
    await feed.close();
    expect(await second).toEqual({ done: true, value: undefined });
    expect(await feed.follow(ALL, 0).next()).toEqual({ done: true, value: undefined });
  });

  test('leaves no listener behind', async () => {
    const { feed, asked, received, pay } = embedded();
    for (let round = 0; round < 1000; round += 1) {
      const follower = feed.follow(topicOf(`a${round % 10}`), 0);
      const next = follower.next();
      if (round % 2 === 0) await new Promise(setImmediate);
      await follower.return();
      await next;
    }
    await pay('a1');
    await until('it is received', () => received.includes(1));
    expect(asked).toEqual([]);
  });

  test('control: one that stays is a listener', async () => {
    const { feed, asked, received, pay } = embedded();
    const { seqs } = collect(feed.follow(topicOf('a1'), 0));
    await new Promise(setImmediate);
    await pay('a1');
    await until('it is received', () => received.includes(1) && seqs.length === 1);
    expect(asked).toContain(1);
  });
});

describe('over Redis', () => {
  async function redis() {
    const server = await startRedisServer();
    onTestFinished(() => server[Symbol.asyncDispose]());
    return server;
  }

  const transportTo = (url: string, consumer: string) =>
    createRedisTransport({
      url,
      consumer,
      logger: startSampleFeed(createEmbeddedTransport()).logger,
      now: () => new Date(),
    });

  test('every replica serves every subscriber, also after Redis came back empty', async () => {
    const server = await redis();
    const sample = startSample();
    const [one, two] = ['one', 'two'].map((name) => startSampleFeed(transportTo(server.url, name), sample));
    publish(transportTo(server.url, 'publisher'), sample);
    const followers = [one, two].map((replica) =>
      collect((replica as NonNullable<typeof one>).feed.follow(ALL, 0)),
    );
    const follow = async (count: number) => {
      for (const { seqs } of followers) await until(`${count} are followed`, () => seqs.length >= count);
    };
    await one?.pay('a', 10);
    await follow(10);
    await until('both are live', () => one?.received.includes(10) && two?.received.includes(10));
    await server.kill();
    await one?.pay('a', 200);
    await server.start();
    await follow(210);
    await one?.pay('a', 10);
    await follow(220);
    for (const { seqs } of followers) expect(seqs).toEqual(run(1, 220));
  });

  test('without Redis, a subscriber has what is in the log, and the feed closes', async () => {
    const transport = transportTo(`redis://127.0.0.1:${await freePort()}`, 'one');
    const { feed, pay } = startSampleFeed(transport);
    await pay('a', 3);
    const { seqs, ended } = collect(feed.follow(ALL, 1));
    await until('it has caught up', () => seqs.length === 2);
    await feed.close();
    await ended;
    expect(seqs).toEqual([2, 3]);
  });
});
