import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '@airline/observability';
import { StartError } from '@airline/service/server';

/** Where lines go, in order. */
export interface Sink {
  write(line: string): void;
  /** Resolves once all lines are written, or have failed to be. */
  close(): Promise<void>;
}

/** Characters that may wait to be written: more would come faster than the disk takes them. */
const MOST_WAITING = 1024 * 1024;

const standardOutput: Sink = {
  write: (line) => void process.stdout.write(line),
  close: () => Promise.resolve(),
};

/**
 * @param target `stdout`, or a file to append to; undefined: there is none
 * @throws StartError when the file cannot be written
 */
export async function openSink(target: string | undefined, logger: Logger): Promise<Sink | undefined> {
  if (target === undefined) return undefined;
  return target === 'stdout' ? standardOutput : await openFile(target, logger);
}

/**
 * A file for its owner alone, which is opened anew for each batch of lines: what renames it, such as logrotate, need not tell
 * this process. Lines that cannot be written, or come faster than they can be, are lost; the log of errors says so once.
 */
async function openFile(file: string, logger: Logger): Promise<Sink> {
  const append = (text: string) => appendFile(file, text, { mode: 0o600 });
  try {
    await mkdir(dirname(file), { recursive: true });
    await append('');
  } catch (error) {
    const { message } = error as Error;
    throw new StartError(
      `The audit log cannot be written (${message}). Set AUDIT_LOG to another file, stdout or off.`,
    );
  }
  let waiting = '';
  let lost = 0;
  let writing: Promise<void> | undefined;

  function fail(lines: number, error?: unknown): void {
    if (lost === 0) logger.error({ err: error, file }, 'audit log cannot be written');
    lost += lines;
  }

  async function drain(): Promise<void> {
    while (waiting !== '') {
      const batch = waiting;
      waiting = '';
      try {
        await append(batch);
        if (lost > 0) logger.error({ file, lost }, 'audit log is written again');
        lost = 0;
      } catch (error) {
        fail(batch.split('\n').length - 1, error);
      }
    }
    writing = undefined;
  }

  return {
    write: (line) => {
      if (waiting.length + line.length > MOST_WAITING) return fail(1);
      waiting += line;
      writing ??= drain();
    },
    close: async () => await writing,
  };
}
