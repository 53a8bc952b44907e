import { fileURLToPath } from 'node:url';
import { envVar, parseEnv } from '@airline/service/server';
import { z } from 'zod';

const subgraphUrl = envVar.url('http', 'https').optional();

const schema = z.object({
  ROUTER_PORT: envVar.port.default(8088),
  HOST: envVar.text.default('127.0.0.1'),
  LOG_LEVEL: envVar.logLevel.default('info'),
  SUPERGRAPH_FILE: envVar.text.default(
    fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url)),
  ),
  RESERVATION_URL: subgraphUrl,
  FLIGHT_URL: subgraphUrl,
  PAYMENT_URL: subgraphUrl,
  DASHBOARD_URL: subgraphUrl,
  SUBGRAPH_TIMEOUT_MS: envVar.milliseconds.default(15_000),
  INTROSPECTION: envVar.boolean.default(true),
});

/** The router's configuration; the names of the variables are in `schema` above. */
export interface RouterConfig {
  port: number;
  host: string;
  logLevel: z.output<typeof schema>['LOG_LEVEL'];
  /** Path of the composed supergraph, watched for changes. */
  supergraphFile: string;
  /** By subgraph name, what replaces the URL in the supergraph. */
  subgraphUrls: Record<string, string | undefined>;
  /** How long a subgraph may take to answer one request. */
  subgraphTimeoutMs: number;
  introspection: boolean;
}

/** @throws EnvError naming the variables at fault */
export function readConfig(env: Record<string, string | undefined> = process.env): RouterConfig {
  const variables = parseEnv(schema, env);
  return {
    port: variables.ROUTER_PORT,
    host: variables.HOST,
    logLevel: variables.LOG_LEVEL,
    supergraphFile: variables.SUPERGRAPH_FILE,
    subgraphUrls: {
      reservation: variables.RESERVATION_URL,
      flight: variables.FLIGHT_URL,
      payment: variables.PAYMENT_URL,
      dashboard: variables.DASHBOARD_URL,
    },
    subgraphTimeoutMs: variables.SUBGRAPH_TIMEOUT_MS,
    introspection: variables.INTROSPECTION,
  };
}

/** Keeps Apollo's gateway from reporting this machine and its traffic to Apollo, which only the environment can do. */
export function disableGatewayTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';
}
