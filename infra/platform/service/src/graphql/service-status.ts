import type { MessagingStatus } from '@airline/messaging';
import type { Metrics } from '@airline/observability';
import { loopUtilization } from '@airline/observability';
import { serviceStatusFieldName } from '@airline/schema/service-status';
import type { Health, Readiness } from '../http/health.ts';

export interface ServiceStatusOptions {
  readonly version: string;
  /** Of this replica, in consumer groups. */
  readonly replica: string;
  readonly startedAt: Date;
  readonly health: Pick<Health, 'readiness'>;
  /** Undefined until it has begun. */
  readonly messaging: () => MessagingStatus | undefined;
  /** How many there are. */
  readonly deadLetters: () => Promise<number>;
  readonly metrics: Pick<Metrics, 'recent'>;
}

/** What it asks of a database or a transport is unknown after this. */
const TIMEOUT_MS = 2_000;

const states = {
  ready: 'READY',
  degraded: 'DEGRADED',
  unavailable: 'UNAVAILABLE',
  'shutting down': 'SHUTTING_DOWN',
} as const satisfies Readonly<Record<Readiness['status'], string>>;

/** The resolver of the field by which operators see how a service is. What they do not ask for is not found out. */
export function serviceStatusResolvers(service: string, options: ServiceStatusOptions) {
  return { Query: { [serviceStatusFieldName(service)]: () => statusOf(service, options) } };
}

function statusOf(service: string, options: ServiceStatusOptions) {
  const { version, replica, startedAt, health, messaging, deadLetters, metrics } = options;
  const consumed = once(() => known(messaging()?.consumed()));
  return {
    name: service,
    version,
    replica,
    startedAt,
    state: async () => states[(await health.readiness()).status],
    checks: async () =>
      Object.entries((await health.readiness()).checks).map(([name, { ok, detail }]) => ({
        name,
        ok,
        reason: ok ? undefined : detail,
      })),
    replicas: async () => (await consumed())?.replicas,
    outbox: () => known(messaging()?.outbox()),
    streams: async () => (await consumed())?.streams,
    deadLetters: () => known(deadLetters()),
    rates: () => ratesOf(metrics),
  };
}

function ratesOf(metrics: Pick<Metrics, 'recent'>) {
  const operations = metrics.recent('graphql_operation_duration_seconds');
  const events = metrics.recent('event_handling_duration_seconds');
  return {
    operationsPerSecond: operations.perSecond,
    operationP95Ms: inMs(operations.p95),
    eventsPerSecond: events.perSecond,
    eventP95Ms: inMs(events.p95),
    loopUtilization: loopUtilization(),
    memoryBytes: process.memoryUsage.rss(),
  };
}

const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);

/** Undefined for what fails, or takes too long. */
async function known<Value>(value: Promise<Value> | undefined): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
  });
  try {
    return await Promise.race([value, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
