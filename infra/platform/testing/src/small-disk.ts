import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Requirement } from './requirement.ts';

/** A disk of a test's own, unmounted when disposed of. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Takes all of its space. */
  fill(): Promise<void>;
  /** Gives back what `fill` has taken. */
  free(): Promise<void>;
}

/** Mounts a file system of so many bytes in memory; see `requiresMount`. */
export function mountSmallDisk(bytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'airline-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' });
  const filler = join(path, 'filler');
  return {
    path,
    fill: async () => {
      const isFull = (bytes: number): Promise<boolean> =>
        appendFile(filler, Buffer.alloc(bytes)).then(
          () => false,
          () => true,
        );
      // Page by page at the end, so that nothing is left.
      for (const bytes of [1024 * 1024, 4096]) while (!(await isFull(bytes)));
    },
    free: () => rm(filler, { force: true }),
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', ['--lazy', path]);
      rmdirSync(path);
    },
  };
}

/** Requires the right to mount a file system, which root has outside most containers. */
export function requiresMount(): Requirement {
  const missing = !canMount();
  const skipReason =
    'file systems cannot be mounted here (run as root, outside a container without CAP_SYS_ADMIN)';
  return { missing, reason: skipReason, options: missing ? { skip: true, meta: { skipReason } } : {} };
}

function canMount(): boolean {
  try {
    void mountSmallDisk(65_536)[Symbol.asyncDispose]();
    return true;
  } catch {
    return false;
  }
}
