import { createLogger, type Logger } from '@airline/observability';
import {
  apolloOptions,
  Health,
  onShutdown,
  type RunningServer,
  serveGraphQL,
  startProcess,
} from '@airline/service/server';
import { ApolloServer } from '@apollo/server';
import { Agent } from 'undici';
import { type RouterConfig, readConfig } from './config.ts';
import type { RouterContext } from './data-source.ts';
import { createGateway } from './gateway.ts';
import { SupergraphFile } from './supergraph-file.ts';

export { type RouterConfig, readConfig } from './config.ts';

const forwardedHeaders = ['traceparent', 'tracestate', 'authorization'];

/**
 * Serves the supergraph; the subgraphs need not be up yet.
 *
 * @throws StartError when the supergraph file is missing or invalid, or the port is in use
 */
export async function startRouter(config: RouterConfig, logger: Logger): Promise<RunningServer> {
  const health = new Health({ logger });
  const supergraph = new SupergraphFile({ file: config.supergraphFile, logger });
  health.register({
    name: 'supergraph',
    kind: 'informative',
    check: () => {
      if (supergraph.fault === undefined) return { ok: true };
      return {
        ok: false,
        detail: 'the supergraph file does not serve, the one before is in use; the log says why',
      };
    },
  });
  const dispatcher = new Agent({ connections: 128 });
  const gateway = createGateway({ config, supergraph, dispatcher, logger });
  const { introspection } = config;
  try {
    const server = await serveGraphQL<RouterContext>({
      name: 'router',
      host: config.host,
      port: config.port,
      portVariable: 'ROUTER_PORT',
      apollo: new ApolloServer<RouterContext>({ ...apolloOptions({ logger, introspection }), gateway }),
      context: ({ id, headers }) => {
        const forwarded: Record<string, string> = { 'x-request-id': id };
        for (const name of forwardedHeaders) {
          const value = headers[name];
          if (typeof value === 'string') forwarded[name] = value;
        }
        return { forwarded };
      },
      health,
      logger,
    });
    return {
      ...server,
      close: async () => {
        await server.close();
        await dispatcher.destroy();
      },
    };
  } catch (error) {
    await dispatcher.destroy();
    throw error;
  }
}

if (import.meta.main) {
  await startProcess(async () => {
    const config = readConfig();
    const logger = createLogger({ service: 'router', level: config.logLevel });
    const router = await startRouter(config, logger);
    onShutdown(router.close, { logger });
    process.stdout.write(`${'router'.padEnd(12)} ${router.url}\n`);
  });
}
