import type { State, Store } from '@airline/database';
import { type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { isStorable, type Service } from '@airline/schema/events';
import type { Delivery } from './transport.ts';

export interface DeadLettersOptions<S extends State> {
  readonly service: Service;
  readonly store: Store<S>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly telemetry?: Telemetry | undefined;
}

/** Stores an event that cannot be handled as a dead letter; does nothing when the inbox knows the event. */
export type Bury = (stream: string, delivery: Delivery, error: unknown) => Promise<void>;

export function createBury<S extends State>(options: DeadLettersOptions<S>): Bury {
  const { service, store, logger, now, telemetry = noTelemetry } = options;
  return async (stream, { seq, event: arrived, deliveries }, error) => {
    const { id: eventId = `${stream}/${seq}`, type: eventType = '' } = namesOf(arrived);
    const event = storable(arrived, EVENT_LENGTH);
    const reason = reasonOf(error);
    const diedAt = now().toISOString();
    const where = { consumer: service, stream, seq };
    const letter = { ...where, eventId, event, eventType, error: reason, deliveries, diedAt };
    if (!(await store.deadLetters.add(letter))) return;
    telemetry.metrics.add('dead_letters_total', 1, { stream });
    logger.error({ stream, seq, eventId, eventType, reason }, 'event became a dead letter');
  };
}

export const reasonOf = (error: unknown): string =>
  storable(error instanceof Error ? error.message : String(error), REASON_LENGTH);

/** Characters of an event and of its error that a letter keeps: an event of more is none that a replay could read. */
const EVENT_LENGTH = 1_000_000;
const REASON_LENGTH = 2_000;

/** What a database can hold of a text: a letter that cannot be stored would be tried again and again. */
const storable = (text: string, length: number): string =>
  text.slice(0, length).toWellFormed().replaceAll('\0', '\ufffd');

/** Id and type of an event that need not be valid; each undefined when there is none to be read. */
function namesOf(json: string): { readonly id?: string | undefined; readonly type?: string | undefined } {
  try {
    const event: unknown = JSON.parse(json);
    if (typeof event !== 'object' || event === null) return {};
    return {
      id: 'id' in event ? nameOf(event.id) : undefined,
      type: 'type' in event ? nameOf(event.type) : undefined,
    };
  } catch {
    return {};
  }
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 100 && isStorable(value) ? value : undefined;
