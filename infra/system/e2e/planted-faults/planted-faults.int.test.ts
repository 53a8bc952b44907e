import {
  type PostgresServer,
  type RedisServer,
  requires,
  startChild,
  startPostgresServer,
  startRedisServer,
} from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultName, faultNamed, withFault } from './faults.ts';

const probe = new URL('./probe.fixture.ts', import.meta.url).pathname;

const sound = {
  placedAgain: 'PLACED_BEFORE',
  balanceOfRedelivered: 1,
  balanceOfContended: 11,
  firstIdPublished: '1-0',
  pendingUnacknowledged: ['1-0'],
  outlastsSurroundings: true,
  neededOfRemoved: 2,
  firstDelivered: 1,
  isTraced: true,
  readsOfAnother: false,
};

/** What each fault changes, and nothing else. */
const broken: Readonly<Record<FaultName, object>> = {
  'idempotency off': { placedAgain: 'PLACED' },
  'inbox off': { balanceOfRedelivered: 2 },
  'for update off': { balanceOfContended: 1 },
  'acknowledge before commit': { pendingUnacknowledged: [] },
  '* stream ids': { firstIdPublished: expect.stringMatching(/^\d{13,}-\d+$/) },
  'surroundings count': { outlastsSurroundings: false },
  'losses unnoticed': { neededOfRemoved: undefined },
  'groups at the end': { firstDelivered: 2 },
  'ownership off': { readsOfAnother: true },
  'untraced events': { isTraced: false },
};

describe('a planted fault', requires('redis-server', 'postgres').options, () => {
  let postgres: PostgresServer;
  let redis: RedisServer;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    redis = await startRedisServer();
  });

  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  async function observed({ nodeOptions, env }: Partial<ReturnType<typeof withFault>>): Promise<unknown> {
    await redis.command('FLUSHALL');
    const args = [...(nodeOptions ?? []), probe, await postgres.createDatabase(), redis.url];
    await using child = startChild(process.execPath, args, { env: { ...process.env, ...env } });
    const { exit, stdout, stderr } = await child.ended;
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    return JSON.parse(stdout);
  }

  test('is absent by default', async () => {
    expect(await observed({})).toEqual(sound);
  });

  test.each(Object.keys(broken).map(faultNamed))('breaks one promise: %s', async (fault) => {
    expect(await observed(withFault(fault))).toEqual({ ...sound, ...broken[fault] });
  });

  test('of an unknown name is refused', () => {
    expect(() => faultNamed('no such')).toThrow(
      'No such planted fault: "no such"; use one of idempotency off, ',
    );
  });
});
