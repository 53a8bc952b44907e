import { type Logger, type LogLevel, logLevels, setLevel } from './logger.ts';
import { type WatchedFile, watchFile } from './watch-file.ts';

export interface LogLevelFileOptions {
  /** Holds the name of a level, such as `debug`. */
  readonly file: string;
  /** The loggers whose level it sets; the first of them logs the changes. */
  readonly loggers: readonly [Logger, ...Logger[]];
  /** Interval of readings without a reported change; default 5 seconds. */
  readonly pollMs?: number;
}

/**
 * Sets the level of loggers from a file while they run. A text that names no level, and a file that cannot be read, are
 * logged, and the previous level stays.
 */
export function followLogLevel({ file, loggers, pollMs }: LogLevelFileOptions): Promise<WatchedFile> {
  const [logger] = loggers;
  let known: string | undefined;

  function take(text: string): void {
    // A file that is being written is empty for a moment.
    if (text === '' || text === known) return;
    known = text;
    const level = logLevels.find((name) => name === text.toLowerCase());
    if (level) change(level);
    else logger.warn({ file, found: text.slice(0, 100), known: logLevels }, 'unknown log level in the file');
  }

  function change(level: LogLevel): void {
    // Logged at the more verbose of both levels, or the change to a quieter one would not be logged.
    const log = () => logger.info({ file, changedTo: level }, 'log level changed');
    const order: readonly string[] = logLevels;
    const isQuieter = order.indexOf(level) < order.indexOf(logger.level);
    if (isQuieter) log();
    for (const each of loggers) setLevel(each, level);
    if (!isQuieter) log();
  }

  return watchFile({
    file,
    logger,
    pollMs,
    changed: (text) => take(text.trim()),
    failed: (error) => logger.warn({ err: error, file }, 'log level file cannot be read'),
  });
}
