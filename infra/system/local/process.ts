import { join } from 'node:path';
import { type Ended, startChild } from '@airline/testing';

const root = join(import.meta.dirname, '../../..');

/** A dozen of them may start at once on two cores. */
const READY_WITHIN_MS = 120_000;

export interface NodeProcess {
  readonly pid: number;
  /** The output so far. */
  output(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<Ended['exit']>;
  /** Sends SIGINT; returns its exit code, or the signal that ended it. */
  stop(): Promise<Ended['exit']>;
  /** Sends SIGKILL, like a power failure. */
  kill(): Promise<void>;
}

/** Runs one of the project's sources as a process; resolves once its output matches `ready`. */
export async function startNodeProcess(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  ready: RegExp,
  nodeOptions: readonly string[] = [],
  options: readonly string[] = [],
): Promise<NodeProcess> {
  const child = startChild(process.execPath, [...nodeOptions, join(root, file), ...options], {
    // Of this machine's environment only what a process requires.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  const end = async (signal: NodeJS.Signals) => {
    // A stopped process would not receive the signal.
    child.signal('SIGCONT');
    child.signal(signal);
    return (await child.ended).exit;
  };
  try {
    await child.printed(ready, READY_WITHIN_MS);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    pid: child.pid,
    output: child.output,
    ended: child.ended.then(({ exit }) => exit),
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
}
