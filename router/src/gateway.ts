import type { Logger } from '@airline/observability';
import { StartError } from '@airline/service/server';
import { ApolloGateway } from '@apollo/gateway';
import type { Dispatcher } from 'undici';
import { disableGatewayTelemetry, type RouterConfig } from './config.ts';
import { SubgraphDataSource } from './data-source.ts';
import type { SupergraphFile } from './supergraph-file.ts';

/** Apollo's gateway over our supergraph file and data sources, with nothing that depends on NODE_ENV. */
export function createGateway(options: {
  config: RouterConfig;
  supergraph: SupergraphFile;
  dispatcher: Dispatcher;
  logger: Logger;
}): ApolloGateway {
  const { config, supergraph, dispatcher, logger } = options;
  disableGatewayTelemetry();
  return new ApolloGateway({
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
      return new SubgraphDataSource({ name, url, dispatcher, timeoutMs: config.subgraphTimeoutMs, logger });
    },
  });
}

/** The gateway tells at level info what our own lines tell; warnings and errors stay what they are. */
function quieter(logger: Logger) {
  return {
    debug: (message: string) => logger.debug(message),
    info: (message: string) => logger.debug(message),
    warn: (message: string) => logger.warn(message),
    error: (message: string) => logger.error(message),
  };
}
