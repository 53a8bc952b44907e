import { fileURLToPath } from 'node:url';
import type { LogLevel } from '@airline/observability';
import { otherPorts, services, subgraphs } from '@airline/schema/events';
import {
  type Env,
  EnvError,
  envVar,
  parseEnvs,
  refuseOpen,
  serverVariables,
  type TelemetryConfig,
  telemetryConfig,
  versionOf,
} from '@airline/service/server';
import { z } from 'zod';
import type { AddressOptions } from './admission/address.ts';
import type { AdmissionLimits } from './admission/admission.ts';
import type { ConnectionLimits } from './admission/connections.ts';
import { admissionVariables, defaultSubscriptions } from './admission/variables.ts';
import { JWT_REMEDY, jwtVariables, readJwt } from './jwt-config.ts';
import { type TrustedDocuments, trustModes } from './persisted/trusted.ts';
import type { TrustedIssuer } from './pipeline/authorise.ts';
import type { PageSettings } from './web/page-settings.ts';

/** The variables of the router, but for those that say where one subgraph is. */
const own = {
  ...serverVariables,
  ROUTER_PORT: envVar.port.default(otherPorts.router).describe('The port it listens on.'),
  SUPERGRAPH_FILE: envVar.text
    .optional()
    .describe('The composed supergraph, followed while it runs; default `schema/supergraph.graphql`.'),
  SUBGRAPH_URL: envVar
    .urlTemplate('{name}', '{port}')
    .optional()
    .describe(
      'Where subgraphs are, such as `http://{name}:{port}/graphql`; default: as the supergraph says.',
    ),
  SUBGRAPH_TIMEOUT_MS: envVar.milliseconds
    .default(15_000)
    .describe('How long a subgraph may take to respond.'),
  SHARE_QUERIES: envVar.boolean
    .default(true)
    .describe(
      'Whether equal queries with the same credentials that are in flight at once share one execution.',
    ),
  COST_LIMIT: envVar
    .integer(0, 1_000_000_000)
    .default(10_000)
    .describe('The highest estimated cost of one operation; 0: any.'),
  COST_PER_SECOND: envVar
    .integer(0, 100_000_000)
    .default(250_000)
    .describe('The estimated cost of what one client may send per second; 0: any.'),
  COST_BURST_SECONDS: envVar
    .integer(1, 3_600)
    .default(10)
    .describe('The seconds for which a client may use that at once.'),
  RESPONSE_BYTES: envVar
    .integer(1_000, 256 * 1024 * 1024)
    .default(8 * 1024 * 1024)
    .describe('Bytes that subgraphs may return for one operation, and that its response may have.'),
  RESPONSE_OBJECTS: envVar
    .integer(100, 10_000_000)
    .default(50_000)
    .describe('Objects that subgraphs may return for one operation, and as many lists.'),
  SUBSCRIPTION_COST_LIMIT: envVar
    .integer(0, 1_000_000_000)
    .default(20_000)
    .describe('What one event may cost with all different subscriptions of one client; 0: anything.'),
  OVERRIDE_LABELS: envVar.text
    .optional()
    .describe('Labels of progressive `@override`s that are on, separated by commas.'),
  OVERRIDE_LABELS_HEADER: envVar.text
    .optional()
    .describe('A header by which a request turns on further labels; by default none can.'),
  INTROSPECTION: envVar.boolean.default(true).describe('Whether clients may ask for the schema.'),
  DASHBOARD_PAGE: envVar.boolean.default(true).describe('Whether `/` serves the dashboard.'),
  OPERATE_PAGE: envVar.boolean.default(true).describe('Whether `/operate` serves the operators’ page.'),
  PLAYGROUND: envVar.boolean.default(true).describe('Whether `/playground` serves the playground.'),
  TRACE_URL: envVar
    .urlTemplate('{traceId}')
    .optional()
    .describe(
      'Where people look at a trace, such as `https://jaeger.example/trace/{traceId}`; the playground and the operators’ page link to it.',
    ),
  WEB_DIR: envVar.text.optional().describe('The folder of the built pages; default `router/web/dist`.'),
  CACHE_REDIS_URL: envVar.redisUrl
    .optional()
    .describe(
      'A Redis that may lose what it holds, with a memory limit and an eviction policy, in which replicas share persisted queries; not that of the events. Without it, each keeps its own.',
    ),
  TRUSTED_DOCUMENTS: envVar
    .oneOf(...trustModes)
    .default('allow')
    .describe(
      'Whether trusted documents may be named by their hash (`allow`), are the only ones that run (`only`), or are nothing special (`off`).',
    ),
  TRUSTED_DOCUMENTS_FILES: envVar.text
    .optional()
    .describe(
      'Manifests of trusted documents, separated by commas; default those of the pages, `router/web/trusted-documents.json`.',
    ),
  APQ_CACHE_SECONDS: envVar
    .integer(0, 31_536_000)
    .default(0)
    .describe('How long caches may keep responses to anonymous queries sent by GET; 0: not at all.'),
  CLIENT_ADDRESS_HEADER: envVar.text
    .optional()
    .describe(
      'The header in which proxies in front list the addresses of clients, such as `x-forwarded-for`; without it, the peer is the client.',
    ),
  CLIENT_ADDRESS_HOPS: envVar
    .integer(1, 16)
    .default(1)
    .describe(
      'How many proxies in front add an address to that header; what stands before these is not trusted.',
    ),
  CORS_ORIGINS: envVar.origins
    .optional()
    .describe('Origins, separated by commas, of pages elsewhere that may use this router; `*` for any.'),
  AUDIT_LOG: envVar.text
    .default('stdout')
    .describe('Where it is recorded who did what: a file, `stdout`, or `off`.'),
  HSTS_SECONDS: envVar
    .integer(0, 63_072_000)
    .default(0)
    .describe(
      'Where TLS ends in front, how long browsers use nothing else (`strict-transport-security`); 0: clients may come without TLS.',
    ),
  ...jwtVariables,
  OIDC_CLIENT_ID: envVar.text
    .default('airline')
    .describe('What the issuer knows the pages as, when people sign in on them.'),
  OIDC_SCOPE: envVar.text
    .default('openid profile offline_access')
    .describe('The scopes that the pages ask the issuer for.'),
  ...admissionVariables,
};

