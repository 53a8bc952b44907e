import type { State } from '@airline/database';
import { noTelemetry } from '@airline/observability';
import { listenersOf, listensTo, streamOf } from '@airline/schema/events';
import { type ConsumerOptions, createConsumer } from './consumer.ts';
import { recordStreamStatus } from './metrics.ts';
import { applyRetention } from './retention.ts';
import { runEvery } from './retry.ts';
import { consumedStreams, type MessagingStatus, outboxStatus } from './status.ts';
import type { Running, Transport } from './transport.ts';

const RETENTION_INTERVAL_MS = 60 * 60 * 1000;
const REPLAY_INTERVAL_MS = 1000;

export interface MessagingOptions<S extends State> extends ConsumerOptions<S> {
  readonly transport: Transport;
}

/** A service's messaging, as it runs. */
export interface RunningMessaging extends Running {
  /** Why events are not handled, in words that anyone may see; undefined while they are. */
  fault(): string | undefined;
  readonly status: MessagingStatus;
}

/** Publishes a service's outbox, and handles the events of other services by its policies. */
export function startMessaging<S extends State>(options: MessagingOptions<S>): RunningMessaging {
  const { service, store, transport, logger, now, telemetry = noTelemetry } = options;
  const closing = new AbortController();
  const consumer = createConsumer(options);
  const publish = { stream: streamOf(service), log: store.log, groups: listenersOf(service), telemetry };
  const relay = transport.publish(publish);
  const readers = listensTo(service).map((publisher) => {
    const stream = streamOf(publisher);
    return { stream, ...transport.consume({ stream, group: service }, consumer.deliverTo(stream)) };
  });

  const stopRecording = recordStreamStatus({
    metrics: telemetry.metrics,
    publish,
    publishing: relay,
    store,
    now,
  });

  const failed = (error: unknown) => logger.warn({ err: error }, 'messaging maintenance failed; retrying');
  const maintenance = [
    runEvery(REPLAY_INTERVAL_MS, closing.signal, consumer.replay, failed),
    runEvery(
      RETENTION_INTERVAL_MS,
      closing.signal,
      () => applyRetention(store, transport, publish, now()),
      failed,
    ),
  ];

  return {
    fault: () => {
      const refused = readers.find((reader) => reader.isRefused());
      if (refused) return `the stream ${refused.stream} refuses to be read; see the log`;
      const waiting = consumer.waiting();
      if (waiting.length === 0) return undefined;
      const streams = [...new Set(waiting)].toSorted().join(', ');
      return `events of ${streams} wait to be handled, ${waiting.length} of them here; see the log`;
    },
    status: {
      outbox: () => outboxStatus(relay, store.log, now()),
      consumed: () => consumedStreams(readers, transport),
    },
    close: async () => {
      stopRecording();
      closing.abort();
      // Readers wait for what they have delivered, so what waits for a retry is aborted first.
      await Promise.all([consumer.close(), ...maintenance, ...readers.map((reader) => reader.close())]);
      await relay.close();
    },
  };
}
