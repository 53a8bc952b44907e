import type { Logger } from '@airline/observability';
import type { Transport } from '../transport.ts';
import { startGroupReader } from './group-reader.ts';
import { createLocate } from './locate.ts';
import { createOutageLog } from './outage-log.ts';
import { type Relay, startRelay } from './relay.ts';
import { whyUnsuitable } from './suitable.ts';
import { startTail } from './tail.ts';
import { TRIMMED } from './trim.ts';
import { describeTarget, parseRedisUrl } from './url.ts';

export interface RedisTransportOptions {
  /** Of a server, of Sentinels or of a cluster, as `parseRedisUrl` reads it. */
  readonly url: string;
  /** This process's name in consumer groups; unique. */
  readonly consumer: string;
  readonly logger: Logger;
  readonly now: () => Date;
  /** How long an entry is pending before it is taken over; above the time of the longest batch; default 30 s. */
  readonly takeOverAfterMs?: number;
  /** Timeout of a silent connection, which is opened again; above the 2 s of a blocked read; default 10 s. */
  readonly silentAfterMs?: number;
}

/** Carries events over Redis Streams: one stream a publisher, one consumer group a consuming service. */
export function createRedisTransport(options: RedisTransportOptions): Transport {
  const { url, consumer, logger, now, takeOverAfterMs = 30_000, silentAfterMs = 10_000 } = options;
  const target = parseRedisUrl(url);
  const outages = createOutageLog(logger, describeTarget(target));
  const connection = { target, locate: createLocate(target), logger, outages, silentAfterMs };
  const relays = new Set<Relay>();

  return {
    description: `Redis Streams (${describeTarget(target)})`,
    member: consumer,
    takeOverAfterMs,
    unsuitable: () => whyUnsuitable(target, connection.locate),
    publish: (publish) => {
      const relay = startRelay({ ...publish, ...connection, now });
      relays.add(relay);
      return {
        status: relay.status,
        published: relay.published,
        close: async () => {
          relays.delete(relay);
          await relay.close();
        },
      };
    },
    consume: ({ stream, group }, deliver) =>
      startGroupReader({ ...connection, stream, group, consumer, takeOverAfterMs, deliver }),
    tail: (stream, receive, from, signal) => startTail({ ...connection, stream, receive, from, signal }),
    trimmableUpTo: ({ log }) => log.position(TRIMMED),
    lastError: () => [...relays].map((relay) => relay.lastError()).find((error) => error !== undefined),
  };
}
