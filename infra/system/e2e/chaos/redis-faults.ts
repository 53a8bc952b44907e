import type { Replicas } from '@airline/local/replicas';
import { listenersOf, services, streamOf } from '@airline/schema/events';
import {
  pauseReplication,
  pick,
  type RedisProcess,
  type RedisSentinels,
  redisCommand,
  until,
} from '@airline/testing';
import { type Fault, type Random, signal } from './fault.ts';

const LITTLE_MEMORY = '2mb';
const PASSWORD = 'another';
const UNREAD_WITHIN_MS = 10_000;

export function restartRedis({ redis }: Replicas, keepsData: boolean): Fault {
  return {
    name: `Redis restarts ${keepsData ? 'with' : 'without'} its data`,
    targets: ['redis'],
    begin: async () => {
      if (!keepsData) await redis.command('FLUSHALL');
      await redis.kill();
    },
    heal: () => redis.start(),
  };
}

const masterOf = (sentinels: RedisSentinels): Promise<RedisProcess> =>
  until('the Sentinels agree', () => sentinels.master());

/** The replica takes over; the old master comes back as a replica. */
export function failOver(sentinels: RedisSentinels): Fault {
  let master: RedisProcess | undefined;
  return {
    name: 'the master of Redis dies',
    targets: ['redis'],
    begin: async () => {
      master = await masterOf(sentinels);
      await master.kill();
    },
    heal: async () => {
      await until('another one is master', async () => (await sentinels.master()) !== master);
      await master?.start();
    },
  };
}

/** The replica falls behind, and takes over as it is. */
export function lag(sentinels: RedisSentinels): Fault {
  const failing = failOver(sentinels);
  return {
    ...failing,
    name: 'the master of Redis dies with what its replica has not got',
    begin: async () => {
      await pauseReplication(await masterOf(sentinels));
      await failing.begin();
    },
  };
}

export function fillRedis({ redis }: Replicas): Fault {
  const limit = (memory: string) => redis.command('CONFIG', 'SET', 'maxmemory', memory);
  return {
    name: 'Redis is full',
    targets: ['redis'],
    begin: async () => void (await limit(LITTLE_MEMORY)),
    heal: async () => void (await limit('0')),
  };
}

/** As while a password is rotated: who has the old one is refused. */
export function changePassword({ redis }: Replicas): Fault {
  const url = redis.url.replace('//', `//default:${PASSWORD}@`);
  return {
    name: 'Redis has another password',
    targets: ['redis'],
    begin: async () => {
      await redis.command('CONFIG', 'SET', 'requirepass', PASSWORD);
      await redisCommand(url, 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    heal: async () => void (await redisCommand(url, 'CONFIG', 'SET', 'requirepass', '')),
  };
}

interface Group {
  readonly name: string;
  readonly 'last-delivered-id': string;
}

/** Somebody else removes what a service has yet to read, whose replicas are stopped for that. */
export function loseEntries(system: Replicas, random: Random): Fault {
  const publisher = pick(
    services.filter((service) => listenersOf(service).length > 0),
    random,
  );
  const [stream, group] = [streamOf(publisher), pick(listenersOf(publisher), random)];
  const how = pick(['XTRIM', 'XDEL', 'DEL'] as const, random);
  const readers = Object.keys(system.processes).filter((name) => name.startsWith(`${group}-`));
  const seqOf = (id: string) => Number(id.split('-')[0]);

  /** The numbers of what the group has not read, from the first to the last. */
  async function unread(master: RedisProcess): Promise<{ first: number; last: number } | undefined> {
    const groups = (await master.command('XINFO', 'GROUPS', stream)) as readonly Group[];
    const info = (await master.command('XINFO', 'STREAM', stream)) as { 'last-generated-id': string };
    const read = groups.find(({ name }) => name === group)?.['last-delivered-id'];
    if (read === undefined) return undefined;
    const [first, last] = [seqOf(read) + 1, seqOf(info['last-generated-id'])];
    return first <= last ? { first, last } : undefined;
  }

  return {
    name: `${how} of what ${group} has not read of ${stream}`,
    targets: ['redis', ...readers],
    begin: async () => {
      signal(system, 'SIGSTOP', readers);
      const { sentinels, redis } = system;
      const master = sentinels ? await masterOf(sentinels) : redis;
      // Where nobody publishes any more there is none; then what it has read is removed.
      const found = await until('it has not read something', () => unread(master), UNREAD_WITHIN_MS).catch(
        () => undefined,
      );
      const removal = {
        XTRIM: ['MAXLEN', '0'],
        XDEL: [`${found?.first ?? 1}-0`],
        DEL: [],
      }[how];
      await master.command(how, stream, ...removal);
      return found ? `unread were ${found.first} to ${found.last}` : 'nothing was unread';
    },
    heal: () => signal(system, 'SIGCONT', readers),
  };
}
