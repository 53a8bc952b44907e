import type { DeadLetter, Decision, Reaction, State, Store } from '@airline/database';
import { activeTraceparent, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import type { EventType, PublishedEvent, Service } from '@airline/schema/events';
import { decode } from './envelope.ts';
import { type Policies, type Policy, policyOf } from './policy.ts';
import type { Delivery } from './transport.ts';

export interface HandlingOptions<S extends State> {
  readonly service: Service;
  readonly store: Store<S>;
  readonly policies: Policies<S>;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Called after the commit of an event that was handled for the first time, within its trace. */
  readonly handled?: ((event: PublishedEvent) => void) | undefined;
  readonly telemetry?: Telemetry | undefined;
}

/** An event as it is handled, or replayed. */
interface Handled {
  readonly verb: 'handle' | 'replay';
  readonly stream: string;
  readonly event: PublishedEvent;
}

/** Applies a service's policies: inbox, policy and outbox in one commit. */
export function createHandling<S extends State>(options: HandlingOptions<S>) {
  const { service, store, policies, logger, now, handled, telemetry = noTelemetry } = options;
  const { tracing, metrics } = telemetry;

  /** Works within a span that continues the event's trace, as does what the reaction publishes. True when it is done. */
  function react(
    verb: 'handle' | 'replay',
    stream: string,
    event: PublishedEvent,
    policy: Policy<S, EventType>,
    commit: (reaction: Reaction<S>) => Promise<boolean>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const attributes = {
      'messaging.destination.name': stream,
      'messaging.message.id': event.id,
      'messaging.consumer.group.name': service,
    };
    const parent = event.traceparent ?? null;
    return tracing.run(`${verb} ${event.type}`, { kind: 'consumer', parent, attributes }, async () => {
      const traceparent = activeTraceparent() ?? event.traceparent;
      const reaction = { ...policy(event), traceparent, signal };
      const isDone = logger.isLevelEnabled('debug')
        ? await logged({ verb, stream, event }, reaction, commit)
        : await commit(reaction);
      if (isDone) handled?.(event);
      return isDone;
    });
  }

  /** Commits a reaction, and logs what was decided: by the names of tables and events, never what they hold. */
  async function logged(
    { verb, stream, event: { id: eventId, type } }: Handled,
    reaction: Reaction<S>,
    commit: (reaction: Reaction<S>) => Promise<boolean>,
  ): Promise<boolean> {
    const begun = performance.now();
    let decided: Decision<S> | undefined;
    const decide: typeof reaction.decide = (found) => {
      decided = reaction.decide(found);
      return decided;
    };
    let outcome = 'failed';
    try {
      const isDone = await commit({ ...reaction, decide });
      outcome = isDone ? 'done' : 'known already';
      return isDone;
    } finally {
      const { write = {}, add = {}, publish = [] } = decided ?? {};
      const durationMs = Math.round(performance.now() - begun);
      const decision = {
        writes: Object.entries<object | undefined>({ ...write, ...add }).flatMap(([name, row]) =>
          row ? [name] : [],
        ),
        publishes: publish.map((published) => published.type),
      };
      logger.debug(
        { verb, eventId, type, stream, consumer: service, outcome, ...decision, durationMs },
        'event handled',
      );
    }
  }

  /**
   * Handles an event unless the inbox knows it. Once the signal aborts, nobody waits for that.
   * @throws InvalidEventError when it cannot be read, and whatever the policy or the database throws
   */
  async function handle(stream: string, delivery: Delivery, signal: AbortSignal): Promise<void> {
    const event = decode(delivery.event);
    const policy = policyOf(policies, event);
    if (!policy) return;
    const { id: eventId, type } = event;
    const begun = performance.now();
    let outcome = 'failed';
    try {
      const commit = (reaction: Reaction<S>) => store.handle({ consumer: service, eventId }, reaction);
      const isNew = await react('handle', stream, event, policy, commit, signal);
      outcome = isNew ? 'new' : 'duplicate';
    } finally {
      metrics.add('events_handled_total', 1, { type, outcome });
      metrics.observe('event_handling_duration_seconds', (performance.now() - begun) / 1000, { type });
    }
    const delayMs = now().getTime() - Date.parse(event.time);
    if (outcome === 'new') metrics.observe('event_delay_seconds', Math.max(0, delayMs) / 1000, { type });
  }

  /** Handles a dead letter's event, and removes the letter; false when it is there no more. */
  async function replay({ consumer, eventId, stream, event: json }: DeadLetter): Promise<boolean> {
    const event = decode(json);
    // A letter whose policy is gone since is settled without effect.
    const policy = policyOf(policies, event) ?? (() => ({ keys: {}, decide: () => ({}) }));
    return await react('replay', stream, event, policy, (reaction) =>
      store.replay({ consumer, eventId }, reaction),
    );
  }

  return { handle, replay };
}
