import { hostname } from 'node:os';
import type { EventLog } from '@airline/database';
import type { Logger } from '@airline/observability';
import type { Consuming, Deliver, Publishing, PublishOptions, Transport } from '../transport.ts';
import { positionOf } from './group-cursor.ts';
import { type GroupReader, startGroupReader } from './group-reader.ts';
import { startTail } from './tail.ts';

/**
 * Carries events within one process: each outbox is the log, and its database stores the groups' positions.
 * Other processes get nothing.
 */
export function createEmbeddedTransport(logger?: Logger): Transport {
  const logs = new Map<string, EventLog>();
  const readers = new Set<GroupReader>();
  const arrivals = new Set<() => void>();
  const member = `${hostname()}-${process.pid}`;

  const of = (stream: string) => ({
    stream,
    logOf: () => logs.get(stream),
    failed: (error: unknown) => logger?.warn({ stream, err: error }, 'outbox read failed; retrying'),
  });

  function onArrival(wake: () => void): () => void {
    arrivals.add(wake);
    return () => arrivals.delete(wake);
  }

  function consume({ stream, group }: { stream: string; group: string }, deliver: Deliver): Consuming {
    const reader = startGroupReader({ ...of(stream), group, deliver });
    const stopListening = onArrival(reader.wake);
    readers.add(reader);
    return {
      isRefused: () => false,
      progress: async () => {
        // Before its publisher has started there is nothing to read.
        const end = (await logs.get(stream)?.last()) ?? 0;
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

  function arrived(): void {
    for (const wake of arrivals) wake();
  }

  function publish({ stream, log }: PublishOptions): Publishing {
    logs.set(stream, log);
    const stop = log.onAppend(arrived);
    arrived();
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
        logs.delete(stream);
      },
    };
  }

  return {
    description: 'embedded (one process; set REDIS_URL to run several)',
    member,
    takeOverAfterMs: Number.POSITIVE_INFINITY,
    publish,
    consume,
    tail: (stream, receive, from, signal) => startTail({ ...of(stream), receive, from, signal, onArrival }),
    trimmableUpTo: async ({ log, groups }) => {
      const positions = await Promise.all(groups.map((group) => log.position(positionOf(group))));
      return Math.min(await log.last(), ...positions);
    },
    unsuitable: async () => undefined,
    lastError: () => undefined,
  };
}
