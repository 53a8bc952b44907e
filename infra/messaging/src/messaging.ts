import type { State } from '@airline/database';
import { listenersOf, listensTo, streamOf } from '@airline/schema/events';
import { type ConsumerOptions, createConsumer } from './consumer.ts';
import { repeat } from './retry.ts';
import type { Running, Transport } from './transport.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** Outbox rows are kept so long, to fill a stream again; inbox rows longer, to know what then comes twice. */
const KEEP_OUTBOX_MS = 7 * DAY_MS;
const KEEP_INBOX_MS = 14 * DAY_MS;

const LOOK_FOR_REPLAYS_MS = 1000;

export interface MessagingOptions<S extends State> extends ConsumerOptions<S> {
  readonly transport: Transport;
}

/** Publishes a service's outbox and has its policies handle the events of those whom it listens to. */
export function startMessaging<S extends State>(options: MessagingOptions<S>): Running {
  const { service, store, transport, logger, now } = options;
  const closing = new AbortController();
  const consumer = createConsumer(options);
  const publish = { stream: streamOf(service), log: store.log, groups: listenersOf(service) };
  const relay = transport.publish(publish);
  const readers = listensTo[service].map((publisher) => {
    const stream = streamOf(publisher);
    return transport.consume({ stream, group: service }, consumer.deliverTo(stream));
  });

  async function forget(): Promise<void> {
    const published = await transport.passed(publish);
    const old = await store.log.lastBefore(new Date(now().getTime() - KEEP_OUTBOX_MS));
    await store.forget({
      outbox: Math.min(published, old),
      inbox: new Date(now().getTime() - KEEP_INBOX_MS),
    });
  }

  const failed = (error: unknown) => logger.warn({ err: error }, 'upkeep failed; it is tried again');
  const upkeep = [
    repeat(LOOK_FOR_REPLAYS_MS, closing.signal, consumer.replay, failed),
    repeat(HOUR_MS, closing.signal, forget, failed),
  ];

  return {
    close: async () => {
      closing.abort();
      // Readers wait for what they have handed over, so what waits for a further try is given up first.
      await Promise.all([consumer.close(), ...upkeep, ...readers.map((reader) => reader.close())]);
      await relay.close();
    },
  };
}
