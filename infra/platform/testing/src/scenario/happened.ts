import {
  type EventData,
  type EventDefinition,
  type EventType,
  events,
  type PublishedEvent,
  services,
  subgraphs,
} from '@airline/schema/events';

/**
 * An event as a policy receives it; its id follows by default from its type and subject.
 * @throws ZodError when the data does not fit the event's schema
 */
export function happened<Type extends EventType>(
  type: Type,
  data: EventData<Type>,
  { id, time = '2024-11-21T10:00:00.000Z' }: { id?: string; time?: string } = {},
): PublishedEvent<Type> {
  const definition: EventDefinition = events[type];
  const known = definition.data.parse(data) as Record<string, unknown>;
  const subject = String(known[definition.subject]);
  const source = services.find((service) => type in subgraphs[service].events);
  const event = { id: id ?? `${type}/${subject}`, type, source, subject, time, data: known };
  return event as unknown as PublishedEvent<Type>;
}
