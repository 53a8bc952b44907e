import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

/** Notes a process, which is killed at the end of the test file that started it, if it is not ended before. */
export function noted<Child extends ChildProcess>(child: Child): Child {
  // One that could not be started has no end either.
  if (child.pid === undefined) return child;
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Kills each process that was noted and runs. */
export async function killRunning(): Promise<void> {
  const killed = [...running].map(async (child) => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  });
  await Promise.all(killed);
}
