import type { Operation } from '#desk/data/graph.ts';
import type { DeadLetter, Page, Reservation, Saga, SagaFilter, Service } from './rows.ts';

/**
 * The operations of this page. Those of a service have its name in them, so that a service that is added later has them,
 * too: the router says which there are. `router/web/trusted-documents.ts` lists those of all services.
 */
const operation = <Data, Variables>(text: string): Operation<Data, Variables> => ({ toString: () => text });

type None = Readonly<Record<string, never>>;

/** Asked with `extensions: { router: true }`. */
export const routerOperation = operation<object, None>('query OperateRouter { __typename }');

const capitalized = (service: string) => `${service.charAt(0).toUpperCase()}${service.slice(1)}`;

export interface ServiceOperations {
  readonly status: Operation<{ readonly service: Service }, None>;
  readonly letters: Operation<{ readonly letters: readonly DeadLetter[] }, None>;
  /** With the events themselves, which may be long. */
  readonly events: Operation<
    { readonly letters: readonly { readonly eventId: string; readonly event: string }[] },
    None
  >;
  readonly replay: Operation<
    { readonly count: number },
    { readonly eventIds?: readonly string[]; readonly eventType?: string }
  >;
  readonly drop: Operation<
    { readonly count: number },
    { readonly eventIds: readonly string[]; readonly reason: string }
  >;
}

/** How many dead letters of a service are listed. */
export const MOST_LETTERS = 50;

const made = new Map<string, ServiceOperations>();

/** @param service of the graph; its name is a name in GraphQL */
export function operationsOf(service: string): ServiceOperations {
  const known = made.get(service) ?? make(service);
  made.set(service, known);
  return known;
}

function make(service: string): ServiceOperations {
  const name = capitalized(service);
  const letters = (fields: string) => `letters: ${service}DeadLetters(first: ${MOST_LETTERS}) { ${fields} }`;
  return {
    status: operation(`query Operate${name} {
      service: ${service}Service {
        name version replica startedAt state deadLetters
        checks { name ok reason }
        replicas { name idleMs silent pending }
        outbox { waiting oldestMs }
        streams { stream lag pending }
        rates { operationsPerSecond operationP95Ms eventsPerSecond eventP95Ms loopUtilization memoryBytes }
      }
    }`),
    letters: operation(
      `query Operate${name}DeadLetters { ${letters('eventId eventType stream error deliveries diedAt')} }`,
    ),
    events: operation(`query Operate${name}DeadEvents { ${letters('eventId event')} }`),
    replay: operation(`mutation OperateReplay${name}($eventIds: [ID!], $eventType: String) {
      count: replay${name}DeadLetters(eventIds: $eventIds, eventType: $eventType)
    }`),
    drop: operation(`mutation OperateDrop${name}($eventIds: [ID!]!, $reason: String!) {
      count: drop${name}DeadLetters(eventIds: $eventIds, reason: $reason)
    }`),
  };
}

/** The newest first. */
export const sagasOperation = operation<
  { readonly reservations: Page<Reservation> },
  { readonly filter: SagaFilter; readonly before?: string | undefined }
>(`query OperateSagas($filter: ReservationFilter!, $before: String) {
  reservations(last: 25, before: $before, filter: $filter) {
    nodes { id reference status cancelReason customerId seatQty placedAt }
    pageInfo { startCursor hasPreviousPage }
  }
}`);

export const sagaOperation = operation<
  { readonly reservation: Saga | null },
  { readonly id: string }
>(`query OperateSaga($id: ID!) {
  reservation(id: $id) {
    id flightId
    payment { status }
    history { event service at seatQty amount currency reason traceId }
  }
}`);

/** Of services of these names, the texts of all that may be sent. */
export const allOperations = (services: readonly string[]): readonly string[] => [
  String(routerOperation),
  String(sagasOperation),
  String(sagaOperation),
  ...services.flatMap((service) => {
    const { status, letters, events, replay, drop } = operationsOf(service);
    return [status, letters, events, replay, drop].map(String);
  }),
];
