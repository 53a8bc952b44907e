/** The basis of every server process, without databases and events: this package's API for the router. */

export { choice, ownerOf } from './config/choice.ts';
export { EnvError, parseEnvs } from './config/env.ts';
export type { Env } from './config/env-var.ts';
export { envVar } from './config/env-var.ts';
export { refuseOpen, warnOpen } from './config/open.ts';
export { metaOf, type Secrecy, secrecyOf, secretsIn } from './config/secret.ts';
export { serverVariables, versionOf } from './config/server-variables.ts';
export { type TelemetryConfig, telemetryConfig } from './config/telemetry-config.ts';
export {
  badUserInput,
  forbidden,
  HttpRefusal,
  isKnownCode,
  notFound,
  type ProtocolCode,
  protocolCodes,
  type RefusalCode,
  RequestError,
  refusalCodes,
  refusalStatus,
  stopCodes,
  withCode,
} from './errors/errors.ts';
export { errorFormatter, type FormatError, shorten, shortenExtensions } from './errors/format-error.ts';
export { errorBody, rawResponse, refuseMalformedRequest } from './errors/raw-response.ts';
export { internalError, refusal } from './errors/refusal.ts';
export { StartError } from './errors/start-error.ts';
export { announcement, type SubgraphResult, SubscriptionProgress } from './feed/subscription-result.ts';
export { apolloOptions } from './graphql/apollo.ts';
export { iterator } from './graphql/iterator.ts';
export { MOST_OPERATIONS } from './graphql/operation-telemetry.ts';
export { validateDocument } from './graphql/validate-document.ts';
export { type Boundary, createBoundary, isLocal } from './http/boundary.ts';
export type { ClientSocket } from './http/graphql-socket.ts';
export { type CheckResult, Health, type HealthCheck, type Readiness, readinessCode } from './http/health.ts';
export { serveWithHealth } from './http/health-server.ts';
export { type RunningServer, type ServeOptions, serveGraphQL } from './http/http.ts';
export { checkExtent, jsonText, requestObject } from './http/json-request.ts';
export { type Address, closeOnce, graphqlUrl, listenError, portOf, requestIdOf } from './http/listening.ts';
export { serveWithMetrics } from './http/metrics-server.ts';
export { createScraper } from './http/scrape.ts';
export { refuseUpgrade, serveWebSockets, type WebSockets } from './http/web-sockets.ts';
export {
  actingCustomer,
  anonymous,
  type Caller,
  callerText,
  everyone,
  forReads,
  mayRead,
  type Role,
  readableCustomer,
  readsAll,
  roles,
} from './identity/caller.ts';
export { CALLER_HEADER, createSignCaller, type SignCaller, subscribeText } from './identity/caller-token.ts';
export { type Alternatives, isKnown, type Requirements, Rule, ruleKey } from './identity/rule.ts';
export { parseWithin } from './limits/document-guard.ts';
export { defaultLimits, type Limits, subgraphLimits } from './limits/limits.ts';
export { variableErrors } from './limits/variable-fault.ts';
export { command, endWithUsage } from './runtime/command.ts';
export { logServing } from './runtime/log-serving.ts';
export { onShutdown } from './runtime/shutdown.ts';
export { startProcess } from './runtime/start.ts';
