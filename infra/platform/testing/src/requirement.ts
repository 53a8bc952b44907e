import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestOptions } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test or a suite is skipped; the closing summary of a run prints it. */
    skipReason?: string;
  }
}

/** A program outside the workspace that a test requires. */
export interface Requirement {
  readonly missing: boolean;
  /** What is missing and how to get it. */
  readonly reason: string;
  /** Second argument of `describe` or `test`: skips it, with the reason, when the requirement is missing. */
  readonly options: TestOptions;
}

/** Requires programs: `describe('a relay over Redis', requires('redis-server').options, () => …)`. */
export function requires(...binaries: readonly string[]): Requirement {
  const missing = binaries.filter((binary) => findProgram(binary) === undefined);
  const reason = missing
    .map((binary) => {
      const how = NO_PACKAGE.has(binary)
        ? 'k8s/README.md says where it is from'
        : `on Debian: apt-get install ${DEBIAN_PACKAGES[binary] ?? binary}`;
      return `${binary} is not on PATH (${how})`;
    })
    .join('; ');
  const isMissing = missing.length > 0;
  return {
    missing: isMissing,
    reason,
    options: isMissing ? { skip: true, meta: { skipReason: reason } } : {},
  };
}

/** Programs that Debian has not, or not in the version that the cluster runs. */
const NO_PACKAGE = new Set(['alertmanager', 'amtool', 'istioctl', 'jaeger', 'loki', 'otelcol']);
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = { postgres: 'postgresql', promtool: 'prometheus' };

/** The same program without windows: it does the same with a quarter less work, and is taken where it is. */
const WINDOWLESS: Readonly<Record<string, string>> = { chromium: 'chromium-headless-shell' };

/** Where Debian keeps the programs of PostgreSQL's server, a folder for each version, off the PATH. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** A program's path: in the folder `POSTGRES_BIN`, on PATH, or where Debian keeps PostgreSQL's, its newest version first. */
export function findProgram(binary: string): string | undefined {
  const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  const folders = [
    ...(process.env.POSTGRES_BIN ?? '').split(delimiter),
    ...(process.env.PATH ?? '').split(delimiter),
    ...newestFirst.map((version) => join(POSTGRES_VERSIONS, version, 'bin')),
  ];
  const names = [WINDOWLESS[binary] ?? [], binary].flat();
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
