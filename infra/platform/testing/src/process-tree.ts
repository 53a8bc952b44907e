import type { ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** Sends a signal to a process that runs and to those that it has started. */
export async function signalTree(child: ChildProcess | undefined, name: NodeJS.Signals): Promise<void> {
  const { pid } = child ?? {};
  if (pid === undefined || child?.exitCode !== null) return;
  // The first one first, so that it starts no more.
  process.kill(pid, name);
  for (const each of await childrenOf(pid)) {
    try {
      process.kill(each, name);
    } catch {
      // It has ended by itself.
    }
  }
}

export async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => ((await parentOf(pid)) === parent ? [Number(pid)] : [])),
  );
  return found.flat();
}

/** The second field after a process's name, which may hold spaces and brackets (proc(5)). */
async function parentOf(pid: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Those that have not ended. */
export async function alive(pids: readonly number[]): Promise<number[]> {
  const states = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => states[index] !== '' && !states[index]?.includes(') Z '));
}
