import type { Logger } from '@airline/observability';
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { errorFormatter } from '../errors/format-error.ts';
import { defaultLimits, type Limits } from '../limits/limits.ts';
import { literalTexts } from '../limits/literal-texts.ts';
import { variableGuard } from '../limits/variable-guard.ts';
import { documentStore } from './document-store.ts';

export interface ApolloOptions {
  readonly logger: Logger;
  readonly introspection: boolean;
  readonly limits?: Limits;
  /** As for `errorFormatter`. */
  readonly isTransient?: (error: unknown) => boolean;
  readonly database?: string;
}

/**
 * The options that all Apollo Servers share: masked errors, limits, CSRF prevention, no landing page, no reports
 * to Apollo, no handling of signals, and nothing that depends on NODE_ENV. Spread it into `new ApolloServer({…})`
 * beside `schema` or `gateway`.
 */
export function apolloOptions(options: ApolloOptions) {
  const { logger, introspection, limits = defaultLimits, isTransient, database } = options;
  return {
    logger,
    introspection,
    formatError: errorFormatter(logger, isTransient, database),
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: documentStore(),
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.documentTokens },
    validationRules: [literalTexts(limits)],
    validationOptions: { maxErrors: limits.validationErrors },
    plugins: [
      variableGuard(limits),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  } satisfies Partial<ApolloServerOptions<BaseContext>>;
}
