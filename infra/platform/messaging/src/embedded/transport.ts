import { hostname } from 'node:os';
import type { Logger } from '@airline/observability';
import type { Consuming, Deliver, Publishing, PublishOptions, Transport } from '../transport.ts';
import { positionOf } from './group-cursor.ts';
import { type GroupReader, startGroupReader } from './group-reader.ts';
import { createLogs } from './logs.ts';
import { startTail } from './tail.ts';

/**
 * Carries events within one process: each outbox is the log, and its database stores the groups' positions.
 * Other processes get nothing.
 */
export function createEmbeddedTransport(logger?: Logger): Transport {
  const logs = createLogs();
  const readers = new Set<GroupReader>();
  const member = `${hostname()}-${process.pid}`;

  const of = (stream: string) => ({
    stream,
    logOf: () => logs.of(stream),
    failed: (error: unknown) => logger?.warn({ stream, err: error }, 'outbox read failed; retrying'),
  });

  function consume({ stream, group }: { stream: string; group: string }, deliver: Deliver): Consuming {
    const reader = startGroupReader({ ...of(stream), group, deliver });
    const stopListening = logs.onArrival(reader.wake);
    readers.add(reader);
    return {
      isRefused: () => false,
      progress: async () => {
        // Before its publisher has started there is nothing to read.
        const end = (await logs.of(stream)?.last()) ?? 0;
        const { delivered = 0, pending = 0 } = reader.status(stream) ?? {};
        const lag = Math.max(0, end - delivered);
        return { lag, pending, members: [{ name: member, idleMs: 0, pending }] };
      },
      close: async () => {
        stopListening();
        await reader.close();
        readers.delete(reader);
      },
    };
  }

  function publish({ stream, log }: PublishOptions): Publishing {
    const stop = logs.add(stream, log);
    return {
      status: async () => {
        const end = await log.last();
        // Nothing is copied or cut off, so the log is all of the stream.
        return { end, length: end, groups: [...readers].flatMap((reader) => reader.status(stream) ?? []) };
      },
      published: () => log.last(),
      close: async () => {
        stop();
        await Promise.all([...readers].map((reader) => reader.publisherStops(stream)));
        logs.remove(stream);
      },
    };
  }

  return {
    description: 'embedded (one process; set REDIS_URL to run several)',
    member,
    takeOverAfterMs: Number.POSITIVE_INFINITY,
    publish,
    consume,
    tail: (stream, receive, from, signal) =>
      startTail({ ...of(stream), receive, from, signal, onArrival: logs.onArrival }),
    trimmableUpTo,
    unsuitable: async () => undefined,
    lastError: () => undefined,
  };
}

async function trimmableUpTo({ log, groups }: PublishOptions): Promise<number> {
  const positions = await Promise.all(groups.map((group) => log.position(positionOf(group))));
  return Math.min(await log.last(), ...positions);
}
