import {
  type PostgresServer,
  type RedisServer,
  requires,
  startChild,
  startPostgresServer,
  startRedisServer,
} from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultName, faultNamed, plant } from './faults.ts';

const probe = new URL('./probe.fixture.ts', import.meta.url).pathname;

const sound = {
  balanceOfRedelivered: 1,
  balanceOfContended: 11,
  firstIdPublished: '1-0',
  pendingUnacknowledged: ['1-0'],
  isTraced: true,
};

/** What each fault changes, and nothing else. */
const broken: Readonly<Record<FaultName, object>> = {
  'inbox off': { balanceOfRedelivered: 2 },
  'for update off': { balanceOfContended: 1 },
  'acknowledge before commit': { pendingUnacknowledged: [] },
  '* stream ids': { firstIdPublished: expect.stringMatching(/^\d{13,}-\d+$/) },
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

  async function observed({ nodeOptions, env }: Partial<ReturnType<typeof plant>>): Promise<unknown> {
    await redis.command('FLUSHALL');
    const args = [...(nodeOptions ?? []), probe, await postgres.createDatabase(), redis.url];
    await using child = startChild(process.execPath, args, { env: { ...process.env, ...env } });
    const { exit, stdout, stderr } = await child.ended;
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    return JSON.parse(stdout);
  }

  test('is not there unless it is planted', async () => {
    expect(await observed({})).toEqual(sound);
  });

  test.each(Object.keys(broken).map(faultNamed))('breaks one promise: %s', async (fault) => {
    expect(await observed(plant(fault))).toEqual({ ...sound, ...broken[fault] });
  });

  test('of an unknown name is refused', () => {
    expect(() => faultNamed('no such')).toThrow(
      'There is no fault "no such" to plant: use one of inbox off, ',
    );
  });
});
