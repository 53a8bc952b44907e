import { recording } from '@airline/observability/recorded-lines';
import { freePort, startRedisCluster, startRedisSentinels, startRedisServer, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hashOf } from './hash.ts';
import { redisStore } from './redis-store.ts';

const text = '{ flights { id } }';
const hash = hashOf(text);
const key = `airline:apq:${hash}`;
const DAY = 86_400;

async function startRedis() {
  const redis = await startRedisServer();
  onTestFinished(() => redis[Symbol.asyncDispose]());
  return redis;
}

/** A store as one replica of the router has it, with what it logs. */
function replica(url: string, now?: () => number) {
  const { lines: log, logger } = recording();
  const store = redisStore({ url, logger, ...(now && { now }) });
  onTestFinished(() => store.close());
  return { store, log };
}

type Redis = Pick<Awaited<ReturnType<typeof startRedis>>, 'command'>;

/** A store connects in the background, and shares nothing before. */
const share = (redis: Redis, { store }: ReturnType<typeof replica>, document = text) =>
  until('the document is in Redis', async () => {
    store.set(hashOf(document), document);
    return (await redis.command('EXISTS', `airline:apq:${hashOf(document)}`)) === 1;
  });

const find = ({ store }: ReturnType<typeof replica>) =>
  until('the document is found', async () => (await store.get(hash)) === text);

describe('documents in Redis', () => {
  test('are shared by replicas, for a day', async () => {
    const redis = await startRedis();
    const [first, second] = [replica(redis.url), replica(redis.url)];
    await share(redis, first);
    expect(await redis.command('TTL', key)).toBeGreaterThan(DAY - 60);
    await find(second);
    expect(await second.store.get(hashOf('{ other }'))).toBeUndefined();
    expect([...first.log, ...second.log]).toEqual([]);
  });

  test('stay for another day after each read of a replica', async () => {
    const redis = await startRedis();
    await share(redis, replica(redis.url));
    await redis.command('EXPIRE', key, '100');
    await find(replica(redis.url));
    expect(await redis.command('TTL', key)).toBeGreaterThan(DAY - 60);
  });

  test('are sent again every hour by a replica that has them in memory', async () => {
    const redis = await startRedis();
    let now = 1_000;
    const one = replica(redis.url, () => now);
    await share(redis, one);
    await redis.command('DEL', key);
    now = 3_500_000;
    expect(one.store.get(hash)).toBe(text);
    // Sent on the same connection, so what came before it is there, too.
    await share(redis, one, '{ other }');
    expect(await redis.command('EXISTS', key)).toBe(0);
    now = 3_700_000;
    expect(one.store.get(hash)).toBe(text);
    await until('the document is in Redis again', async () => (await redis.command('EXISTS', key)) === 1);
  });

  test('are not accepted when they do not have their hash', async () => {
    const redis = await startRedis();
    const [first, second] = [replica(redis.url), replica(redis.url)];
    await share(redis, first);
    await find(second);
    const other = hashOf('{ other }');
    await redis.command('SET', `airline:apq:${other}`, 'mutation { cancelAll }');
    expect(await second.store.get(other)).toBeUndefined();
  });
});

