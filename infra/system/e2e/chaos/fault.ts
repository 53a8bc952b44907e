import type { Replicas } from '@airline/local/replicas';
import { present } from '@airline/testing';

/** Something that goes wrong for a while. */
export interface Fault {
  /** In words. */
  readonly name: string;
  /** What it hits: nothing is hit twice at once. */
  readonly targets: readonly string[];
  /** Returns, or resolves to, what it has hit, in words, where the name does not say so. */
  readonly begin: () => unknown;
  readonly heal: () => Promise<void> | void;
}

/** From 0, below 1. */
export type Random = () => number;

/** Sends signals to processes, by their names. */
export function signal(system: Replicas, which: 'SIGSTOP' | 'SIGCONT', names: readonly string[]): void {
  for (const name of names) process.kill(present(system.processes[name], `process ${name}`).pid, which);
}
