import { fileURLToPath } from 'node:url';
import {
  envVar,
  parseEnv,
  type TelemetryConfig,
  telemetryConfig,
  telemetryVariables,
} from '@airline/service/server';
import { z } from 'zod';

const subgraphUrl = envVar.url('http', 'https').optional();

const schema = z.object({
  ...telemetryVariables,
  ROUTER_PORT: envVar.port.default(8088),
  HOST: envVar.text.default('127.0.0.1'),
  DRAIN_MS: envVar.integer(0, 60_000).default(0),
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
  DASHBOARD_PAGE: envVar.boolean.default(true),
  PLAYGROUND: envVar.boolean.default(true),
  WEB_DIR: envVar.text.default(fileURLToPath(new URL('../web/dist', import.meta.url))),
  REDIS_URL: envVar.redisUrl.optional(),
  APQ_CACHE_SECONDS: envVar.integer(0, 31_536_000).default(0),
  CORS_ORIGINS: envVar.text.optional(),
  JWT_SECRET: z.string().min(32, 'should have at least 32 characters').optional(),
  JWKS_URL: envVar.url('http', 'https').optional(),
  JWT_ISSUER: envVar.text.optional(),
  JWT_AUDIENCE: envVar.text.optional(),
  SUBSCRIPTIONS_PER_CONNECTION: envVar.integer(1, 1_000_000).default(1_000),
  SUBSCRIPTIONS_PER_SUBJECT: envVar.integer(1, 1_000_000).default(1_000),
  SUBSCRIPTIONS_MAX: envVar.integer(1, 10_000_000).default(100_000),
});

/** The router's configuration; the names of the variables are in `schema` above. */
export interface RouterConfig {
  port: number;
  host: string;
  /** How long to answer on when it is told to end, until clients have let go of their connections. */
  drainMs: number;
  logLevel: z.output<typeof schema>['LOG_LEVEL'];
  /** Path of the composed supergraph, watched for changes. */
  supergraphFile: string;
  /** By subgraph name, what replaces the URL in the supergraph. */
  subgraphUrls: Record<string, string | undefined>;
  /** How long a subgraph may take to answer one request. */
  subgraphTimeoutMs: number;
  introspection: boolean;
  /** The folder that holds the built pages, and which of them are served. */
  pages: { folder: string; dashboard: boolean; playground: boolean };
  /** Where replicas share persisted queries; undefined: each keeps its own. */
  redisUrl: string | undefined;
  /** How long caches may keep answers to public queries that came by GET; 0: not at all. */
  apqCacheSeconds: number;
  /** Origins of pages elsewhere that may use this router; `*` for any. */
  corsOrigins: readonly string[];
  /** What verifies JSON Web Tokens; without a key they are left to the subgraphs. */
  jwt: {
    secret: string | undefined;
    jwksUrl: string | undefined;
    issuer: string | undefined;
    audience: string | undefined;
  };
  subscriptionLimits: { perConnection: number; perSubject: number; inAll: number };
  telemetry: TelemetryConfig;
}

/** @throws EnvError naming the variables at fault */
export function readConfig(env: Record<string, string | undefined> = process.env): RouterConfig {
  const variables = parseEnv(schema, env);
  return {
    port: variables.ROUTER_PORT,
    host: variables.HOST,
    drainMs: variables.DRAIN_MS,
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
    pages: {
      folder: variables.WEB_DIR,
      dashboard: variables.DASHBOARD_PAGE,
      playground: variables.PLAYGROUND,
    },
    redisUrl: variables.REDIS_URL,
    apqCacheSeconds: variables.APQ_CACHE_SECONDS,
    corsOrigins: variables.CORS_ORIGINS?.split(',').map((origin) => origin.trim()) ?? [],
    jwt: {
      secret: variables.JWT_SECRET,
      jwksUrl: variables.JWKS_URL,
      issuer: variables.JWT_ISSUER,
      audience: variables.JWT_AUDIENCE,
    },
    subscriptionLimits: {
      perConnection: variables.SUBSCRIPTIONS_PER_CONNECTION,
      perSubject: variables.SUBSCRIPTIONS_PER_SUBJECT,
      inAll: variables.SUBSCRIPTIONS_MAX,
    },
    telemetry: telemetryConfig(variables),
  };
}

/** Keeps Apollo's gateway from reporting this machine and its traffic to Apollo, which only the environment can do. */
export function disableGatewayTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';
}
