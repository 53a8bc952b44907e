import type { Logger } from '@airline/observability';
import { pause } from '../retry.ts';
import type { PublishOptions, Running } from '../transport.ts';
import { createWake } from '../wake.ts';
import { append } from './append.ts';
import { connect } from './connect.ts';
import { TRIMMED, trim } from './trim.ts';

const BATCH = 500;

/** How often an idle relay looks whether the stream still ends where it left it. */
const POLL_MS = 1000;
const TRIM_EVERY_MS = 60_000;
const RETRY_MS = 200;

/** The stream holds more than the outbox ever did: another database wrote it. */
export class StreamAheadError extends Error {
  override name = 'StreamAheadError';
  constructor(stream: string, streamLast: number, logLast: number) {
    super(
      `The stream "${stream}" ends at ${streamLast}, but this service's outbox at ${logLast}: they are not of one ` +
        'system. Restore the database that belongs to it, or delete all airline:* streams and restart.',
    );
  }
}

export interface Relay extends Running {
  trouble(): string | undefined;
}

export interface RelayOptions extends PublishOptions {
  readonly url: string;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Publishes an outbox to its stream, in order and without a gap, again and again until Redis has it. */
export function startRelay({ url, logger, now, ...publish }: RelayOptions): Relay {
  const { stream, log } = publish;
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const redis = connect(url, logger);
  const stopListening = log.onAppend(wake.call);
  let trouble: string | undefined = 'Redis is not connected yet';
  let trimAt = 0;
  /** Where the stream ends, and up to where the outbox need not be read for it. */
  let end = 0;
  let read = 0;

  async function resume(streamEnd: number): Promise<void> {
    const last = await log.last();
    if (streamEnd > last) throw new StreamAheadError(stream, streamEnd, last);
    end = streamEnd;
    // What was trimmed away had passed every group, so a stream that came back empty begins there again.
    read = Math.max(streamEnd, await log.position(TRIMMED));
  }

  /** Publishes a batch; answers whether there was one. */
  async function publishNext(): Promise<boolean> {
    const entries = await log.read(read, BATCH);
    const after = await append(redis, stream, end, entries);
    const last = entries.at(-1)?.seq ?? end;
    if (after === last) {
      end = after;
      read = Math.max(read, after);
    } else {
      logger.warn(
        { stream, expected: last, found: after },
        'the stream was changed; publishing again from there',
      );
      await resume(after);
    }
    return entries.length > 0 || after !== last;
  }

  async function trimNowAndThen(): Promise<void> {
    if (now().getTime() < trimAt) return;
    trimAt = now().getTime() + TRIM_EVERY_MS;
    await trim(redis, publish, now());
  }

  async function run(): Promise<void> {
    let isResumed = false;
    while (!closing.signal.aborted) {
      try {
        if (!isResumed) await resume(await append(redis, stream, -1, []));
        isResumed = true;
        trouble = undefined;
        if (await publishNext()) continue;
        await trimNowAndThen();
        await wake.next(POLL_MS);
      } catch (error) {
        isResumed = false;
        const before = trouble;
        trouble = error instanceof Error ? error.message : String(error);
        if (redis.isReady && trouble !== before)
          logger.error({ err: error }, 'publishing failed; it is tried again');
        await pause(RETRY_MS, closing.signal);
      }
    }
  }

  const running = run();
  return {
    trouble: () => trouble,
    close: async () => {
      stopListening();
      closing.abort();
      await running;
      // A last attempt, so that a stop in good order leaves nothing for the next start.
      if (!trouble) await publishNext().catch(() => false);
      redis.destroy();
    },
  };
}
