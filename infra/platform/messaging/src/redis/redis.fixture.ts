import {
  type RedisCluster,
  type RedisProcess,
  type RedisSentinels,
  type RedisServer,
  startRedisCluster,
  startRedisSentinels,
  startRedisServer,
  startTcpProxy,
  until,
} from '@airline/testing';
import { createClient } from 'redis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type Publisher, silent } from '../stream.fixture.ts';
import type { Transport } from '../transport.ts';
import { createRedisTransport, type RedisTransportOptions } from './transport.ts';

let members = 0;

/** How Redis runs: at which URL, on which servers, and which of them takes what is written to a stream. */
interface Deployment extends AsyncDisposable {
  readonly url: string;
  readonly servers: readonly RedisProcess[];
  writableFor(stream: string): Promise<RedisProcess>;
}

/** A private Redis for a test file. */
export function useRedis(...settings: string[]) {
  const redis = useDeployment<Deployment & { server: RedisServer }>(async () => {
    const server = await startRedisServer(...settings);
    return {
      url: server.url,
      server,
      servers: [server],
      writableFor: async () => server,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  });
  const server = () => redis.running().server;
  return {
    ...redis,
    server,
    command: (...words: [string, ...string[]]) => server().command(...words),

    /** A proxy before the server, and the URL by which it is reached. */
    proxied: async () => {
      const proxy = await startTcpProxy(server().port);
      onTestFinished(() => proxy[Symbol.asyncDispose]());
      return { proxy, url: `redis://127.0.0.1:${proxy.port}` };
    },

    /** A client of the test's own. */
    client: async () => {
      const client = createClient({ url: server().url });
      client.on('error', () => {});
      await client.connect();
      onTestFinished(() => client.destroy());
      return client;
    },
  };
}

/** A master, a replica and three Sentinels for a test file. */
export const useSentinels = () =>
  useDeployment<Deployment & RedisSentinels>(async () => {
    const sentinels = await startRedisSentinels();
    return { ...sentinels, writableFor: sentinels.master };
  });

/** A cluster of three nodes for a test file, optionally with as many replicas. */
export const useCluster = (options?: { replicas: boolean }) =>
  useDeployment<Deployment & RedisCluster>(async () => {
    const cluster = await startRedisCluster(options);
    return { ...cluster, servers: cluster.nodes, writableFor: cluster.ownerOf };
  });

function useDeployment<D extends Deployment>(start: () => Promise<D>) {
  let deployment: D | undefined;
  beforeAll(async () => {
    deployment = await start();
  }, 60_000);
  afterAll(() => deployment?.[Symbol.asyncDispose]());

  const running = (): D => {
    if (!deployment) throw new Error('Redis is started before all tests.');
    return deployment;
  };

  /** Runs a command where the stream is written to. */
  const about = async ({ stream }: { stream: string }, ...words: [string, ...string[]]) =>
    await (await running().writableFor(stream)).command(...words);

  return {
    running,
    about,

    transport: (options: Partial<RedisTransportOptions> = {}): Transport => {
      members += 1;
      return createRedisTransport({
        url: running().url,
        consumer: `member-${members}`,
        logger: silent,
        now: () => new Date(),
        takeOverAfterMs: 200,
        ...options,
      });
    },

    /** Gives every server so much memory; `0` is as much as there is. */
    setMemory: async (bytes: string): Promise<void> => {
      for (const server of running().servers) await server.command('CONFIG', 'SET', 'maxmemory', bytes);
    },

    /** The numbers of a stream's entries. Fails when an id is not `<seq>-0`, or an entry not the outbox's own. */
    seqsIn: async ({ stream, log }: Publisher): Promise<number[]> => {
      const entries = (await about({ stream }, 'XRANGE', stream, '-', '+')) as [string, [string, string]][];
      const events = new Map((await log.read(0, 100_000)).map(({ seq, event }) => [`${seq}-0`, event]));
      return entries.map(([id, [field, event]]) => {
        if (field !== 'event' || events.get(id) !== event) throw new Error(`${id} is not from the outbox.`);
        return Number.parseInt(id, 10);
      });
    },

    /** Resolves when the stream ends where the outbox does. */
    published: async ({ stream, log }: Publisher): Promise<void> => {
      const last = `${await log.last()}-0`;
      await until(`the stream ends at ${last}`, async () => {
        const [newest] = (await about({ stream }, 'XREVRANGE', stream, '+', '-', 'COUNT', '1')) as [string][];
        return newest?.[0] === last;
      });
    },
  };
}
