import { FolderInUseError, holdFolder } from '@airline/database';
import { StartError } from '../errors/start-error.ts';
import { databaseFault } from './database-fault.ts';

/**
 * Holds the folder of a system that runs in one process: positions of the embedded transport are of one process alone.
 *
 * @returns how to let others have it
 * @throws StartError when another process holds it, or this one cannot
 */
export function holdDataFolder(dataDir: string): () => void {
  try {
    return holdFolder(dataDir).release;
  } catch (error) {
    if (error instanceof FolderInUseError)
      throw new StartError(`${error.message} Stop it, or set DATA_DIR to another folder.`);
    throw databaseFault(error, { database: `file:${dataDir}`, variables: 'DATA_DIR' });
  }
}