describe('without Redis', () => {
  test('a replica serves what it has in memory, logs so once, and shares it when Redis is available again, though empty', async () => {
    const redis = await startRedis();
    const one = replica(redis.url);
    await share(redis, one);
    await redis.kill();
    const later = '{ later }';
    await until('the loss is noticed', () => one.log.length > 0);
    expect(one.store.get(hash)).toBe(text);
    expect(await one.store.get(hashOf('{ unknown }'))).toBeUndefined();
    one.store.set(hashOf(later), later);
    expect(one.store.get(hashOf(later))).toBe(later);
    expect(one.log).toHaveLength(1);
    expect(one.log[0]).toMatchObject({ level: 'warn', msg: expect.stringContaining('persisted queries') });

    await redis.start();
    const second = replica(redis.url);
    await until('the document is shared again', async () => {
      expect(one.store.get(hash)).toBe(text);
      return (await redis.command('EXISTS', key)) === 1;
    });
    await find(second);
  });

  test('that stalls, a document counts as not found', async () => {
    const redis = await startRedis();
    const [first, second] = [replica(redis.url), replica(redis.url)];
    await share(redis, first);
    await share(redis, second, '{ other }');
    redis.pause();
    expect(await second.store.get(hash)).toBeUndefined();
    // Not only when the connection is given up, seconds later.
    expect(second.log).toMatchObject([{ err: { message: 'Command timed out' } }]);
    expect(first.store.get(hash)).toBe(text);
    second.store.set(hash, text);
    expect(second.store.get(hash)).toBe(text);
    redis.resume();
    const third = replica(redis.url);
    await find(third);
  });

  test('that is read-only, a replica connects anew: the address may lead to another server by now', async () => {
    const redis = await startRedis();
    const one = replica(redis.url);
    await share(redis, one);
    const connection = async () => {
      const clients = String(await redis.command('CLIENT', 'LIST', 'TYPE', 'normal')).split('\n');
      return /^id=(\d+)/.exec(clients.find((client) => client && !client.includes('cmd=client')) ?? '')?.[1];
    };
    const before = await until('it is connected', connection);
    await redis.command('REPLICAOF', '127.0.0.1', String(await freePort()));
    one.store.set(hashOf('{ later }'), '{ later }');
    await until('there is another connection', async () => {
      const now = await connection();
      return now !== undefined && now !== before;
    });
    expect(one.log).toMatchObject([{ err: { message: expect.stringContaining('READONLY') } }]);
    await redis.command('REPLICAOF', 'NO', 'ONE');
    await share(redis, one, '{ later }');
  });

  test('from the start, a replica keeps its own', async () => {
    const one = replica(`redis://127.0.0.1:${await freePort()}`);
    one.store.set(hash, text);
    expect(one.store.get(hash)).toBe(text);
    expect(await one.store.get(hashOf('{ other }'))).toBeUndefined();
    await until('the failure is logged', () => one.log.length === 1);
  });
});

describe('with Sentinels', () => {
  test('documents are shared over the master, and after its loss over its successor', async () => {
    const redis = await startRedisSentinels();
    onTestFinished(() => redis[Symbol.asyncDispose]());
    const [first, second] = [replica(redis.url), replica(redis.url)];
    const lost = await redis.master();
    await share(lost, first);
    await find(second);
    const [successor] = redis.servers.filter((server) => server !== lost);
    if (!successor) throw new Error('There are two servers.');
    await until('the document is replicated', async () => (await successor.command('EXISTS', key)) === 1);
    await lost.kill();
    expect(first.store.get(hash)).toBe(text);
    await until('the other is master', async () => (await redis.master()) === successor);
    await share(successor, first, '{ later }');
    await find(replica(redis.url));
  });
});

describe('on a cluster', () => {
  test('documents are shared over all nodes, and after the loss of one over its successor', async () => {
    const redis = await startRedisCluster({ replicas: true });
    onTestFinished(() => redis[Symbol.asyncDispose]());
    const [first, second] = [replica(redis.url), replica(redis.url)];
    const keyOf = (document: string) => `airline:apq:${hashOf(document)}`;
    const documents = Array.from({ length: 30 }, (_, index) => `{ document${index} }`);
    const owners = await Promise.all(documents.map((document) => redis.ownerOf(keyOf(document))));
    expect(new Set(owners).size).toBe(3);
    const [lost] = owners;
    const [early, later] = documents.filter((_, index) => owners[index] === lost);
    if (!lost || !early || !later) throw new Error('The nodes share the slots.');
    for (const [index, document] of documents.entries()) {
      const owner = owners[index];
      if (owner && document !== later) await share(owner, first, document);
    }
    const found = ({ store }: typeof first, document: string) =>
      until('the document is found', async () => (await store.get(hashOf(document))) === document);
    for (const document of documents) if (document !== later) await found(second, document);

    await lost.kill();
    expect(first.store.get(hashOf(early))).toBe(early);
    const successor = await until('another has its slots', async () => {
      const owner = await redis.ownerOf(keyOf(later));
      return owner !== lost && owner;
    });
    await share(successor, first, later);
    await found(second, later);
    await found(replica(redis.url), early);
  });
});
