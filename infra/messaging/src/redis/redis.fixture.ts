import { type RedisServer, startRedisServer, until } from '@airline/testing';
import { createClient } from 'redis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type Publisher, silent } from '../stream.fixture.ts';
import type { Transport } from '../transport.ts';
import { createRedisTransport, type RedisTransportOptions } from './transport.ts';

let members = 0;

/** A private Redis for a test file. */
export function useRedis(...settings: string[]) {
  let server: RedisServer | undefined;
  beforeAll(async () => {
    server = await startRedisServer(...settings);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const running = (): RedisServer => {
    if (!server) throw new Error('Redis is started before all tests.');
    return server;
  };

  return {
    server: running,
    command: (...words: [string, ...string[]]) => running().command(...words),

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

    /** A client of the test's own. */
    client: async () => {
      const client = createClient({ url: running().url });
      client.on('error', () => {});
      await client.connect();
      onTestFinished(() => client.destroy());
      return client;
    },

    /** The numbers of a stream's entries. Fails when an id is not `<seq>-0`, or an entry not the outbox's own. */
    seqsIn: async ({ stream, log }: Publisher): Promise<number[]> => {
      const entries = (await running().command('XRANGE', stream, '-', '+')) as [string, [string, string]][];
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
        const [newest] = (await running().command('XREVRANGE', stream, '+', '-', 'COUNT', '1')) as [string][];
        return newest?.[0] === last;
      });
    },
  };
}