const urls = Object.fromEntries(
  services.map((name) => [
    `${name.toUpperCase()}_URL`,
    envVar.url('http', 'https').optional().describe('Where that subgraph is; default: SUBGRAPH_URL.'),
  ]),
);

/** The schemas of the router's environment variables, by name. */
export const variables: z.ZodRawShape = { ...own, ...urls };

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The router's configuration; the names of the variables are above. */
export interface RouterConfig {
  port: number;
  host: string;
  /** How long to serve after SIGTERM, until clients have closed their connections. */
  drainMs: number;
  logLevel: LogLevel;
  /** Path of the composed supergraph, watched for changes. */
  supergraphFile: string;
  /** By subgraph name, what replaces the URL in the supergraph. */
  subgraphUrls: Record<string, string | undefined>;
  /** Timeout of a request to a subgraph. */
  subgraphTimeoutMs: number;
  /** Whether equal queries with the same credentials that are in flight at once share one execution. */
  sharesQueries: boolean;
  /** The highest cost of one operation; 0: any. */
  costLimit: number;
  /** What one client may use per second (0: anything), and for how many seconds at once. */
  budget: { perSecond: number; burstSeconds: number };
  /** What subgraphs may return for one operation; the bytes are its response's, too. */
  responseLimits: { bytes: number; objects: number };
  /** Labels of progressive overrides that are on, and the header by which a request turns on further ones. */
  overrides: { labels: readonly string[]; header: string | undefined };
  introspection: boolean;
  /** The folder that holds the built pages, which of them are served, and what they are told. */
  pages: {
    folder: string;
    dashboard: boolean;
    playground: boolean;
    operate: boolean;
    settings: PageSettings;
  };
  /** Where replicas share persisted queries; undefined: each keeps its own. */
  cacheRedisUrl: string | undefined;
  trustedDocuments: { mode: TrustedDocuments['mode']; files: readonly string[] };
  /** How long caches may keep responses to public queries that came by GET; 0: not at all. */
  apqCacheSeconds: number;
  /** Where the address of a client is found. */
  clientAddress: AddressOptions;
  /** Hosts that requests may name; undefined: those of loopback for a router that listens there, else any. */
  allowedHosts: readonly string[] | undefined;
  /** Origins of pages elsewhere that may use this router; `*` for any. */
  corsOrigins: readonly string[];
  /** `stdout`, or a file to which it is appended who did what; undefined: it is not recorded. */
  auditLog: string | undefined;
  /** How long browsers come by TLS alone; 0: they may come without. */
  hstsSeconds: number;
  /** Undefined: the system is open, nobody is asked who they are. */
  jwt: TrustedIssuer | undefined;
  /** How the pages ask the issuer for tokens. */
  signIn: { clientId: string; scope: string };
  /** What signs requests to subgraphs; undefined: they take requests from anyone. */
  subgraphSecret: string | undefined;
  /** What may be in flight, wait and be connected. */
  admission: { operations: AdmissionLimits; connections: ConnectionLimits };
  subscriptionLimits: { perConnection: number; perClient: number; costPerClient: number; inAll: number };
  /** What it reports of itself. */
  version: string;
  telemetry: TelemetryConfig;
}

