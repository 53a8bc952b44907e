import { setTimeout as wait } from 'node:timers/promises';
import { type ChildProcess, requires, startChild } from '@airline/testing';

/** How long a process may take to end by itself. */
const END_WITHIN_MS = 2_000;

export interface Program {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** The core that it may use; undefined: any. */
  readonly core?: number | undefined;
}

/** A program and what it has started: a process group, whose id is the program's process id. */
export interface RunningProgram {
  readonly group: number;
  readonly child: ChildProcess;
  /** Undefined while it runs; then the end of its output. */
  lastWords(): string | undefined;
  stop(): Promise<void>;
}

/** The processes of a benchmark. They all end when it is disposed of, and none is started any more. */
export class Processes implements AsyncDisposable {
  readonly #running = new Set<RunningProgram>();
  #isDisposed = false;

  /** @throws Error once it is disposed of, or when there is no such program */
  start({ command: [program, ...args], env, core }: Program): RunningProgram {
    if (this.#isDisposed) throw new Error('The benchmark is being stopped.');
    const pinned = core === undefined ? [] : ['taskset', '--cpu-list', String(core)];
    const [first = program, ...rest] = [...pinned, program, ...args];
    const child = startChild(first, rest, {
      // A terminal's Ctrl-C reaches only the benchmark, which ends the others.
      detached: true,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, APOLLO_TELEMETRY_DISABLED: 'true', ...env },
    });
    let isRunning = true;
    void child.ended.then(() => {
      isRunning = false;
    });
    const running: RunningProgram = {
      group: child.pid,
      child,
      lastWords: () =>
        isRunning ? undefined : child.output().trim().split('\n').slice(-5).join(' | ').slice(-600),
      stop: async () => {
        signalGroup(child.pid, 'SIGTERM');
        const isEnded = await Promise.race([child.ended.then(() => true), wait(END_WITHIN_MS, false)]);
        if (!isEnded) signalGroup(child.pid, 'SIGKILL');
        await child.ended;
        this.#running.delete(running);
      },
    };
    this.#running.add(running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await Promise.all(Array.from(this.#running, (running) => running.stop()));
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended.
  }
}

export interface Cores {
  readonly router: number | undefined;
  /** Of the load and of the subgraphs. */
  readonly load: number | undefined;
}

/** Reads `ROUTER:LOAD`, such as `0:1`; or `none`. Where processes cannot be pinned, it says so. */
export function readCores(text: string, available: number, warn: (line: string) => void): Cores {
  const none = { router: undefined, load: undefined };
  if (text === 'none') return none;
  const match = /^(\d+):(\d+)$/.exec(text);
  if (!match) throw new Error(`--cores ${text}: expected two numbers, such as 0:1, or none.`);
  const taskset = requires('taskset');
  if (taskset.missing || available < 2) {
    const reason = taskset.missing ? 'taskset is missing' : 'there is one core';
    warn(`Nothing is pinned to a core, since ${reason}: router and load disturb each other.`);
    return none;
  }
  return { router: Number(match[1]), load: Number(match[2]) };
}
