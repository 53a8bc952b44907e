import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Replicas } from '@airline/local/replicas';
import { pick, type TcpProxy } from '@airline/testing';
import { breakDatabase, refuseDatabase } from './database-faults.ts';
import { type Fault, type Random, signal } from './fault.ts';
import { changePassword, failOver, fillRedis, lag, loseEntries, restartRedis } from './redis-faults.ts';

const LONGEST_DELAY_MS = 300;
const LONGEST_LEAP_MS = 30 * 60_000;
const MOST_STARTS = 20;
const BETWEEN_STARTS_MS = 500;
const MOST_PICKS = 10_000;

/**
 * Picks the next fault whose name matches; the choice depends on `random` alone.
 * @throws Error where there is none
 */
export function nextFault(system: Replicas, random: Random, only: RegExp): Fault {
  for (let picks = 0; picks < MOST_PICKS; picks += 1) {
    const fault = anyFault(system, random);
    if (only.test(fault.name)) return fault;
  }
  throw new Error(`No fault has a name like ${only}.`);
}

function anyFault(system: Replicas, random: Random): Fault {
  const any = <Item>(items: readonly Item[]) => pick(items, random);
  const { sentinels } = system;
  const kinds: readonly (() => Fault)[] = [
    () => kill(system, any(Object.keys(system.processes))),
    () => kill(system, any(Object.keys(system.processes))),
    () => pause(system, any(Object.keys(system.processes))),
    () => moveClock(system, any(Object.keys(system.processes)), (random() - 0.5) * 2 * LONGEST_LEAP_MS),
    () => (sentinels ? failOver(sentinels) : restartRedis(system, random() < 0.5)),
    () => (sentinels ? lag(sentinels) : any([fillRedis, changePassword])(system)),
    () => loseEntries(system, random),
    () => loseEntries(system, random),
    () => breakDatabase(system),
    () => refuseDatabase(system, random),
    () => refuseDatabase(system, random),
    () => network(any(Object.entries(system.network)), any(['cut', 'delay', 'partition']), random),
    () => duplicateRequests(any(Object.entries(system.network).filter(([name]) => name !== 'postgres'))),
  ];
  return any(kinds)();
}

function kill(system: Replicas, name: string): Fault {
  return {
    name: `SIGKILL ${name}`,
    targets: [name],
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
      await wait(BETWEEN_STARTS_MS);
    }
  }
}

function pause(system: Replicas, name: string): Fault {
  return {
    name: `SIGSTOP ${name}`,
    targets: [name],
    begin: () => signal(system, 'SIGSTOP', [name]),
    heal: () => signal(system, 'SIGCONT', [name]),
  };
}

/** Clocks are set right again at once, which is a leap of its own. */
function moveClock(system: Replicas, name: string, offsetMs: number): Fault {
  const set = (ms: number) => writeFile(system.clockFile(name), String(Math.round(ms)));
  return {
    name: `the clock of ${name} by ${Math.round(offsetMs / 1000)} s`,
    targets: [name],
    begin: () => set(offsetMs),
    heal: () => set(0),
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
    targets: [`network ${name}`],
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
    targets: [`network ${name}`],
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
