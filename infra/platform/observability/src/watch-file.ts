import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from './logger.ts';

export interface WatchFileOptions {
  readonly file: string;
  readonly logger: Logger;
  /** The text that the caller has read already. */
  readonly known?: string;
  /** Called with the text whenever it has changed, and when the file can be read again. */
  readonly changed: (text: string) => void;
  /** Called once while the file cannot be read for the same reason. */
  readonly failed: (error: unknown) => void;
  /** Interval of readings without a reported change; default 5 seconds. */
  readonly pollMs?: number | undefined;
  /** How long the folder must be quiet before a reported change is read; default 100 ms. */
  readonly quietMs?: number | undefined;
}

export interface WatchedFile {
  close(): Promise<void>;
}

/**
 * Reports each new text of a file until it is closed, from a first reading on that has ended when this returns. It
 * keeps no process alive.
 *
 * The folder is watched rather than the file, because a file is often replaced by renaming, and Kubernetes swaps a
 * symbolic link beside it. Not every file system reports changes, so the file is polled, too.
 */
export async function watchFile(options: WatchFileOptions): Promise<WatchedFile> {
  const { file, logger, changed, failed, pollMs = 5_000, quietMs = 100 } = options;
  let known = options.known;
  let failure: string | undefined;
  let isClosed = false;
  let reading: Promise<void> = Promise.resolve();
  let quiet: NodeJS.Timeout | undefined;

  async function read(): Promise<void> {
    try {
      const text = await readFile(file, 'utf8');
      if (isClosed || (text === known && failure === undefined)) return;
      known = text;
      failure = undefined;
      changed(text);
    } catch (error) {
      if (isClosed || String(error) === failure) return;
      failure = String(error);
      failed(error);
    }
  }

  /** One reading after the other, so that an older text never replaces a newer one. */
  function readNext(): Promise<void> {
    reading = reading.then(read);
    return reading;
  }

  function readWhenQuiet(): void {
    clearTimeout(quiet);
    quiet = setTimeout(readNext, quietMs).unref();
  }

  await readNext();
  const stopWatching = watchFolder(file, logger, readWhenQuiet);
  const poll = setInterval(readNext, pollMs).unref();
  // What changed between the first reading and the watching.
  readWhenQuiet();

  return {
    close: async () => {
      isClosed = true;
      stopWatching();
      clearInterval(poll);
      clearTimeout(quiet);
      await reading;
    },
  };
}

/** Returns how to stop it. */
function watchFolder(file: string, logger: Logger, changed: () => void): () => void {
  const failed = (error: unknown) => logger.warn({ err: error, file }, 'file cannot be watched; polling it');
  try {
    const watcher = watch(dirname(file), { persistent: false }, changed);
    watcher.on('error', failed);
    return () => watcher.close();
  } catch (error) {
    failed(error);
    return () => {};
  }
}
