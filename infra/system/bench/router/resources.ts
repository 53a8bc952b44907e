import { readdirSync, readFileSync } from 'node:fs';
import { residentMb } from '../memory.ts';

/** What a process group has used so far. */
export interface Resources {
  /** Of all its processes and their threads. */
  readonly cpuMs: number;
  readonly residentMb: number;
}

/** Linux counts CPU time in hundredths of a second for every program: https://man7.org/linux/man-pages/man7/time.7.html */
const TICK_MS = 10;

/** Reads /proc; undefined where there is none. */
export function resourcesOf(group: number): Resources | undefined {
  if (process.platform !== 'linux') return undefined;
  let cpuMs = 0;
  let mb = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = statOf(pid);
      if (Number(fields[2]) !== group) continue;
      mb += residentMb(Number(pid));
      cpuMs += (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    } catch {
      // It has ended meanwhile.
    }
  }
  return { cpuMs, residentMb: mb };
}

/** The fields of /proc/PID/stat from the third on, which follow the name in parentheses. */
function statOf(pid: string): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
