import { setTimeout as wait } from 'node:timers/promises';
import type { EventLog } from '@airline/database';
import type { Consuming, GroupMember, Publishing, Transport } from './transport.ts';

/** What of an outbox is not published yet. */
export interface OutboxStatus {
  readonly waiting: number;
  /** Age of the oldest; undefined when there is none. */
  readonly oldestMs: number | undefined;
}

/** What a service consumes, and by which replicas. */
export interface Consumed {
  readonly streams: readonly ConsumedStream[];
  readonly replicas: readonly Replica[];
}

export interface ConsumedStream {
  readonly stream: string;
  /** How many events were not delivered to the service yet. */
  readonly lag: number;
  /** How many events were delivered to it and not acknowledged. */
  readonly pending: number;
}

/** A member of all of a service's groups. */
export interface Replica extends GroupMember {
  /** Whether others take over what it holds. */
  readonly silent: boolean;
}

/** A service's messaging as it is at present, read from the transport. */
export interface MessagingStatus {
  /** Undefined while unknown. */
  outbox(): Promise<OutboxStatus | undefined>;
  /** Rejects while the transport is unavailable. */
  consumed(): Promise<Consumed>;
}

/** Less than a scrape waits for all that it collects. */
const STREAM_TIMEOUT_MS = 1_000;

/** Undefined while nobody knows what was published. */
export async function outboxStatus(
  publishing: Pick<Publishing, 'status' | 'published'>,
  log: Pick<EventLog, 'last' | 'age'>,
  now: Date,
  timeoutMs = STREAM_TIMEOUT_MS,
): Promise<OutboxStatus | undefined> {
  // It matters most while the stream is unavailable, or hangs.
  const ended = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: ended.signal });
  const status = await Promise.race([publishing.status(), late]).catch(() => undefined);
  ended.abort();
  const end = status?.end ?? (await publishing.published());
  if (end === undefined) return undefined;
  const waiting = Math.max(0, (await log.last()) - end);
  return { waiting, oldestMs: waiting > 0 ? await log.age(end, now) : undefined };
}

type Reader = Pick<Consuming, 'progress'> & { readonly stream: string };

/** Reads how far a service's groups are. A service without any has its own process for a replica. */
export async function consumedStreams(
  readers: readonly Reader[],
  { member, takeOverAfterMs }: Pick<Transport, 'member' | 'takeOverAfterMs'>,
): Promise<Consumed> {
  const progress = await Promise.all(
    readers.map(async (reader) => ({ stream: reader.stream, ...(await reader.progress()) })),
  );
  const replicas = new Map<string, Replica>();
  for (const { name, idleMs, pending } of progress.flatMap(({ members }) => members)) {
    const known = replicas.get(name);
    // It reads all streams, so it is as silent as the one that it has read last.
    const idle = Math.min(idleMs, known?.idleMs ?? idleMs);
    const silent = idle > takeOverAfterMs;
    replicas.set(name, { name, idleMs: idle, pending: pending + (known?.pending ?? 0), silent });
  }
  if (replicas.size === 0) replicas.set(member, { name: member, idleMs: 0, pending: 0, silent: false });
  const streams = progress.map(({ stream, lag, pending }) => ({ stream, lag, pending }));
  return { streams, replicas: [...replicas.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}
