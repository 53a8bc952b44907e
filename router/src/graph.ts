import type { Logger, Telemetry } from '@airline/observability';
import type { Limits } from '@airline/service/server';
import type { Audit } from './audit/audit.ts';
import { auditedPipeline } from './audit/audited.ts';
import { systemClock } from './clock.ts';
import type { RouterConfig } from './config.ts';
import { createBudgets } from './cost/budget.ts';
import { executeOperation } from './executor/executor.ts';
import { type ConnectUpstream, createSubscriptions, type Subscriptions } from './fan-out/index.ts';
import { persistedDocuments } from './persisted/documents.ts';
import { redisStore } from './persisted/redis-store.ts';
import { memoryStore } from './persisted/store.ts';
import type { TrustedDocuments } from './persisted/trusted.ts';
import type { OperationCounts } from './pipeline/operation-telemetry.ts';
import { createOverrides } from './pipeline/overrides.ts';
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts';
import type { Snapshot } from './pipeline/snapshot.ts';
import { expectedOf, recentlyUsed, warm } from './pipeline/warm.ts';
import { isRefused } from './refusal.ts';
import type { RouterReport } from './report.ts';
import { openSources } from './sources/open-sources.ts';
import { type LiveSubscription, planSubscription } from './subscriptions/plan-subscription.ts';
import { loadSupergraph } from './supergraph/gateway.ts';
import type { SupergraphFile } from './supergraph/supergraph-file.ts';

/** What executes operations over the subgraphs, whatever transport they came by. */
export interface Graph {
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions<LiveSubscription>;
  readonly snapshot: () => Snapshot;
  close(): Promise<void>;
}

export interface GraphOptions {
  readonly config: RouterConfig;
  readonly supergraph: SupergraphFile;
  /** They are planned before it is open. */
  readonly trusted: TrustedDocuments;
  readonly limits: Limits;
  /** Undefined: who did what is not recorded. */
  readonly audit: Audit | undefined;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  /** What operators see of the router. */
  readonly report: (
    found: Pick<Graph, 'subscriptions'> & { readonly snapshot: Snapshot; readonly counts: OperationCounts },
  ) => RouterReport;
}

/** A new supergraph serves after this at the latest, with or without the plans of what was in use. */
const LONGEST_WARMING_MS = 2_000;
const MOST_WARMED = 200;
/** @throws StartError when the supergraph cannot be loaded */
export async function openGraph(options: GraphOptions): Promise<Graph> {
  const { config, limits, trusted, logger, telemetry } = options;
  const planned = { limits, introspection: config.introspection };
  const sources = openSources(options);
  const subscriptions = subscriptionsOn(sources.connect, config, logger);
  const shared = config.cacheRedisUrl ? redisStore({ url: config.cacheRedisUrl, logger }) : undefined;
  const store = shared ?? memoryStore();
  const disconnect = async () => {
    sources.close();
    store.close();
  };
  try {
    const supergraph = await loadSupergraph({
      ...options,
      createClient: sources.createClient,
      warm: async (next, serving, isStale) => {
        const begun = performance.now();
        const isOver = () => isStale() || performance.now() - begun > LONGEST_WARMING_MS;
        await warm(next, recentlyUsed(serving).take(MOST_WARMED), { ...planned, isOver });
      },
      onChange: () =>
        subscriptions.reload(({ prepared }) => {
          const again = pipeline.prepareAgain(prepared);
          return isRefused(again) ? again : planSubscription(again, pipeline);
        }),
    });
    const snapshot = () => supergraph.snapshot;
    await warm(snapshot(), expectedOf([...trusted.texts.values()]), { ...planned, isOver: () => false });
    const unrecorded = createPipeline({
      snapshot,
      persisted: persistedDocuments({ store, trusted }),
      execute: executeOperation,
      sharesQueries: config.sharesQueries,
      ...planned,
      plans: config.introspection && config.trustedDocuments.mode !== 'only',
      costLimit: config.costLimit,
      responseLimits: config.responseLimits,
      budgets: createBudgets({ ...config.budget, redis: shared?.redis, logger }),
      overrides: createOverrides({ labels: config.overrides.labels, random: Math.random }),
      now: Date.now,
      logger,
      telemetry,
      report: (counts) => options.report({ counts, snapshot: snapshot(), subscriptions }),
    });
    const pipeline = options.audit ? auditedPipeline(unrecorded, options.audit) : unrecorded;
    const close = async () => {
      await supergraph.close();
      await disconnect();
    };
    return { pipeline, subscriptions, snapshot, close };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

function subscriptionsOn(
  connect: ConnectUpstream,
  { subscriptionLimits: { inAll, ...limits } }: RouterConfig,
  logger: Logger,
): Subscriptions<LiveSubscription> {
  return createSubscriptions({
    connect,
    clock: systemClock,
    limits: { ...limits, total: inAll },
    failed: (error) => logger.error({ err: error }, 'unexpected error in a subscription'),
  });
}
