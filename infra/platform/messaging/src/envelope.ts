import {
  type DomainEvent,
  type EventDefinition,
  events,
  isStorable,
  type PublishedEvent,
  type Service,
  services,
} from '@airline/schema/events';
import { z } from 'zod';

const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(100),
  source: z.string().startsWith('/airline/'),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  dataschema: z.string(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

/** The data of each event is an object. */
const published = z.record(z.string(), z.unknown());

/** Characters of an event in its envelope; those of this system have less than a thousand. */
const MAX_LENGTH = 1_000_000;

/** An event that no retry can handle: not JSON, not an envelope, or data that its schema refuses. */
export class InvalidEventError extends Error {
  override name = 'InvalidEventError';
}

export interface EnvelopeOptions {
  readonly source: Service;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Writes events as CloudEvents 1.0 in structured JSON; throws when the data does not fit the event's schema. */
export function createEncoder({ source, newId, now }: EnvelopeOptions) {
  return (event: DomainEvent, traceparent?: string): string => {
    const { version, subject, data }: EventDefinition = events[event.type];
    // Each event's schema is an object, whose fields its general definition does not know.
    const checked = data.parse(event.data) as Record<string, unknown>;
    return JSON.stringify({
      specversion: '1.0',
      id: newId(),
      source: `/airline/${source}`,
      type: event.type,
      subject: checked[subject],
      time: now().toISOString(),
      datacontenttype: 'application/json',
      dataschema: `/airline/events/${event.type}/${version}`,
      ...(traceparent && { traceparent }),
      data: checked,
    });
  };
}

/** The trace context of an event that `createEncoder` wrote, without reading all of it. */
export function traceparentOf(json: string): string | undefined {
  // It stands before the data, and no quote within another text is without a backslash.
  return /"traceparent":"([^"]*)"/.exec(json)?.[1];
}

/**
 * Reads an envelope; data of an older version is upcast to the present one.
 * @throws InvalidEventError
 */
export function decode(
  json: string,
  definitions: Readonly<Record<string, EventDefinition>> = events,
): PublishedEvent {
  const { type, source, dataschema, data, ...rest } = parse(cloudEvent, toJson(json), 'envelope');
  const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined;
  if (!definition) throw new InvalidEventError(`Unknown event type "${type}".`);
  const publisher = services.find((service) => source === `/airline/${service}`);
  if (!publisher) throw new InvalidEventError(`Unknown event source "${source}".`);
  const version = Number(dataschema.slice(dataschema.lastIndexOf('/') + 1));
  const present = upcast(definition, type, version, data);
  const checked = parse(definition.data, present, `data of ${type}`);
  for (const text of textsOf({ ...rest, checked })) {
    if (!isStorable(text)) throw new InvalidEventError('The event has a text that no database can hold.');
  }
  // The schema of the type has checked the data; the compiler does not tie one to the other.
  return {
    id: rest.id,
    type,
    source: publisher,
    subject: rest.subject,
    time: rest.time,
    ...(rest.traceparent && { traceparent: rest.traceparent }),
    data: checked,
  } as PublishedEvent;
}

/** All texts of what a schema has checked, and so bounds in depth. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function upcast(definition: EventDefinition, type: string, version: number, data: unknown): unknown {
  if (!Number.isInteger(version) || version < 1 || version > definition.version) {
    throw new InvalidEventError(
      `Unknown version ${version} of ${type}; known are 1 to ${definition.version}. Deploy readers before publishers.`,
    );
  }
  if (version === definition.version) return data;
  let current: Readonly<Record<string, unknown>> = parse(published, data, `data of ${type}`);
  for (let from = version; from < definition.version; from += 1) {
    const upcaster = definition.upcasters[from];
    if (!upcaster) throw new InvalidEventError(`${type} has no upcaster from version ${from}.`);
    try {
      current = upcaster(current);
    } catch (cause) {
      throw new InvalidEventError(`The upcaster of ${type} from version ${from} failed: ${String(cause)}`, {
        cause,
      });
    }
  }
  return current;
}

function toJson(text: string): unknown {
  if (text.length > MAX_LENGTH) {
    throw new InvalidEventError(`The event has ${text.length} characters; ${MAX_LENGTH} are allowed.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidEventError('The event is not JSON.');
  }
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown, what: string): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidEventError(`The ${what} is not valid: ${z.prettifyError(result.error)}`);
}
