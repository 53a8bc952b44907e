import { isTransient, type Reaction, type State, type Store } from '@airline/database';
import { activeTraceparent, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import type { EventType, PublishedEvent, Service } from '@airline/schema/events';
import { decode, InvalidEventError } from './envelope.ts';
import { type Backoff, backoffMs, pause } from './retry.ts';
import type { Acknowledge, Deliver, Delivery } from './transport.ts';

/** A reaction: which rows an event concerns, and what becomes of them. */
export type Policy<S extends State, Type extends EventType> = (event: PublishedEvent<Type>) => Reaction<S>;

/** A service's reactions by the type of the event; events of other types pass unread. */
export type Policies<S extends State> = { readonly [Type in EventType]?: Policy<S, Type> };

/** An event whose handling was begun this often without an end is a dead letter. */
export const MAX_DELIVERIES = 5;

const NEVER_ENDED = new Error(`Its handling was begun ${MAX_DELIVERIES} times and never ended.`);

/** Events that wait for a further try at most, before no more are taken. */
const MAX_RETRYING = 1000;

export interface ConsumerOptions<S extends State> {
  readonly service: Service;
  readonly store: Store<S>;
  readonly policies: Policies<S>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly random: () => number;
  readonly backoff?: Backoff;
  /** Called after the commit of an event that was handled for the first time. */
  readonly handled?: ((event: PublishedEvent) => void) | undefined;
  readonly telemetry?: Telemetry | undefined;
}

interface Failure {
  readonly cause: unknown;
  /** Whether the same work may succeed later, however often it has failed. */
  readonly passes: boolean;
}

/**
 * Handles events by the service's policies: inbox, policy and outbox in one commit, then the acknowledgement.
 * A failure that will pass (a database that is away) is tried again for as long as it lasts; any other is
 * tried `MAX_DELIVERIES` times; what cannot be read is a dead letter at once.
 */
export function createConsumer<S extends State>(options: ConsumerOptions<S>) {
  const { service, store, policies, logger, now, random, handled, telemetry = noTelemetry } = options;
  const { tracing, metrics } = telemetry;
  const backoff = options.backoff ?? { firstMs: 50, longestMs: 10_000 };
  const closing = new AbortController();
  const retrying = new Set<Promise<void>>();

  function reactionTo(event: PublishedEvent): Reaction<S> | undefined {
    const policy = policies[event.type] as Policy<S, EventType> | undefined;
    return policy && { ...policy(event), traceparent: activeTraceparent() ?? event.traceparent };
  }

  /** Within a span that goes on from the event's trace. */
  function traced<Result>(
    verb: 'handle' | 'replay',
    stream: string,
    event: PublishedEvent,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const attributes = {
      'messaging.destination.name': stream,
      'messaging.message.id': event.id,
      'messaging.consumer.group.name': service,
    };
    const parent = event.traceparent ?? null;
    return tracing.run(`${verb} ${event.type}`, { kind: 'consumer', parent, attributes }, work);
  }

  async function handle(stream: string, delivery: Delivery): Promise<void> {
    const event = decode(delivery.event);
    const { type } = event;
    if (!policies[type]) return;
    const begun = performance.now();
    let outcome = 'failed';
    try {
      await traced('handle', stream, event, async () => {
        const reaction = reactionTo(event) as Reaction<S>;
        const isNew = await store.handle({ consumer: service, eventId: event.id }, reaction);
        outcome = isNew ? 'new' : 'duplicate';
        if (isNew) handled?.(event);
      });
    } finally {
      metrics.add('events_handled_total', 1, { type, outcome });
      metrics.observe('event_handling_duration_seconds', (performance.now() - begun) / 1000, { type });
    }
    const delayMs = now().getTime() - Date.parse(event.time);
    if (outcome === 'new') metrics.observe('event_delay_seconds', Math.max(0, delayMs) / 1000, { type });
  }

  async function bury(stream: string, delivery: Delivery, error: unknown): Promise<void> {
    const eventId = idOf(delivery, stream);
    const reason = error instanceof Error ? error.message : String(error);
    const isNew = await store.deadLetters.add({
      consumer: service,
      eventId,
      stream,
      seq: delivery.seq,
      event: delivery.event,
      error: reason,
      deliveries: delivery.deliveries,
      diedAt: now().toISOString(),
    });
    if (!isNew) return;
    metrics.add('dead_letters_total', 1, { stream });
    logger.error({ stream, seq: delivery.seq, eventId, reason }, 'event became a dead letter');
  }

  /** One try. Resolves undefined when the event is done with, or else to what failed. */
  async function attempt(stream: string, delivery: Delivery, before?: unknown): Promise<Failure | undefined> {
    try {
      if (delivery.deliveries > MAX_DELIVERIES) {
        await bury(stream, { ...delivery, deliveries: MAX_DELIVERIES }, before ?? NEVER_ENDED);
        return undefined;
      }
      await handle(stream, delivery).catch((error: unknown) => {
        if (error instanceof InvalidEventError) return bury(stream, delivery, error);
        throw error;
      });
      return undefined;
    } catch (cause) {
      return { cause, passes: isTransient(cause) };
    }
  }

  async function retry(stream: string, first: Delivery, failure: Failure, acknowledge: Acknowledge) {
    let delivery = first;
    let failed: Failure | undefined = failure;
    for (let failures = 1; failed; failures += 1) {
      const { cause, passes } = failed;
      logger.warn({ stream, seq: delivery.seq, failures, err: cause }, 'event will be tried again');
      await pause(backoffMs(backoff, failures, random), closing.signal);
      if (closing.signal.aborted) return;
      metrics.add('event_retries_total', 1, { stream, cause: passes ? 'transient' : 'permanent' });
      if (!passes) delivery = { ...delivery, deliveries: delivery.deliveries + 1 };
      failed = await attempt(stream, delivery, cause);
    }
    acknowledge([delivery.seq]);
  }

  const deliverTo =
    (stream: string): Deliver =>
    async (batch, acknowledge) => {
      const again = batch.filter(({ deliveries }) => deliveries > 1).length;
      if (again > 0) metrics.add('event_redeliveries_total', again, { stream });
      const failures = await Promise.all(batch.map((delivery) => attempt(stream, delivery)));
      const done = batch.filter((_, index) => !failures[index]).map(({ seq }) => seq);
      if (done.length > 0) acknowledge(done);
      for (const [index, delivery] of batch.entries()) {
        const failed = failures[index];
        if (!failed) continue;
        const tries = retry(stream, delivery, failed, acknowledge).finally(() => retrying.delete(tries));
        retrying.add(tries);
      }
      while (retrying.size >= MAX_RETRYING && !closing.signal.aborted) await Promise.race(retrying);
    };

  /** Handles the dead letters whose replay an operator asked for. */
  async function replay(): Promise<void> {
    for (const letter of await store.deadLetters.replayable(100)) {
      const { consumer, eventId } = letter;
      try {
        const event = decode(letter.event);
        const isDone = await traced('replay', letter.stream, event, async () => {
          const reaction = reactionTo(event) ?? { keys: {}, decide: () => ({}) };
          const isThere = await store.replay({ consumer, eventId }, reaction);
          if (isThere) handled?.(event);
          return isThere;
        });
        if (isDone) logger.info({ eventId, stream: letter.stream }, 'dead letter was replayed');
      } catch (error) {
        logger.error({ eventId, err: error }, 'dead letter failed again');
        await store.deadLetters.keep(letter, error instanceof Error ? error.message : String(error));
      }
    }
  }

  return {
    deliverTo,
    replay,
    /** Gives up what waits for a further try; it stays unacknowledged, and is delivered again. */
    close: async () => {
      closing.abort();
      await Promise.allSettled(retrying);
    },
  };
}

/** The event's own id, or one made of its place when it has none to be read. */
function idOf({ event, seq }: Delivery, stream: string): string {
  try {
    const { id } = JSON.parse(event) as { id?: unknown };
    if (typeof id === 'string' && id !== '') return id;
  } catch {
    // Not JSON: its place names it.
  }
  return `${stream}/${seq}`;
}
