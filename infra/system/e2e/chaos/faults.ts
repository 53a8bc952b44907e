import { writeFile } from 'node:fs/promises';
import type { Replicas } from '@airline/local/replicas';
import {
  pauseReplication,
  pick,
  present,
  type RedisProcess,
  type RedisSentinels,
  type TcpProxy,
  until,
} from '@airline/testing';

/** Something that goes wrong for a while. */
export interface Fault {
  /** In words. */
  readonly name: string;
  /** What it hits: nothing is hit twice at once. */
  readonly target: string;
  readonly begin: () => Promise<void> | void;
  readonly heal: () => Promise<void> | void;
}

/** From 0, below 1. */
type Random = () => number;

const LONGEST_DELAY_MS = 300;
const LONGEST_LEAP_MS = 30 * 60_000;
const MOST_STARTS = 10;
const LITTLE_MEMORY = '2mb';

/** Picks the next fault; the choice depends on `random` alone. */
export function nextFault(system: Replicas, random: Random): Fault {
  const any = <Item>(items: readonly Item[]) => pick(items, random);
  const kinds: readonly (() => Fault)[] = [
    () => kill(system, any(Object.keys(system.processes))),
    () => kill(system, any(Object.keys(system.processes))),
    () => pause(system, any(Object.keys(system.processes))),
    () => moveClock(system, any(Object.keys(system.processes)), (random() - 0.5) * 2 * LONGEST_LEAP_MS),
    () => (system.sentinels ? failOver(system.sentinels) : restartRedis(system, random() < 0.5)),
    () => (system.sentinels ? lag(system.sentinels) : fillRedis(system)),
    () => restartPostgres(system),
    () => network(any(Object.entries(system.network)), any(['cut', 'delay', 'partition']), random),
    () => duplicateRequests(any(Object.entries(system.network).filter(([name]) => name !== 'postgres'))),
  ];
  return any(kinds)();
}

function kill(system: Replicas, name: string): Fault {
  return {
    name: `SIGKILL ${name}`,
    target: name,
    begin: () => system.processes[name]?.kill(),
    heal: () => startAgain(system, name),
  };
}

/** As a cluster does: again and again, while what it needs is broken, too. */
async function startAgain(system: Replicas, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await system.restart(name);
    } catch (error) {
      if (attempt === MOST_STARTS) throw error;
    }
  }
}

function pause(system: Replicas, name: string): Fault {
  const signal = (which: 'SIGSTOP' | 'SIGCONT') => {
    process.kill(present(system.processes[name], `process ${name}`).pid, which);
  };
  return {
    name: `SIGSTOP ${name}`,
    target: name,
    begin: () => signal('SIGSTOP'),
    heal: () => signal('SIGCONT'),
  };
}

/** Clocks are set right again at once, which is a leap of its own. */
function moveClock(system: Replicas, name: string, offsetMs: number): Fault {
  const set = (ms: number) => writeFile(system.clockFile(name), String(Math.round(ms)));
  return {
    name: `the clock of ${name} by ${Math.round(offsetMs / 1000)} s`,
    target: name,
    begin: () => set(offsetMs),
    heal: () => set(0),
  };
}

function restartRedis({ redis }: Replicas, keepsData: boolean): Fault {
  return {
    name: `Redis restarts ${keepsData ? 'with' : 'without'} its data`,
    target: 'redis',
    begin: async () => {
      if (!keepsData) await redis.command('FLUSHALL');
      await redis.kill();
    },
    heal: () => redis.start(),
  };
}

/** The replica takes over; the old master comes back as a replica. */
function failOver(sentinels: RedisSentinels): Fault {
  let master: RedisProcess | undefined;
  return {
    name: 'the master of Redis dies',
    target: 'redis',
    begin: async () => {
      master = await until('the Sentinels agree', () => sentinels.master());
      await master.kill();
    },
    heal: async () => {
      await until('another one is master', async () => (await sentinels.master()) !== master);
      await master?.start();
    },
  };
}

/** The replica falls behind, and takes over as it is. */
function lag(sentinels: RedisSentinels): Fault {
  const failing = failOver(sentinels);
  return {
    ...failing,
    name: 'the master of Redis dies with what its replica has not got',
    begin: async () => {
      await pauseReplication(await until('the Sentinels agree', () => sentinels.master()));
      await failing.begin();
    },
  };
}

function fillRedis({ redis }: Replicas): Fault {
  const limit = (memory: string) => redis.command('CONFIG', 'SET', 'maxmemory', memory);
  return {
    name: 'Redis is full',
    target: 'redis',
    begin: async () => void (await limit(LITTLE_MEMORY)),
    heal: async () => void (await limit('0')),
  };
}

function restartPostgres({ postgres }: Replicas): Fault {
  return {
    name: 'Postgres restarts',
    target: 'postgres',
    begin: () => postgres.kill(),
    heal: () => postgres.start(),
  };
}

function network(
  [name, proxy]: [string, TcpProxy],
  how: 'cut' | 'delay' | 'partition',
  random: Random,
): Fault {
  const delayMs = Math.ceil(random() * LONGEST_DELAY_MS);
  const begin = {
    cut: () => proxy.cut(),
    delay: () => proxy.delay(delayMs),
    partition: () => proxy.partition(true),
  }[how];
  return {
    name: `${how}${how === 'delay' ? ` of ${delayMs} ms` : ''} before ${name}`,
    target: `network ${name}`,
    begin,
    heal: () => {
      proxy.delay(0);
      proxy.partition(false);
      // What was lost in between leaves streams of bytes that cannot be read any more.
      if (how === 'partition') proxy.cut();
    },
  };
}

/** Not before Postgres: a second session that follows the first one's statements is no network's doing. */
function duplicateRequests([name, proxy]: [string, TcpProxy]): Fault {
  return {
    name: `doubled requests before ${name}`,
    target: `network ${name}`,
    begin: () => {
      proxy.duplicate(true);
      proxy.cut();
    },
    heal: () => {
      proxy.duplicate(false);
      proxy.cut();
    },
  };
}
