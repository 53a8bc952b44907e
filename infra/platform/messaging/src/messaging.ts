import type { State } from '@airline/database';
import { noTelemetry } from '@airline/observability';
import { listenersOf, listensTo, streamOf } from '@airline/schema/events';
import { type ConsumerOptions, createConsumer } from './consumer.ts';
import { recordStreamStatus } from './metrics.ts';
import { applyRetention } from './retention.ts';
import { runEvery } from './retry.ts';
import type { Running, Transport } from './transport.ts';

const RETENTION_INTERVAL_MS = 60 * 60 * 1000;
const REPLAY_INTERVAL_MS = 1000;

export interface MessagingOptions<S extends State> extends ConsumerOptions<S> {
  readonly transport: Transport;
}

/** Publishes a service's outbox, and handles the events of other services by its policies. */
export function startMessaging<S extends State>(options: MessagingOptions<S>): Running {
  const { service, store, transport, logger, now, telemetry = noTelemetry } = options;
  const closing = new AbortController();
  const consumer = createConsumer(options);
  const publish = { stream: streamOf(service), log: store.log, groups: listenersOf(service), telemetry };
  const relay = transport.publish(publish);
  const readers = listensTo(service).map((publisher) => {
    const stream = streamOf(publisher);
    return transport.consume({ stream, group: service }, consumer.deliverTo(stream));
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
    close: async () => {
      stopRecording();
      closing.abort();
      // Readers wait for what they have delivered, so what waits for a retry is aborted first.
      await Promise.all([consumer.close(), ...maintenance, ...readers.map((reader) => reader.close())]);
      await relay.close();
    },
  };
}
