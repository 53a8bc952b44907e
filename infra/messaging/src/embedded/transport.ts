import type { EventLog } from '@airline/database';
import type { Deliver, PublishOptions, Running, Tail, Transport } from '../transport.ts';
import { createWake } from '../wake.ts';
import { type GroupReader, positionOf, startGroupReader } from './group-reader.ts';

/**
 * Serves events within one process: each outbox is the log, and its database keeps where each group stands.
 * It carries nothing to other processes.
 */
export function createEmbeddedTransport(): Transport {
  const logs = new Map<string, EventLog>();
  const readers = new Set<GroupReader>();
  const arrivals = new Set<() => void>();

  function consume(options: { stream: string; group: string }, deliver: Deliver): Running {
    const reader = startGroupReader({ ...options, logOf: () => logs.get(options.stream), deliver });
    readers.add(reader);
    return {
      close: async () => {
        await reader.close();
        readers.delete(reader);
      },
    };
  }

  async function tail(stream: string, hear: Parameters<Transport['tail']>[1], from?: number): Promise<Tail> {
    const closing = new AbortController();
    const wake = createWake(closing.signal);
    arrivals.add(wake.call);
    const start = from ?? (await logs.get(stream)?.last()) ?? 0;
    const run = async () => {
      let position = start;
      while (!closing.signal.aborted) {
        const entries = (await logs.get(stream)?.read(position, 100)) ?? [];
        const last = entries.at(-1);
        if (!last) {
          await wake.next();
          continue;
        }
        position = last.seq;
        hear(entries);
      }
    };
    const running = run();
    return {
      from: start,
      close: async () => {
        closing.abort();
        arrivals.delete(wake.call);
        await running;
      },
    };
  }

  function arrived(): void {
    for (const reader of readers) reader.wake();
    for (const wake of arrivals) wake();
  }

  function publish({ stream, log }: PublishOptions): Running {
    logs.set(stream, log);
    const stop = log.onAppend(arrived);
    arrived();
    return {
      close: async () => {
        stop();
        await Promise.all([...readers].map((reader) => reader.save(stream)));
        logs.delete(stream);
      },
    };
  }

  return {
    description: 'embedded (one process; set REDIS_URL to run several)',
    publish,
    consume,
    tail,
    passed: async ({ log, groups }) => {
      const positions = await Promise.all(groups.map((group) => log.position(positionOf(group))));
      return Math.min(await log.last(), ...positions);
    },
    trouble: () => undefined,
  };
}
