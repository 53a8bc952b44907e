import { type DocumentNode, parse } from 'graphql';

/** What operators see of a service; every subgraph has these types, and `@airline/service` resolves them. */
export const serviceStatusTypes: DocumentNode = parse(
  /* GraphQL */ `
    "A service, as the replica that responds sees it. What it cannot find out at present is null."
    type ServiceStatus @shareable @policy(policies: [["operator"]]) {
      name: String!
      version: String!
      "The replica that responds, by its name in consumer groups."
      replica: String!
      "When the replica that responds was started."
      startedAt: DateTime!
      state: ServiceState!
      "The checks of its readiness."
      checks: [ServiceCheck!]!
      "Those that handle its events; the one that responds alone without Redis."
      replicas: [ServiceReplica!]
      outbox: ServiceOutbox
      "The streams whose events it handles."
      streams: [ConsumedStream!]
      "How many dead letters wait for an operator."
      deadLetters: Int
      "Of the replica that responds, within the last minute."
      rates: ServiceRates!
    }

    enum ServiceState {
      READY
      "A check failed without which it serves all the same."
      DEGRADED
      UNAVAILABLE
      SHUTTING_DOWN
    }

    type ServiceCheck @shareable @policy(policies: [["operator"]]) {
      name: String!
      ok: Boolean!
      "Why it is not."
      reason: String
    }

    "A member of the service's consumer groups."
    type ServiceReplica @shareable @policy(policies: [["operator"]]) {
      name: String!
      "Time since it last read any stream."
      idleMs: SafeInt!
      "Whether it has not read for so long that others take over what it holds."
      silent: Boolean!
      "Events that it has received and not acknowledged."
      pending: Int!
    }

    "Events that the service has committed and not published yet."
    type ServiceOutbox @shareable @policy(policies: [["operator"]]) {
      waiting: Int!
      "Age of the oldest of them; null when there is none."
      oldestMs: SafeInt
    }

    type ConsumedStream @shareable @policy(policies: [["operator"]]) {
      stream: String!
      "Events that were not delivered to the service yet."
      lag: Int!
      "Events that were delivered to it and not acknowledged."
      pending: Int!
    }

    type ServiceRates @shareable @policy(policies: [["operator"]]) {
      "GraphQL operations a second."
      operationsPerSecond: Float!
      "95th percentile of their duration; null when there were none."
      operationP95Ms: Float
      "Events handled a second."
      eventsPerSecond: Float!
      "95th percentile of the duration of handling one; null when there were none."
      eventP95Ms: Float
      "The share of time for which the event loop of its process was busy, from 0 to 1."
      loopUtilization: Float!
      "Memory of its process."
      memoryBytes: SafeInt!
    }
  `,
  // In a message, a line stands for a line of the subgraph's own SDL.
  { noLocation: true },
);

/** `flightService`. */
export const serviceStatusFieldName = <Service extends string>(service: Service) =>
  `${service}Service` as const;

/** The field by which operators see the status of a service. */
export const serviceStatusField = (service: string): DocumentNode =>
  parse(
    /* GraphQL */ `
      extend type Query {
        "How the ${service} service is. For operators."
        ${serviceStatusFieldName(service)}: ServiceStatus! @policy(policies: [["operator"]])
      }
    `,
    { noLocation: true },
  );
