import type { LogEntry } from '@airline/database';
import type { Logger } from '@airline/observability';
import { pause } from '../retry.ts';
import type { Tail } from '../transport.ts';
import { append } from './append.ts';
import { connect } from './connect.ts';
import { entriesOf } from './entry.ts';

const BATCH = 500;
const BLOCK_MS = 2000;
const RETRY_MS = 200;

export interface TailOptions {
  readonly url: string;
  readonly stream: string;
  readonly hear: (entries: readonly LogEntry[]) => void;
  readonly from: number | undefined;
  readonly logger: Logger;
}

/**
 * Hears all that is appended to a stream. Entries keep their numbers when a lost stream is filled again, so
 * the position stays good across that.
 */
export async function startTail({ url, stream, hear, from, logger }: TailOptions): Promise<Tail> {
  const closing = new AbortController();
  const redis = connect(url, logger);
  let position = from;
  let started: (position: number) => void;
  const ready = new Promise<number>((resolve) => {
    started = resolve;
  });

  async function readNext(): Promise<void> {
    if (position === undefined) position = await append(redis, stream, -1, []);
    started(position);
    const reply = await redis.xRead({ key: stream, id: `${position}-0` }, { COUNT: BATCH, BLOCK: BLOCK_MS });
    const entries = entriesOf(reply);
    position = entries.at(-1)?.seq ?? position;
    if (entries.length > 0) hear(entries);
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await readNext();
      } catch (error) {
        if (closing.signal.aborted) return;
        if (redis.isReady) logger.warn({ stream, err: error }, 'reading failed; it is tried again');
        await pause(RETRY_MS, closing.signal);
      }
    }
  }

  const running = run();
  return {
    from: await ready,
    close: async () => {
      closing.abort();
      redis.destroy();
      await running;
    },
  };
}
