import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another process holds the folder. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Holds a folder of databases for this process alone, until it is released or the process ends, however it ends: the lock is
 * SQLite's own, on a file of its own.
 *
 * @throws FolderInUseError
 */
export function holdFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true });
  const client = new Database(join(folder, 'in-use.sqlite'), { timeout: 0 });
  try {
    client.exec('begin exclusive');
  } catch (error) {
    client.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new FolderInUseError(`The folder ${folder} is in use by another process.`);
    }
    throw error;
  }
  return { release: () => void client.close() };
}
