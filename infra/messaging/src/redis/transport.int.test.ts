import { type RedisServer, requires, startRedisServer } from '@airline/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { silent } from '../stream.fixture.ts';
import { transportContract } from '../transport.contract.ts';
import { createRedisTransport } from './transport.ts';

describe('the Redis transport', requires('redis-server').options, () => {
  let server: RedisServer;
  let members = 0;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  transportContract(() => {
    members += 1;
    return createRedisTransport({
      url: server.url,
      consumer: `member-${members}`,
      logger: silent,
      now: () => new Date(),
      takeOverAfterMs: 200,
    });
  });
});
