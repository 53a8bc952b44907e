import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestOptions } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test or a suite is skipped; the closing summary of a run prints it. */
    skipReason?: string;
  }
}

/** Something outside the workspace that a test cannot do without. */
export interface Requirement {
  readonly missing: boolean;
  /** What is missing and how to get it. */
  readonly reason: string;
  /** Second argument of `describe` or `test`: skips it, with the reason, when the requirement is missing. */
  readonly options: TestOptions;
}

/**
 * A program that must be on PATH: `describe('a relay over Redis', requires('redis-server').options, () => …)`.
 *
 * @param binary the program's name
 * @param debianPackage the package that brings it, if it is called otherwise
 */
export function requires(binary: string, debianPackage = binary): Requirement {
  const missing = !isOnPath(binary);
  const reason = `${binary} is not on PATH (on Debian: apt-get install ${debianPackage})`;
  return { missing, reason, options: missing ? { skip: true, meta: { skipReason: reason } } : {} };
}

function isOnPath(binary: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, binary), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