const listOf = (text: string | undefined) => text?.split(',').map((part) => part.trim()) ?? [];

/** Subgraphs that take requests from anyone would decide by what nobody has proved. */
function unsigned(): EnvError {
  return new EnvError(
    'Invalid environment variables:\n  SUBGRAPH_SECRET is not set; a router that knows its callers signs requests to subgraphs with it, and they need the same',
  );
}

/** @throws EnvError naming the variables at fault */
export function readConfig(env?: Env): RouterConfig {
  const [variables, subgraphUrls] = parseEnvs('router', [z.object(own), z.object(urls)], env);
  const jwt = readJwt(variables);
  if (jwt !== undefined && variables.SUBGRAPH_SECRET === undefined) throw unsigned();
  if (jwt === undefined) refuseOpen({ host: variables.HOST, open: variables.OPEN, remedy: JWT_REMEDY });
  return {
    port: variables.ROUTER_PORT,
    host: variables.HOST,
    drainMs: variables.DRAIN_MS,
    logLevel: variables.LOG_LEVEL,
    supergraphFile: variables.SUPERGRAPH_FILE ?? inRepository('schema/supergraph.graphql'),
    subgraphUrls: Object.fromEntries(
      services.map((name) => [
        name,
        subgraphUrls[`${name.toUpperCase()}_URL`] ??
          variables.SUBGRAPH_URL?.replace('{name}', name).replace('{port}', String(subgraphs[name].port)),
      ]),
    ),
    subgraphTimeoutMs: variables.SUBGRAPH_TIMEOUT_MS,
    sharesQueries: variables.SHARE_QUERIES,
    costLimit: variables.COST_LIMIT,
    budget: { perSecond: variables.COST_PER_SECOND, burstSeconds: variables.COST_BURST_SECONDS },
    responseLimits: { bytes: variables.RESPONSE_BYTES, objects: variables.RESPONSE_OBJECTS },
    overrides: {
      labels: listOf(variables.OVERRIDE_LABELS),
      header: variables.OVERRIDE_LABELS_HEADER?.toLowerCase(),
    },
    introspection: variables.INTROSPECTION,
    pages: {
      folder: variables.WEB_DIR ?? inRepository('router/web/dist'),
      dashboard: variables.DASHBOARD_PAGE,
      playground: variables.PLAYGROUND,
      operate: variables.OPERATE_PAGE,
      settings: { traceUrl: variables.TRACE_URL ?? null },
    },
    cacheRedisUrl: variables.CACHE_REDIS_URL,
    trustedDocuments: {
      mode: variables.TRUSTED_DOCUMENTS,
      files: listOf(variables.TRUSTED_DOCUMENTS_FILES ?? inRepository('router/web/trusted-documents.json')),
    },
    apqCacheSeconds: variables.APQ_CACHE_SECONDS,
    clientAddress: {
      header: variables.CLIENT_ADDRESS_HEADER?.toLowerCase(),
      hops: variables.CLIENT_ADDRESS_HOPS,
    },
    allowedHosts: variables.ALLOWED_HOSTS,
    corsOrigins: variables.CORS_ORIGINS ?? [],
    auditLog: variables.AUDIT_LOG === 'off' ? undefined : variables.AUDIT_LOG,
    hstsSeconds: variables.HSTS_SECONDS,
    jwt,
    signIn: { clientId: variables.OIDC_CLIENT_ID, scope: variables.OIDC_SCOPE },
    subgraphSecret: variables.SUBGRAPH_SECRET,
    admission: {
      operations: {
        clientInFlight: variables.CLIENT_IN_FLIGHT,
        clientShare: variables.CLIENT_SHARE,
        inFlight: variables.IN_FLIGHT_MAX,
        queue: variables.QUEUE_MAX,
      },
      connections: { perClient: variables.CLIENT_CONNECTIONS, inAll: variables.CONNECTIONS_MAX },
    },
    subscriptionLimits: {
      perConnection: variables.SUBSCRIPTIONS_PER_CONNECTION,
      perClient: variables.SUBSCRIPTIONS_PER_CLIENT,
      costPerClient: variables.SUBSCRIPTION_COST_LIMIT,
      inAll: variables.SUBSCRIPTIONS_MAX ?? defaultSubscriptions(),
    },
    version: versionOf(variables),
    telemetry: telemetryConfig(variables),
  };
}

/** Keeps Apollo's gateway from reporting this machine and its traffic to Apollo, which only the environment can do. */
export function disableGatewayTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';
}
