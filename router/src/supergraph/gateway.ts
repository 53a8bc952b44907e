import type { Logger } from '@airline/observability';
import { StartError } from '@airline/service/server';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { disableGatewayTelemetry, type RouterConfig } from '../config.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';
import type { SupergraphFile } from './supergraph-file.ts';

export interface SupergraphOptions {
  readonly config: Pick<RouterConfig, 'subgraphUrls'>;
  readonly supergraph: SupergraphFile;
  /** Called for each subgraph that is new or has another URL. */
  readonly buildDataSource: (subgraph: { name: string; url: string }) => GraphQLDataSource;
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
 * Apollo's gateway loads, checks and reloads the supergraph, with nothing that depends on NODE_ENV. It serves no request:
 * it refuses subscriptions, and its executor is one of several behind our pipeline.
 *
 * @throws StartError when the supergraph cannot be loaded
 */
export async function loadSupergraph(options: SupergraphOptions): Promise<LiveSupergraph> {
  const { config, supergraph, buildDataSource, onChange, logger } = options;
  disableGatewayTelemetry();
  const dataSources: Record<string, GraphQLDataSource> = Object.create(null);
  let snapshot: Snapshot | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: quieter(logger),
    buildService: ({ name, url: composedUrl }) => {
      const url = config.subgraphUrls[name] ?? composedUrl;
      if (url === undefined || !URL.canParse(url)) {
        const variable = `${name.toUpperCase()}_URL`;
        throw new StartError(
          `the supergraph has no URL for the subgraph "${name}". Set ${variable}, or compose with one.`,
        );
      }
      const source = buildDataSource({ name, url });
      dataSources[name] = source;
      return source;
    },
  });
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
    const first = snapshot === undefined;
    snapshot = createSnapshot(coreSupergraphSdl, { ...dataSources });
    if (!first) onChange(snapshot);
  });
  await gateway.load();
  const loaded = () => {
    if (!snapshot) throw new Error('The gateway has loaded no supergraph.');
    return snapshot;
  };
  loaded();
  return {
    get snapshot() {
      return loaded();
    },
    close: () => gateway.stop(),
  };
}

/** What the gateway logs at level info is in our own lines; warnings and errors stay what they are. */
function quieter(logger: Logger) {
  return {
    debug: (message: string) => logger.debug(message),
    info: (message: string) => logger.debug(message),
    warn: (message: string) => logger.warn(message),
    error: (message: string) => logger.error(message),
  };
}
