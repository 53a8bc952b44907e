import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { execute, type GraphQLSchema, parse } from 'graphql';
import type { Subgraph } from '../graphs/graph.ts';

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A router sends the same few texts again and again; one that sends others each time would fill the memory. */
const MAX_RESPONSES = 10_000;

/** Responses of a subgraph by the request's text: executed by graphql-js the first time, and kept. */
export class CannedResponses {
  readonly #schema: GraphQLSchema;
  readonly #bodies = new Map<string, Buffer>();

  constructor({ typeDefs, resolvers }: Subgraph) {
    // The map is built here; the library's type of it is one per kind of type.
    this.#schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> });
  }

  async respond(request: string): Promise<Buffer> {
    const known = this.#bodies.get(request);
    if (known) return known;
    const body = Buffer.from(JSON.stringify(await this.execute(JSON.parse(request))));
    if (this.#bodies.size >= MAX_RESPONSES) this.#bodies.clear();
    this.#bodies.set(request, body);
    return body;
  }

  /** Of a subscription, this is the result of one event. */
  async execute({ query, variables, operationName }: GraphQLRequest) {
    return await execute({
      schema: this.#schema,
      document: parse(query),
      variableValues: variables,
      operationName,
    });
  }
}
