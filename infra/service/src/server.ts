/** What every server process stands on, without databases and events: the face of this package for the router. */
export { apolloOptions } from './apollo.ts';
export { parseWithin } from './document-guard.ts';
export { EnvError, parseEnv } from './env.ts';
export { envVar } from './env-var.ts';
export {
  badUserInput,
  HttpRefusal,
  isKnownCode,
  notFound,
  type ProtocolCode,
  protocolCodes,
  type RefusalCode,
  RequestError,
  refusalCodes,
  refusalStatus,
} from './errors.ts';
export { errorFormatter, type FormatError } from './format-error.ts';
export { type CheckResult, Health, type HealthCheck, type Readiness } from './health.ts';
export { type RunningServer, type ServeOptions, serveGraphQL } from './http.ts';
export { checkExtent, jsonText, requestObject } from './json-request.ts';
export { defaultLimits, type Limits, subgraphLimits } from './limits.ts';
export { type Address, closeOnce, graphqlUrl, listenError, requestIdOf } from './listening.ts';
export { scrape, serveWithMetrics } from './metrics-server.ts';
export { MOST_OPERATIONS } from './operation-telemetry.ts';
export { answerBrokenRequest, errorBody, internalError, rawAnswer, refusal } from './refusal.ts';
export { onShutdown } from './shutdown.ts';
export { StartError, startProcess } from './start.ts';
export { conditionalRoot } from './subscriptions/conditional-root.ts';
export { type TelemetryConfig, telemetryConfig, telemetryVariables } from './telemetry-config.ts';
export { tellServing } from './tell-serving.ts';
export { variableErrors } from './variable-fault.ts';
