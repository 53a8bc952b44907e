/** What every server process stands on, without databases and events: the face of this package for the router. */
export { apolloOptions } from './apollo.ts';
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
} from './errors.ts';
export { errorFormatter, type FormatError } from './format-error.ts';
export { type CheckResult, Health, type HealthCheck, type Readiness } from './health.ts';
export { type RunningServer, type ServeOptions, serveGraphQL } from './http.ts';
export { defaultLimits, type Limits, subgraphLimits } from './limits.ts';
export { onShutdown } from './shutdown.ts';
export { StartError, startProcess } from './start.ts';
