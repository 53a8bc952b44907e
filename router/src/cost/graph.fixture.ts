import { readFile } from 'node:fs/promises';
import { recording } from '@airline/observability/recorded-lines';
import { services } from '@airline/schema/events';
import { client, NOW, pipelineOf } from '../pipeline/pipeline.fixture.ts';
import type { PipelineOptions } from '../pipeline/pipeline.ts';
import { isRefused } from '../refusal.ts';
import type { OperationResult, RequestParameters } from '../request.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { forGateway } from '../supergraph/gateway-features.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';

const inRepository = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

export const supergraphSdl = forGateway(await inRepository('schema/supergraph.graphql'));
export const pageDocuments = await inRepository('router/web/dashboard/src/data/documents.graphql');

/** The pipeline over this project's supergraph, whose subgraphs only count what they are asked for. */
export function pipelineOverGraph(options: Partial<PipelineOptions> = {}) {
  let fetches = 0;
  const send: SubgraphClient['send'] = async () => {
    fetches += 1;
    return { failure: 'The test asks no subgraph.' };
  };
  const snapshot = createSnapshot(
    supergraphSdl,
    Object.fromEntries(services.map((name) => [name, { name, send }])),
  );
  const { logger } = recording();
  const pipeline = pipelineOf({ snapshot: () => snapshot, now: () => NOW, logger, ...options });
  return {
    snapshot,
    pipeline,
    fetches: () => fetches,
    /** The result, or the refusal's errors. */
    run: async (parameters: RequestParameters): Promise<OperationResult> => {
      const prepared = await pipeline.prepare(parameters, client);
      if (isRefused(prepared)) return { errors: prepared.errors };
      return prepared.type === 'subscription' ? {} : await pipeline.execute(prepared);
    },
  };
}
