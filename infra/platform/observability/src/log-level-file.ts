import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Logger, type LogLevel, logLevels, setLevel } from './logger.ts';

export interface LogLevelFileOptions {
  /** Holds the name of a level, such as `debug`. */
  readonly file: string;
  /** Those whose level it says; the first of them tells of changes. */
  readonly loggers: readonly [Logger, ...Logger[]];
  /** How often the file is read even if no change was reported; 5 seconds unless told. */
  readonly pollMs?: number;
}

export interface FollowedFile {
  close(): Promise<void>;
}

/**
 * Has a file say the level of loggers while they run. What it says that is no level, and a file that cannot be read, is
 * logged, and the level before stays.
 *
 * The folder is watched rather than the file: Kubernetes swaps a symbolic link beside it. Not every file system reports
 * changes, so it is read from time to time, too.
 */
export async function followLogLevel(options: LogLevelFileOptions): Promise<FollowedFile> {
  const { file, loggers, pollMs = 5_000 } = options;
  const [logger] = loggers;
  let before: string | undefined;
  let isClosed = false;
  let reading: Promise<void> = Promise.resolve();

  function take(text: string): void {
    // A file that is being written is empty for a moment.
    if (text === '' || text === before || isClosed) return;
    before = text;
    const level = logLevels.find((known) => known === text.toLowerCase());
    if (level) change(level);
    else
      logger.warn(
        { file, found: text.slice(0, 100) },
        `this is no log level: use one of ${logLevels.join(', ')}`,
      );
  }

  function change(level: LogLevel): void {
    // Told at the level that tells more, or nobody would see that it has become quiet.
    const tell = () => logger.info({ file, changedTo: level }, 'the log level was changed');
    const isQuieter = logLevels.indexOf(level) < logLevels.indexOf(logger.level as LogLevel);
    if (isQuieter) tell();
    for (const each of loggers) setLevel(each, level);
    if (!isQuieter) tell();
  }

  async function read(): Promise<void> {
    try {
      take((await readFile(file, 'utf8')).trim());
    } catch (error) {
      const reason = `unreadable ${(error as NodeJS.ErrnoException).code}`;
      if (reason !== before && !isClosed)
        logger.warn({ err: error, file }, 'the file of the log level cannot be read');
      before = reason;
    }
  }

  /** One reading after the other, so that an older text never replaces a newer one. */
  function readNext(): Promise<void> {
    reading = reading.then(read);
    return reading;
  }

  await readNext();
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(file), { persistent: false }, () => void readNext());
    watcher.on('error', () => watcher?.close());
  } catch {
    // It is polled.
  }
  const poll = setInterval(() => void readNext(), pollMs).unref();
  // What changed between the first reading and the watching.
  void readNext();

  return {
    close: async () => {
      isClosed = true;
      watcher?.close();
      clearInterval(poll);
      await reading;
    },
  };
}
