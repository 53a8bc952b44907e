import { concatAST, type DocumentNode, Kind, parse, print, visit } from 'graphql';
import { accessDirective } from './access.ts';
import { serviceStatusField, serviceStatusTypes } from './service-status.ts';

// Written here without locations: in a message, a line stands for a line of the subgraph's own SDL.
const shared = (sdl: string): DocumentNode => parse(sdl, { noLocation: true });

/** The types that every subgraph has beside its own; `@airline/service` resolves them. */
const sharedTypes = shared(/* GraphQL */ `
  "A calendar date in ISO 8601 format: \`YYYY-MM-DD\`."
  scalar Date

  "An instant in RFC 3339 format, UTC."
  scalar DateTime

  "An integer of at most 53 bits. Amounts of money are in the smallest unit of the currency."
  scalar SafeInt

  "The position of a page in its connection."
  type PageInfo @shareable @tag(name: "public") {
    "Whether items follow this page."
    hasNextPage: Boolean!
    "Whether items precede this page."
    hasPreviousPage: Boolean!
    "The cursor of the first item; null for an empty page."
    startCursor: String
    "The cursor of the last item; null for an empty page."
    endCursor: String
  }

  "An event that a service failed to handle. It is kept until an operator replays or drops it."
  type DeadLetter @shareable @policy(policies: [["operator"]]) {
    eventId: ID!
    "The Redis stream the event was published to."
    stream: String!
    "The event as received: a CloudEvents envelope in JSON."
    event: String!
    "The event's type, such as \`SeatsSoldOut\`; empty where it cannot be read."
    eventType: String!
    "The error of the last attempt."
    error: String!
    "The number of delivery attempts."
    deliveries: Int!
    diedAt: DateTime!
  }
`);

/** The rules of who may see a type, as its definition has them. */
function rulesOf(own: DocumentNode, type: string): string {
  const directives = own.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === type ? (node.directives ?? []) : [],
  );
  return directives.filter(accessDirective).map(print).join(' ');
}

/**
 * The connection types that an SDL refers to without defining them: `FlightConnection`, and with it `FlightEdge`, as
 * the GraphQL Cursor Connections Specification has them, with `nodes` and `totalCount`. Who may see a `Flight` may see them.
 */
function connectionTypes(own: DocumentNode): DocumentNode {
  const defined = own.definitions.map((node) => 'name' in node && node.name?.value);
  const nodes = new Set<string>();
  visit(own, {
    NamedType: ({ name: { value } }) => {
      if (value.endsWith('Connection') && !defined.includes(value))
        nodes.add(value.slice(0, -'Connection'.length));
    },
  });
  return concatAST(
    Array.from(nodes, (node) => {
      const rules = rulesOf(own, node);
      return shared(/* GraphQL */ `
        type ${node}Connection ${rules} {
          edges: [${node}Edge!]!
          nodes: [${node}!]!
          pageInfo: PageInfo!
          "The number of items on all pages; 100000 if there are more."
          totalCount: Int! @cost(weight: 250)
        }

        type ${node}Edge ${rules} {
          cursor: String! @cost(weight: 3)
          node: ${node}!
        }
      `);
    }),
  );
}

/** The fields by which operators list, replay and drop the dead letters of a service. */
const deadLetterFields = (service: string): DocumentNode => {
  const { list, replay, drop } = deadLetterFieldNames(service);
  return shared(/* GraphQL */ `
    extend type Query {
      "Events that the ${service} service failed to handle, oldest first; at most 1000. For operators."
      ${list}(first: Int = 100): [DeadLetter!]!
        @listSize(assumedSize: 100, slicingArguments: ["first"], requireOneSlicingArgument: false)
        @policy(policies: [["operator"]])
    }

    extend type Mutation {
      """
      Replays dead letters of the ${service} service: the given ones, those of a type, or all by default. Returns how many. For operators.
      """
      ${replay}(eventIds: [ID!], eventType: String): Int! @policy(policies: [["operator"]])

      """
      Drops dead letters of the ${service} service: their events are not handled any more. Returns how many. Who dropped
      them, when and why is kept for 30 days, with the letters. For operators.
      """
      ${drop}(
        eventIds: [ID!]!
        "In at most 500 characters that name no customer."
        reason: String!
      ): Int! @policy(policies: [["operator"]])
    }
  `);
};

/** `flightDeadLetters`, `replayFlightDeadLetters` and `dropFlightDeadLetters`. */
export function deadLetterFieldNames<Service extends string>(service: Service) {
  // The compiler does not follow a text's parts through these methods.
  const capitalized = `${service.charAt(0).toUpperCase()}${service.slice(1)}` as Capitalize<Service>;
  const letters = `${capitalized}DeadLetters` as const;
  return { list: `${service}DeadLetters`, replay: `replay${letters}`, drop: `drop${letters}` } as const;
}

/** What a subgraph resolves itself: its own SDL, the connections that it refers to and the shared types. */
export function ownTypeDefs(sdl: string): DocumentNode {
  const own = parse(sdl);
  return concatAST([own, connectionTypes(own), sharedTypes, serviceStatusTypes]);
}

/**
 * What a subgraph serves: its own SDL (which must import `@cost`, `@listSize`, `@policy`, `@shareable` and `@tag` from the
 * federation specification), connections,
 * shared types, the dead letter fields and the field of its status.
 * @throws GraphQLError for a syntax error in `sdl`
 */
export const subgraphTypeDefs = (service: string, sdl: string): DocumentNode =>
  concatAST([ownTypeDefs(sdl), deadLetterFields(service), serviceStatusField(service)]);
