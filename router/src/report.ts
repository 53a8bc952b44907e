import type { Metrics } from '@airline/observability';
import { loopUtilization } from '@airline/observability';
import type { Shed } from './admission/admission.ts';
import type { Lanes } from './admission/lanes.ts';
import type { Subscriptions } from './fan-out/index.ts';
import type { OperationCounts } from './pipeline/operation-telemetry.ts';
import type { Snapshot } from './pipeline/snapshot.ts';
import type { LiveSubscription } from './subscriptions/plan-subscription.ts';

/** What operators see of a router, in `extensions.router`; counts are since its start. */
export interface RouterReport {
  readonly version: string;
  readonly startedAt: string;
  readonly supergraph: { readonly id: string; readonly subgraphs: readonly string[] };
  /** By outcome. */
  readonly operations: OperationCounts['operations'];
  /** By `extensions.code`, of operations that were refused or cut off. */
  readonly refusals: OperationCounts['refusals'];
  /** Operations of clients that were refused before they began. */
  readonly shed: Readonly<Record<Shed, number>>;
  /** What clients' operations are at present, and how many of them may run. */
  readonly admission: { readonly running: number; readonly waiting: number; readonly limit: number };
  /** Open ones of clients. */
  readonly subscriptions: number;
  /** Within the last minute. */
  readonly rates: {
    readonly operationsPerSecond: number;
    /** Null when there were none. */
    readonly operationP95Ms: number | null;
    readonly loopUtilization: number;
    readonly memoryBytes: number;
  };
}

export interface ReportOptions {
  readonly version: string;
  readonly startedAt: Date;
  readonly counts: OperationCounts;
  readonly snapshot: Pick<Snapshot, 'id' | 'clients'>;
  readonly lanes: Pick<Lanes, 'counts'>;
  readonly subscriptions: Pick<Subscriptions<LiveSubscription>, 'counts'>;
  readonly metrics: Pick<Metrics, 'recent'>;
}

export function reportOf(options: ReportOptions): RouterReport {
  const { version, startedAt, counts, snapshot, lanes, subscriptions, metrics } = options;
  const { running, waiting, limit, shed } = lanes.counts();
  const { perSecond, p95 } = metrics.recent('graphql_operation_duration_seconds');
  return {
    version,
    startedAt: startedAt.toISOString(),
    supergraph: { id: snapshot.id, subgraphs: Object.keys(snapshot.clients) },
    operations: { ...counts.operations },
    refusals: { ...counts.refusals },
    shed: { ...shed },
    admission: { running, waiting, limit },
    subscriptions: subscriptions.counts().members,
    rates: {
      operationsPerSecond: perSecond,
      operationP95Ms: p95 === undefined ? null : p95 * 1000,
      loopUtilization: loopUtilization(),
      memoryBytes: process.memoryUsage.rss(),
    },
  };
}
