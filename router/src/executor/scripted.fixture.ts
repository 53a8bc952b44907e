import { recording } from '@airline/observability/recorded-lines';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { client, pipelineOf } from '../pipeline/pipeline.fixture.ts';
import { parseExactJson } from '../raw-json.ts';
import { isRefused } from '../refusal.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { parseResponse } from '../sources/subgraph-response.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';

/** A request to a subgraph. */
export interface Asked {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** As it was sent. */
  readonly body: string;
}

/** A subgraph that responds with JSON that is written down: as text, or as the value that it stands for. */
export interface Scripted {
  readonly typeDefs: string;
  readonly respond?: (asked: Asked) => unknown;
}

interface Operation {
  readonly variables?: Record<string, unknown>;
  /** For a subscription. */
  readonly event?: object;
  readonly signal?: AbortSignal;
}

interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The real pipeline over a supergraph. */
export function pipelineOver(sdl: string, clients: Record<string, SubgraphClient>) {
  const snapshot = createSnapshot(sdl, clients);
  const { logger, lines } = recording();
  return { pipeline: pipelineOf({ snapshot: () => snapshot, now: () => 0, logger }), lines };
}

/** The real pipeline over scripted subgraphs. */
export function over(subgraphs: Record<string, Scripted>) {
  const asked: Asked[] = [];
  const names = Object.keys(subgraphs);
  const sdl = composeSubgraphs(
    names.map((name) => ({ name, url: `http://${name}`, typeDefs: `${link} ${subgraphs[name]?.typeDefs}` })),
  );
  const clients = names.map((name): [string, SubgraphClient] => [
    name,
    {
      name,
      send: async ({ body, exact }) => {
        const request: Asked = { subgraph: name, body, ...JSON.parse(body) };
        asked.push(request);
        const response = await subgraphs[name]?.respond?.(request);
        const text = typeof response === 'string' ? response : JSON.stringify(response);
        return parseResponse(text, exact) ?? { failure: `The subgraph "${name}" is away.` };
      },
    },
  ]);
  const { pipeline, lines } = pipelineOver(sdl, Object.fromEntries(clients));
  const respond = async (query: string, { variables, event, signal }: Operation = {}) => {
    const prepared = await pipeline.prepare({ query, variables }, client);
    if (isRefused(prepared)) return JSON.stringify(prepared);
    return JSON.stringify(await pipeline.execute(prepared, event, signal));
  };
  return {
    /** The response's JSON, or that of what the router refused it with. */
    respond,
    run: async (query: string, operation?: Operation): Promise<Result> =>
      JSON.parse(await respond(query, operation)),
    asked,
    lines,
    /** A client's variables as they come over HTTP. */
    variables: (json: string) => parseExactJson(json) as Record<string, unknown>,
  };
}

export interface Representation {
  readonly __typename: string;
  readonly id: string;
}

/** A response to each part of a request for entities; `errorAt` is where, below an entity, something failed. */
export function entities(
  { variables }: Pick<Asked, 'variables'>,
  entityOf: (representation: Representation) => unknown,
  errorAt: (representation: Representation) => readonly (string | number)[] | undefined = () => undefined,
) {
  const parts = Object.entries(variables).flatMap(([name, representations]) => {
    const [, number] = /^representations(_\d+)?$/.exec(name) ?? [];
    // The router's own variable.
    return name.startsWith('representations')
      ? [{ field: number ?? '_entities', all: representations as Representation[] }]
      : [];
  });
  const errors = parts.flatMap(({ field, all }) =>
    all.flatMap((representation, index) => {
      const below = errorAt(representation);
      return below ? [{ message: 'failed', path: [field, index, ...below] }] : [];
    }),
  );
  const data = Object.fromEntries(parts.map(({ field, all }) => [field, all.map(entityOf)]));
  return errors.length > 0 ? { data, errors } : { data };
}

/** What the response's errors are at. */
export const paths = ({ errors = [] }: Result) => errors.map(({ path }) => path);
