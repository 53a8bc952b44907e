import type { Logger } from '@airline/observability';
import { StartError } from '@airline/service/server';
import { ApolloGateway } from '@apollo/gateway';
import { disableGatewayTelemetry, type RouterConfig } from '../config.ts';
import { DocumentBudget } from '../pipeline/document-cache.ts';
import type { Snapshot } from '../pipeline/snapshot.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { createSnapshot } from './snapshot.ts';
import type { SupergraphFile } from './supergraph-file.ts';

export interface SupergraphOptions {
  readonly config: Pick<RouterConfig, 'subgraphUrls'>;
  readonly supergraph: SupergraphFile;
  /** Called for each subgraph that is new or has another URL. */
  readonly createClient: (subgraph: { name: string; url: string }) => SubgraphClient;
  /** Plans for a later version what it will be asked for, until that version is stale. It never rejects. */
  readonly warm: (next: Snapshot, serving: Snapshot, isStale: () => boolean) => Promise<void>;
  /** Called after each later version of the supergraph that serves. */
  readonly onChange: (snapshot: Snapshot) => void;
  readonly logger: Logger;
}

/** A supergraph that is kept up to date. */
export interface LiveSupergraph {
  readonly snapshot: Snapshot;
  close(): Promise<void>;
}

/**
 * Apollo's gateway loads, checks and reloads the supergraph, with nothing that depends on NODE_ENV. It executes no
 * request: the router's own executor does.
 *
 * @throws StartError when the supergraph cannot be loaded
 */
export async function loadSupergraph(options: SupergraphOptions): Promise<LiveSupergraph> {
  const { config, supergraph, createClient, logger } = options;
  disableGatewayTelemetry();
  const clients: Record<string, SubgraphClient> = Object.create(null);
  const documents = new DocumentBudget();
  let serving: Snapshot | undefined;
  let newest: Snapshot | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: gatewayLogger(logger),
    buildService: ({ name, url: composedUrl }) => {
      const url = config.subgraphUrls[name] ?? composedUrl;
      if (url === undefined || !URL.canParse(url)) {
        const variable = `${name.toUpperCase()}_URL`;
        throw new StartError(
          `the supergraph has no URL for the subgraph "${name}". Set ${variable}, or compose with one.`,
        );
      }
      clients[name] = createClient({ name, url });
      return notUsed;
    },
  });
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
    newest = createSnapshot(coreSupergraphSdl, { ...clients }, documents.open());
    if (serving) void replace(serving, newest);
    else serving = newest;
  });
  async function replace(previous: Snapshot, next: Snapshot): Promise<void> {
    const isStale = () => newest !== next;
    await options.warm(next, previous, isStale);
    if (isStale()) {
      next.documents.close();
      return;
    }
    serving?.documents.close();
    serving = next;
    options.onChange(next);
    logger.info('serving the new supergraph');
  }
  await gateway.load();
  const loaded = () => {
    if (!serving) throw new Error('The gateway has loaded no supergraph.');
    return serving;
  };
  loaded();
  return {
    get snapshot() {
      return loaded();
    },
    close: async () => {
      newest = undefined;
      await gateway.stop();
    },
  };
}

/** What the gateway would send requests with. */
const notUsed = {
  process: async () => {
    throw new Error('The gateway executes no request.');
  },
};

/** The gateway's log lines as events of the router's log; its level info is debug here. */
function gatewayLogger(logger: Logger) {
  return {
    debug: (detail: string) => logger.debug({ detail }, 'gateway'),
    info: (detail: string) => logger.debug({ detail }, 'gateway'),
    warn: (detail: string) => logger.warn({ detail }, 'gateway warning'),
    error: (detail: string) => logger.error({ detail }, 'gateway error'),
  };
}
