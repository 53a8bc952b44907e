import type { State } from '@airline/database';
import { noTelemetry } from '@airline/observability';
import { listenersOf, listensTo, streamOf } from '@airline/schema/events';
import { type ConsumerOptions, createConsumer } from './consumer.ts';
import { forgetOld } from './forget-old.ts';
import { recordStreamStatus } from './metrics.ts';
import { runEvery } from './retry.ts';
import type { Running, Transport } from './transport.ts';

const FORGET_EVERY_MS = 60 * 60 * 1000;
const LOOK_FOR_REPLAYS_MS = 1000;

export interface MessagingOptions<S extends State> extends ConsumerOptions<S> {
  readonly transport: Transport;
}

/** Publishes a service's outbox and has its policies handle the events of those whom it listens to. */
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

  const stopTelling = recordStreamStatus({
    metrics: telemetry.metrics,
    publish,
    publishing: relay,
    store,
    now,
  });

  const failed = (error: unknown) => logger.warn({ err: error }, 'upkeep failed; it is tried again');
  const upkeep = [
    runEvery(LOOK_FOR_REPLAYS_MS, closing.signal, consumer.replay, failed),
    runEvery(FORGET_EVERY_MS, closing.signal, () => forgetOld(store, transport, publish, now()), failed),
  ];

  return {
    close: async () => {
      stopTelling();
      closing.abort();
      // Readers wait for what they have handed over, so what waits for a further try is given up first.
      await Promise.all([consumer.close(), ...upkeep, ...readers.map((reader) => reader.close())]);
      await relay.close();
    },
  };
}
