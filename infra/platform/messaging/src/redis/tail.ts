import { runForever } from '../retry.ts';
import type { Tail, TailOptions } from '../transport.ts';
import { endOf } from './append.ts';
import { type ConnectOptions, connect, OfflineError } from './connect.ts';
import { entryOf, isOwn, messagesOf } from './entry.ts';

const BATCH = 500;
const BLOCK_MS = 2000;

/**
 * Receives all that is appended to a stream. Entries keep their numbers when a lost stream is filled again, so the position
 * stays valid.
 */
export async function startTail(options: ConnectOptions & TailOptions): Promise<Tail> {
  const { stream, receive, from, signal, logger } = options;
  signal?.throwIfAborted();
  const closing = new AbortController();
  const connection = connect(options);
  const started = Promise.withResolvers<number>();
  let position = from;
  /** Of the last message; one that no relay has appended is passed over. */
  let lastId: string | undefined;

  async function readNext(): Promise<void> {
    position ??= (await connection.run((redis) => endOf(redis, stream))).seq;
    started.resolve(position);
    const reply = await connection.run((redis) =>
      redis.xRead({ key: stream, id: lastId ?? `${position}-0` }, { COUNT: BATCH, BLOCK: BLOCK_MS }),
    );
    const messages = messagesOf(reply);
    if (closing.signal.aborted) return;
    lastId = messages.at(-1)?.id ?? lastId;
    const entries = messages.filter(isOwn).map(entryOf);
    if (entries.length > 0) receive(entries);
  }

  const running = runForever(readNext, closing.signal, (error) => {
    if (!(error instanceof OfflineError)) logger.warn({ stream, err: error }, 'tail read failed; retrying');
  });

  async function close(): Promise<void> {
    closing.abort();
    connection.disconnect();
    await running;
  }

  signal?.addEventListener('abort', () => {
    started.reject(signal.reason);
    void close();
  });
  return { from: await started.promise, close };
}
