import { join } from 'node:path';
import { type Ended, startChild } from '@airline/testing';

const root = join(import.meta.dirname, '../../..');

/** A dozen of them may start at once on two cores. */
const READY_WITHIN_MS = 60_000;

export interface NodeProcess {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Ends it in good order; returns its exit code, or the signal that ended it. */
  stop(): Promise<Ended['exit']>;
  /** Ends it at once, as a power failure would. */
  kill(): Promise<void>;
}

/** Runs one of the project's sources as a process of its own, until it has printed what `ready` matches. */
export async function startNodeProcess(
  file: string,
  env: Readonly<Record<string, string>>,
  ready: RegExp,
  nodeOptions: readonly string[] = [],
): Promise<NodeProcess> {
  const child = startChild(process.execPath, [...nodeOptions, join(root, file)], {
    // Nothing of this machine's configuration but what a process needs to run.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  const end = async (signal: NodeJS.Signals) => {
    // One that was stopped would not receive the signal.
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
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
}
