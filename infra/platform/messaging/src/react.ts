import type { Decision, Reaction, State } from '@airline/database';
import { activeTraceparent, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import type { EventType, PublishedEvent, Service } from '@airline/schema/events';
import type { Policy } from './policy.ts';

export interface ReactOptions {
  readonly service: Service;
  readonly logger: Logger;
  /** Called after the commit of an event that was handled for the first time, within its trace. */
  readonly handled?: ((event: PublishedEvent) => void) | undefined;
  readonly telemetry?: Telemetry | undefined;
}

/** Commits a reaction; true when that is done, false when it was done before. */
export type Commit<S extends State> = (reaction: Reaction<S>) => Promise<boolean>;

/** Commits what a policy makes of an event, within the event's trace and with a log of it. */
export function createReact<S extends State>(options: ReactOptions) {
  const { service, logger, handled, telemetry: { tracing } = noTelemetry } = options;

  /** Works within a span that continues the event's trace, as does what the reaction publishes. True when it is done. */
  return function react(
    verb: 'handle' | 'replay',
    stream: string,
    event: PublishedEvent,
    policy: Policy<S, EventType>,
    commit: Commit<S>,
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
      const { id: eventId, type } = event;
      const isDone = logger.isLevelEnabled('debug')
        ? await logged(logger, { verb, eventId, type, stream, consumer: service }, reaction, commit)
        : await commit(reaction);
      if (isDone) handled?.(event);
      return isDone;
    });
  };
}

/** Commits a reaction, and logs what was decided: by the names of tables and events, never what they hold. */
async function logged<S extends State>(
  logger: Logger,
  line: object,
  reaction: Reaction<S>,
  commit: Commit<S>,
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
    const writes = Object.entries<object | undefined>({ ...write, ...add }).flatMap(([name, row]) =>
      row ? [name] : [],
    );
    const publishes = publish.map((published) => published.type);
    logger.debug({ ...line, outcome, writes, publishes, durationMs }, 'event handled');
  }
}
