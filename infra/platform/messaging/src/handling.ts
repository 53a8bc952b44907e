import type { DeadLetter, State, Store } from '@airline/database';
import { noTelemetry } from '@airline/observability';
import { decode } from './envelope.ts';
import { type Policies, policyOf } from './policy.ts';
import { type Commit, createReact, type ReactOptions } from './react.ts';
import type { Delivery } from './transport.ts';

export interface HandlingOptions<S extends State> extends ReactOptions {
  readonly store: Store<S>;
  readonly policies: Policies<S>;
  readonly now: () => Date;
}

/** Applies a service's policies: inbox, policy and outbox in one commit. */
export function createHandling<S extends State>(options: HandlingOptions<S>) {
  const { service, store, policies, now, telemetry: { metrics } = noTelemetry } = options;
  const react = createReact<S>(options);

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
      const commit: Commit<S> = (reaction) => store.handle({ consumer: service, eventId }, reaction);
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
