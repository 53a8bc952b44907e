import { createLogger } from '@airline/observability';
import { readConfig, startRouter } from '@airline/router';
import { services } from '@airline/schema/events';
import { type GraphQLResponse, post } from '@airline/testing';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import { onTestFinished } from 'vitest';
import { serveWorld } from './subgraphs.fixture.ts';
import { type Customer, callers, type Who, type World } from './world.ts';

/** The whole graph over rows, as each caller sees it. */
export interface ServedGraph {
  readonly url: string;
  ask(who: Who, query: string): Promise<GraphQLResponse & { readonly status: number }>;
}

/** Serves the rows of a world, or of one customer alone, by all subgraphs behind a router, until the test ends. */
export async function serveGraph(world: World, only?: Customer): Promise<ServedGraph> {
  const servers = await Promise.all(services.map((name) => serveWorld(name, { world, only })));
  const urls = services.map((name, index) => [`${name.toUpperCase()}_URL`, servers[index]?.url]);
  const env = {
    ...identityEnv,
    ...Object.fromEntries(urls),
    ROUTER_PORT: '0',
    LOG_LEVEL: 'silent',
    AUDIT_LOG: 'off',
    COST_LIMIT: '0',
    COST_PER_SECOND: '0',
    DASHBOARD_PAGE: 'false',
    PLAYGROUND: 'false',
  };
  const router = await startRouter(readConfig(env), createLogger({ service: 'router', level: 'silent' }));
  onTestFinished(() => router.close());
  return {
    url: router.url,
    ask: async (who, query) => {
      const { subject, roles } = callers[who];
      const headers = subject === undefined ? {} : await authorizationOf({ subject, roles });
      const { status, body } = await post(router.url, JSON.stringify({ query }), headers);
      return { status, ...body };
    },
  };
}
