import type { Logger, Telemetry } from '@airline/observability';
import { createSignCaller } from '@airline/service/server';
import type { RouterConfig } from '../config.ts';
import type { ConnectUpstream } from '../fan-out/index.ts';
import { createHttpClient } from '../http-client/http-client.ts';
import { rememberingLookup } from './remembering-lookup.ts';
import { createSubgraphClient } from './subgraph-client.ts';
import type { SubgraphClient } from './subgraph-request.ts';
import { createUpstreams } from './upstreams.ts';

export interface SourcesOptions {
  readonly config: Pick<RouterConfig, 'subgraphSecret' | 'subgraphTimeoutMs' | 'responseLimits'>;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}

/** The router's ways to the subgraphs. */
export interface Sources {
  readonly connect: ConnectUpstream;
  /** A client of a subgraph, whose subscriptions go to the same URL from now on. */
  createClient(subgraph: { readonly name: string; readonly url: string }): SubgraphClient;
  close(): void;
}

/** As many of the longest responses of a subgraph may be kept while they are not whole: one that ends none would fill the memory. */
const UNFINISHED_RESPONSES = 8;
/** Less than the second after which the network itself would try again to reach an address that has gone. */
const CONNECT_TIMEOUT_MS = 500;

export function openSources({ config, logger, telemetry }: SourcesOptions): Sources {
  const { subgraphSecret: secret, subgraphTimeoutMs: timeoutMs, responseLimits: limits } = config;
  const http = createHttpClient({
    keptBytes: UNFINISHED_RESPONSES * limits.bytes,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    lookup: rememberingLookup(),
  });
  const sign = secret === undefined ? undefined : createSignCaller({ secret, now: Date.now });
  const upstreams = createUpstreams({
    random: Math.random,
    sign,
    logger,
    limits,
    lost: (subgraph) => telemetry.metrics.add('subscription_upstreams_lost_total', 1, { subgraph }),
  });
  const shared = { http, timeoutMs, sign, maxResponseBytes: limits.bytes, logger, telemetry };
  return {
    connect: upstreams.connect,
    createClient: ({ name, url }) => {
      upstreams.locate(name, url);
      return createSubgraphClient({ name, url, ...shared });
    },
    close: () => {
      upstreams.close();
      http.close();
    },
  };
}
